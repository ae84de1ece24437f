/// Runs whose cause is known because it was built in, to measure how often a diagnosis names it.
///
/// Main types: [adamscope.corpus.Corpus], the labelled runs; [adamscope.corpus.Confusion], what was named against what
/// was built in; [adamscope.corpus.WindowRule], the rule of others to compare with.
///
/// ```java
/// List<Corpus.Labelled> runs = Corpus.all(Corpus.Half.TEST, 40);
/// ```
package adamscope.corpus;
