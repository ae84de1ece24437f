package adamscope.bench;

import adamscope.kernel.Arithmetic;
import adamscope.kernel.ScaledKernel;
import adamscope.kernel.SimdKernel;
import adamscope.kernel.TileRun;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.IntFunction;

/// Prints nanoseconds of processor time a lane-step over a whole grid, round by round: to alternate with other
/// programs.
///
/// Arguments: rounds (4), points a side (128), steps (10000).
public final class SweepComparison {
    private SweepComparison() {}

    /// Runs the rounds; the first ones warm up.
    static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
        int side = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 128;
        int steps = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000;
        SweepGrid grid = new SweepGrid(side, 256, steps);
        SimdKernel simd = SimdKernel.of(SweepGrid.program());
        ScaledKernel scaled = ScaledKernel.of(SweepGrid.program()).orElseThrow();
        TileRun doubleTiles = grid.tileRun(Arithmetic.DOUBLE);
        TileRun scaledTiles = grid.tileRun(Arithmetic.SCALED);
        for (int round = 1; round <= rounds; round++) {
            System.out.printf(
                    Locale.ROOT,
                    "round %d: kernel %.3f, scaled kernel %.3f, tile %.3f, scaled tile %.3f ns a lane-step%n",
                    round,
                    nanoseconds(grid, tile -> grid.run(simd, tile)),
                    nanoseconds(grid, tile -> grid.run(scaled, tile)),
                    nanoseconds(grid, tile -> grid.run(doubleTiles, tile)),
                    nanoseconds(grid, tile -> grid.run(scaledTiles, tile)));
        }
    }

    private static double nanoseconds(SweepGrid grid, IntFunction<Object> run) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Object last = null;
        for (int tile = 0; tile < grid.tiles(); tile++) {
            last = run.apply(tile);
        }
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        if (last == null) {
            throw new IllegalArgumentException("a grid of " + grid.side() + " points a side has no whole tile");
        }
        return (end - begin) / ((double) grid.tiles() * grid.tile() * grid.steps());
    }
}
