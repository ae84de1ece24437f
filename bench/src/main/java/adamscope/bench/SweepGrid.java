package adamscope.bench;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import adamscope.kernel.Lanes;
import adamscope.kernel.Magnitudes;
import adamscope.kernel.Recurrence;
import adamscope.kernel.ScaledKernel;
import adamscope.kernel.SimdKernel;
import adamscope.kernel.StepProgram;
import adamscope.kernel.TileResult;
import adamscope.kernel.TileRun;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Adam without bias correction and epsilon on x⁴/4 over a grid of β₁ × β₂, lr = 1e-3, x₀ = 1: what sweeps are timed
/// on.
///
/// β₁ is kept off the line β₁ = β₂.
///
/// @param side  points of each axis
/// @param tile  lanes of a tile
/// @param steps steps of each run
record SweepGrid(int side, int tile, int steps) {
    private static final int BLOCK = 25;
    private static final Map<String, Double> UNIFORM = Map.of("lr", 1e-3, "eps", 0.0);

    static Recurrence recurrence() {
        return ClosedMap.of(
                Catalogue.shipped("adam-uncorrected"), FormulaObjective.read("x^4/4"), ClosedMap.Start.ZERO);
    }

    int tiles() {
        return side * side / tile;
    }

    Map<String, double[]> inputs(int index) {
        double[] beta1 = new double[tile];
        double[] beta2 = new double[tile];
        double[] x = new double[tile];
        Arrays.fill(x, 1);
        for (int lane = 0; lane < tile; lane++) {
            int point = index * tile + lane;
            beta1[lane] = 0.0131 + 0.9767 * (point % side) / (side - 1);
            beta2[lane] = 0.01 + 0.98 * (point / side) / (side - 1);
        }
        return Map.of("beta1", beta1, "beta2", beta2, "x", x);
    }

    TileRun tileRun(Arithmetic arithmetic) {
        return TileRun.of(recurrence(), UNIFORM, arithmetic, steps, 50);
    }

    TileResult run(TileRun run, int index) {
        return run.run(inputs(index), () -> false);
    }

    static StepProgram program() {
        return StepProgram.of(recurrence(), List.of(TileRun.LOSS, TileRun.COUPLING), UNIFORM);
    }

    /// The kernel alone: least and greatest loss, greatest coupling and final state of the whole run.
    Lanes run(SimdKernel kernel, int index) {
        Lanes lanes = kernel.lanes(inputs(index), starts());
        lanes.advance(1, steps);
        return lanes;
    }

    /// The same in log-scaled arithmetic, in blocks of 25 steps as it must be.
    Lanes run(ScaledKernel kernel, int index) {
        return advanced(kernel.lanes(inputs(index), starts()));
    }

    private Lanes advanced(Lanes lanes) {
        for (int done = 0; done < steps; done += BLOCK) {
            lanes.advance(done + 1, Math.min(BLOCK, steps - done));
        }
        return lanes;
    }

    private Magnitudes[] starts() {
        Magnitudes[] starts = {Magnitudes.of(tile), Magnitudes.of(tile), Magnitudes.of(tile)};
        Arrays.fill(starts[0].mantissa(), 1);
        return starts;
    }
}
