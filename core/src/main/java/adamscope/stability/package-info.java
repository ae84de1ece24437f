/// When an optimizer is stable: thresholds derived from its rule, and the closed forms of the papers.
///
/// Main types: [adamscope.stability.Threshold], of the frozen optimizer in curvature;
/// [adamscope.stability.PowerLawTheory], Adam on |x|^k/k.
///
/// ```java
/// double times = Threshold.timesLearningRate(Catalogue.shipped("nadam"), Map.of("beta1", 0.9)).orElseThrow();
/// ```
package adamscope.stability;
