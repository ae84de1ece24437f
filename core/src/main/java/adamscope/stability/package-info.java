/// Where a rule is stable: the threshold of its linearisation, the fixed points, periodic orbits, Lyapunov exponents
/// and orbit diagrams of its map, and the closed theory of degenerate minima.
///
/// Main types: [adamscope.stability.ReducedSystem], a rule on |x|^k in variables without scale;
/// [adamscope.stability.SmoothMap], a map with its exact Jacobian, which everything else here takes;
/// [adamscope.stability.PowerLawTheory], closed forms for Adam and RMSProp.
///
/// ```java
/// ReducedSystem system = ReducedSystem.of(Catalogue.shipped("rmsprop"), Map.of("eps", 0.0), PowerLaw.of(4));
/// SmoothMap map = SmoothMap.of(system.limit(), Map.of("lr", 1e-3, "eps", 0.0, "degree", 4.0), ReducedSystem.RATIO);
/// List<FixedPoint> points = PeriodicOrbits.fixedPoints(map, Map.of("beta2", 0.9), List.of(new double[] {0.1}));
/// ```
package adamscope.stability;
