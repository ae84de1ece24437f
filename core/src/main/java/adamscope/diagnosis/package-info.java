/// Why a run rose, from its log: suspects with the inequality each rests on, evidence, and what to change to which
/// value.
///
/// Main types: [adamscope.diagnosis.Diagnosis], of a whole log; [adamscope.diagnosis.Suspect], a cause with what speaks
/// for and against it; [adamscope.diagnosis.Position], what theory says of the hyper-parameters alone.
///
/// ```java
/// Diagnosis diagnosis = Diagnosis.of(log, Circumstances.of(log));
/// diagnosis.leading().ifPresent(rise -> rise.advice().forEach(console::line));
/// ```
package adamscope.diagnosis;
