package adamscope.kernel;

import java.util.Arrays;

/// Folds what lanes record, block by block, into the result of a tile.
final class TileFold {
    /// Where a state that is exactly 0 while no variable is must have underflowed, or come from below this.
    private static final double NEAR_THE_END = 1e-150;

    private final StepProgram program;
    private final int lanes;
    private final TileResult result;
    private final boolean coupled;
    private final Wide[] least;
    private final Wide[] coupling;
    private final double[][] samples;
    private final double[][] before;
    private int sampled;

    TileFold(StepProgram program, int lanes, int steps, int window) {
        this.program = program;
        this.lanes = lanes;
        this.result = TileResult.of(lanes, program.components().size(), steps, window);
        this.coupled = program.observed().contains(TileRun.COUPLING);
        this.least = new Wide[lanes];
        this.coupling = new Wide[lanes];
        this.samples = new double[lanes][steps / TileRun.SAMPLE_EVERY];
        this.before = new double[program.components().size()][];
        for (int w = 0; w < result.windows(); w++) {
            Arrays.fill(result.windowMin()[w], Double.POSITIVE_INFINITY);
            Arrays.fill(result.windowMax()[w], Double.NEGATIVE_INFINITY);
        }
        Arrays.fill(coupling, Wide.ZERO);
    }

    /// Whether a component's start comes from outside: then it is a variable, not a state.
    static boolean isGiven(StepProgram program, int component) {
        Program starts = program.starts();
        return starts.values()
                .get(starts.results()[component])
                .equals(new Program.Value.Input(program.components().get(component)));
    }

    void start(Magnitudes[] starts, Magnitudes loss) {
        for (int lane = 0; lane < lanes; lane++) {
            least[lane] = loss.at(lane);
            result.firstLoss()[lane] = loss.at(lane).log10Magnitude();
        }
        for (int c = 0; c < starts.length; c++) {
            before[c] = starts[c].mantissa().clone();
        }
    }

    /// Takes in the block that ended with step `done`.
    void block(Lanes run, int done) {
        int w = (done - 1) / result.window();
        Magnitudes least = run.recorded(Lanes.Record.LEAST_LOSS);
        Magnitudes greatest = run.recorded(Lanes.Record.GREATEST_LOSS);
        for (int lane = 0; lane < lanes; lane++) {
            Wide lowest = least.at(lane);
            if (Magnitudes.isLess(lowest, this.least[lane])) {
                this.least[lane] = lowest;
            }
            result.windowMin()[w][lane] = Math.min(result.windowMin()[w][lane], lowest.log10Magnitude());
            result.windowMax()[w][lane] =
                    Math.max(result.windowMax()[w][lane], greatest.at(lane).log10Magnitude());
        }
        if (coupled) {
            couplings(run, done);
        }
        if (done % result.window() == 0 || done == result.steps()) {
            inspect(run, done);
        }
    }

    private void couplings(Lanes run, int done) {
        Magnitudes greatest = run.recorded(Lanes.Record.GREATEST_COUPLING);
        Magnitudes last = run.recorded(Lanes.Record.LAST_COUPLING);
        for (int lane = 0; lane < lanes; lane++) {
            Wide highest = greatest.at(lane);
            if (Magnitudes.isLess(coupling[lane], highest)) {
                coupling[lane] = highest;
            }
            if (done % TileRun.SAMPLE_EVERY == 0) {
                samples[lane][sampled] = last.at(lane).log10Magnitude();
            }
        }
        sampled += done % TileRun.SAMPLE_EVERY == 0 ? 1 : 0;
    }

    private void inspect(Lanes run, int done) {
        for (int lane = 0; lane < lanes; lane++) {
            boolean still = true;
            for (int c = 0; c < before.length; c++) {
                still &= !isGiven(program, c) || run.component(c).mantissa()[lane] == 0;
            }
            for (int c = 0; c < before.length; c++) {
                double now = run.component(c).mantissa()[lane];
                double then = Math.abs(before[c][lane]);
                boolean vanished = now == 0 && then > 0 && (then < NEAR_THE_END || !still && !isGiven(program, c));
                boolean subnormal = now != 0 && Math.abs(now) < Double.MIN_NORMAL;
                if ((vanished || subnormal) && result.leftDoubleAt()[lane] < 0) {
                    result.leftDoubleAt()[lane] = done;
                }
                if (!Double.isFinite(now) && result.notFiniteAt()[lane] < 0) {
                    result.notFiniteAt()[lane] = done;
                }
            }
        }
        for (int c = 0; c < before.length; c++) {
            System.arraycopy(run.component(c).mantissa(), 0, before[c], 0, lanes);
        }
    }

    TileResult end(Magnitudes[] ends, Magnitudes loss, Arithmetic arithmetic) {
        for (int lane = 0; lane < lanes; lane++) {
            Wide last = loss.at(lane);
            result.finalLoss()[lane] = last.log10Magnitude();
            result.minLoss()[lane] = (Magnitudes.isLess(last, least[lane]) ? last : least[lane]).log10Magnitude();
            result.maxCoupling()[lane] = coupled ? coupling[lane].log10Magnitude() : Double.NaN;
            result.medianCoupling()[lane] = coupled && sampled > 0 ? median(samples[lane]) : Double.NaN;
            for (int c = 0; c < ends.length; c++) {
                Wide value = ends[c].at(lane);
                result.finalMagnitude()[c][lane] = value.log10Magnitude();
                result.finalSign()[c][lane] = Math.signum(value.mantissa());
            }
            if (arithmetic == Arithmetic.SCALED) {
                result.leftDoubleAt()[lane] = -1;
            }
        }
        return result;
    }

    /// NaN counts as the greatest.
    private static double median(double[] samples) {
        Arrays.sort(samples);
        return samples[(samples.length - 1) / 2];
    }
}
