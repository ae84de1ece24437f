/// Stability: fixed points, multipliers, thresholds, periodic orbits, Lyapunov exponents, and the closed forms of the
/// papers.
///
/// Main types: [adamscope.stability.ReducedSystem], a rule on |x|^k in variables without scale;
/// [adamscope.stability.SmoothMap], a map with its exact Jacobian; [adamscope.stability.PowerLawTheory], the closed
/// forms.
///
/// ```java
/// ReducedSystem system = ReducedSystem.of(rule, Map.of("eps", 0.0), PowerLaw.of(4));
/// SmoothMap map = SmoothMap.of(system.limit(), values, ReducedSystem.RATIO);
/// ```
package adamscope.stability;
