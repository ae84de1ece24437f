/// Whether measurements of a run bear out the conditions of a proof: the size of steps against its bound, tests of
/// equal distribution, norm ratios, fitted noise and smoothness, exponents with intervals.
///
/// Main types: [adamscope.statistics.StepRatio], |m|/√v against its bound; [adamscope.statistics.EqualLaws], whether
/// blocks of coordinates follow one distribution; [adamscope.statistics.AffinePowerFit], a + b·xᵖ with intervals.
///
/// ```java
/// StepRatio ratio = StepRatio.read(m, v, new StepBound(0.9, 0.999), step);
/// EqualLaws laws = EqualLaws.between(List.of("first", "last"), List.of(u1, u2), 0.05);
/// AffinePowerFit noise = AffinePowerFit.of(gradientNorms, variances, new Interval(0.1, 2));
/// ```
package adamscope.statistics;
