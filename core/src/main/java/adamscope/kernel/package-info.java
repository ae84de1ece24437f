/// Running recurrences: the reference interpreters, and the generated classes that give the same bits fast.
///
/// A [Recurrence] is what runs, [TileRun] runs a few hundred of them side by side with all statistics of a sweep, and
/// [WideNumber] is the arithmetic that does not underflow. [BlockInterpreter] and [WideInterpreter] say what is right;
/// [SimdKernel] and [ScaledKernel] are tested against them with `==`.
///
/// ```
/// TileRun run = TileRun.of(recurrence, Map.of("lr", 1e-3, "eps", 0.0), Arithmetic.SCALED, 20_000, 50);
/// TileResult result = run.run(Map.of("beta1", beta1, "beta2", beta2, "x", x), () -> false);
/// double decades = result.minLoss()[0];
/// ```
package adamscope.kernel;
