package adamscope.kernel;

/// Folds what lanes record, block by block, into the result of a tile.
final class TileFold {
    /// A number below this may be on its way out of double; a state that is 0 right after it has underflowed.
    private static final double NEAR_THE_END = 1e-150;

    private final StepProgram program;
    private final Arithmetic arithmetic;
    private final int lanes;
    private final TileResult result;
    private final boolean coupled;
    private final int sampleEvery;
    private final Medians samples;
    private final double[][] before;
    private final boolean[] driven;

    TileFold(StepProgram program, Arithmetic arithmetic, int lanes, int steps, int window) {
        this.program = program;
        this.arithmetic = arithmetic;
        this.lanes = lanes;
        this.result = TileResult.of(lanes, program.components().size(), steps, window);
        this.coupled = program.observed().contains(TileRun.COUPLING);
        this.sampleEvery = TileRun.sampleEvery(steps);
        this.samples = new Medians(lanes, coupled ? steps / sampleEvery : 0);
        this.before = new double[program.components().size()][];
        this.driven = new boolean[before.length];
        for (int c = 0; c < driven.length; c++) {
            driven[c] = program.driven().contains(program.components().get(c));
        }
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
            result.firstLoss()[lane] = loss.at(lane).log10Magnitude();
        }
        for (int c = 0; c < starts.length; c++) {
            before[c] = starts[c].mantissa().clone();
        }
    }

    /// Takes in the block that ended with step `done`.
    void block(Lanes run, int done) {
        if (coupled && done % sampleEvery == 0) {
            samples.take(run.recorded(Lanes.Record.LAST_COUPLING));
        }
        if (done % result.window() == 0 || done == result.steps()) {
            LogMagnitudes.log10(
                    run.recorded(Lanes.Record.GREATEST_LOSS), result.windowMax()[(done - 1) / result.window()], lanes);
            run.nextWindow();
            inspect(run, done);
        }
    }

    private void inspect(Lanes run, int done) {
        double[][] now = new double[before.length][];
        for (int c = 0; c < now.length; c++) {
            now[c] = run.component(c).mantissa();
        }
        for (int c = 0; c < now.length; c++) {
            for (int lane = 0; lane < lanes; lane++) {
                double magnitude = Math.abs(now[c][lane]);
                if (!(magnitude >= Double.MIN_NORMAL && magnitude <= Double.MAX_VALUE)) {
                    inspect(now, c, lane, done);
                }
            }
        }
        System.arraycopy(now, 0, before, 0, now.length);
    }

    /// A component that is zero, subnormal, infinite or NaN. A running power may underflow: 1 − βᵗ loses nothing by it.
    private void inspect(double[][] now, int c, int lane, int done) {
        double value = now[c][lane];
        if (!Double.isFinite(value)) {
            setFirst(result.notFiniteAt(), lane, done);
        } else if (arithmetic == Arithmetic.DOUBLE && driven[c] && (value != 0 || hasUnderflowed(now, c, lane))) {
            setFirst(result.leftDoubleAt(), lane, done);
        }
    }

    private boolean hasUnderflowed(double[][] now, int c, int lane) {
        double then = Math.abs(before[c][lane]);
        return then > 0 && (then < NEAR_THE_END || !isGiven(program, c) && isMoving(now, lane));
    }

    /// Whether some variable is not 0, so that an average of gradients cannot be 0 either.
    private boolean isMoving(double[][] now, int lane) {
        boolean moving = false;
        for (int c = 0; c < now.length; c++) {
            moving |= isGiven(program, c) && now[c][lane] != 0;
        }
        return moving;
    }

    private static void setFirst(int[] steps, int lane, int done) {
        if (steps[lane] < 0) {
            steps[lane] = done;
        }
    }

    TileResult end(Lanes run, Magnitudes[] ends, Magnitudes loss) {
        Magnitudes least = run.recorded(Lanes.Record.LEAST_LOSS);
        Magnitudes coupling = run.recorded(Lanes.Record.GREATEST_COUPLING);
        for (int lane = 0; lane < lanes; lane++) {
            result.finalLoss()[lane] = loss.at(lane).log10Magnitude();
            result.minLoss()[lane] = Math.min(
                    least.at(lane).log10Magnitude(),
                    Double.isNaN(result.finalLoss()[lane]) ? Double.POSITIVE_INFINITY : result.finalLoss()[lane]);
            result.maxCoupling()[lane] = coupled ? coupling.at(lane).log10Magnitude() : Double.NaN;
            for (int c = 0; c < ends.length; c++) {
                Wide value = ends[c].at(lane);
                result.finalMagnitude()[c][lane] = value.log10Magnitude();
                result.finalSign()[c][lane] = Math.signum(value.mantissa());
            }
        }
        samples.into(result.medianCoupling());
        return result;
    }
}
