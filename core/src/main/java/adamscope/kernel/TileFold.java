package adamscope.kernel;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;

/// Folds what lanes record, block by block, into the result of a tile.
final class TileFold {
    /// Windows in a row whose levels must lie on the expected line, and how close, relative to its fall.
    private static final int STRAIGHT_WINDOWS = 8;

    private static final double STRAIGHT = 1e-6;

    private final StepProgram program;
    private final Arithmetic arithmetic;
    private final TileResult result;
    private final Magnitudes[] ends;
    private final double[] logs;
    private final boolean coupled;
    private final boolean sloped;
    private final int sampleEvery;
    private final Medians samples;
    private final double[][] before;
    private final DoubleRange range;
    private final double[] furtherFall;
    private int[] lane;
    private boolean leftRange;

    TileFold(StepProgram program, Arithmetic arithmetic, Map<String, double[]> inputs, int steps, int window) {
        int lanes = inputs.values().iterator().next().length;
        this.program = program;
        this.arithmetic = arithmetic;
        this.lane = IntStream.range(0, lanes).toArray();
        this.logs = new double[lanes];
        this.furtherFall = new double[lanes];
        this.sloped = program.observed().contains(TileRun.SLOPE);
        this.result = TileResult.of(lanes, program.components().size(), steps, window, sloped);
        this.coupled = program.observed().contains(TileRun.COUPLING);
        this.sampleEvery = TileRun.sampleEvery(steps);
        this.samples = new Medians(lanes, coupled ? steps / sampleEvery : 0);
        this.before = new double[program.components().size()][];
        this.ends = new Magnitudes[before.length];
        Arrays.setAll(ends, _ -> Magnitudes.of(lanes));
        this.range = new DoubleRange(program, inputs);
    }

    void start(Magnitudes[] starts, Magnitudes loss) {
        Arrays.setAll(result.firstLoss(), at -> loss.at(at).log10Magnitude());
        for (int c = 0; c < starts.length; c++) {
            before[c] = starts[c].mantissa().clone();
        }
    }

    /// Whether numbers are doubles, without exponents of their own.
    boolean isPlain() {
        return arithmetic == Arithmetic.DOUBLE;
    }

    /// Takes in the coupling ratio after step `done`, where it is sampled.
    void sample(Lanes run, int done) {
        if (coupled && done % sampleEvery == 0) {
            samples.take(run.recorded(Lanes.Record.LAST_COUPLING), lane);
        }
    }

    /// Takes in the window that ended with step `done`.
    void window(Lanes run, Reached reached, int done) {
        takeLogs(run.recorded(Lanes.Record.GREATEST_LOSS), result.windowMax().endedWith(done));
        if (sloped) {
            takeLogs(
                    run.recorded(Lanes.Record.GREATEST_SLOPE), result.slopeMax().endedWith(done));
        }
        run.nextWindow();
        inspect(reached, done);
    }

    /// The lanes of a tile are in its order until some are dropped.
    private void takeLogs(Magnitudes numbers, double[] to) {
        boolean all = lane.length == to.length;
        LogMagnitudes.log10(numbers, all ? to : logs, lane.length);
        for (int at = 0; !all && at < lane.length; at++) {
            to[lane[at]] = logs[at];
        }
    }

    private void inspect(Reached reached, int done) {
        double[][] now = new double[before.length][];
        for (int c = 0; c < now.length; c++) {
            now[c] = reached.component(c).mantissa();
        }
        BitSet notFinite = new BitSet();
        BitSet lost = new BitSet();
        for (int c = 0; c < now.length; c++) {
            int component = c;
            Magnitudes.forEachAbnormal(now[c], at -> {
                if (!Double.isFinite(now[component][at])) {
                    notFinite.set(at);
                } else if (arithmetic == Arithmetic.DOUBLE
                        && range.isLost(before, now, component, at, isFlat(at, done))) {
                    lost.set(at);
                }
            });
        }
        lost.andNot(notFinite);
        leftRange = !lost.isEmpty();
        if (leftRange) {
            lost.stream().forEach(at -> setFirst(result.leftDoubleAt(), lane[at], done));
        }
        if (!notFinite.isEmpty()) {
            int[] diverged = notFinite.stream()
                    .filter(at -> result.notFiniteAt()[lane[at]] < 0)
                    .toArray();
            if (diverged.length > 0) {
                inspect(diverged, done);
            }
        }
        System.arraycopy(now, 0, before, 0, now.length);
    }

    /// Lanes that became infinite or NaN within the window that ended with step `done`.
    private void inspect(int[] diverged, int done) {
        int[] lanes = Magnitudes.kept(lane, diverged);
        int began = (done - 1) / result.window() * result.window();
        boolean[] lost = arithmetic == Arithmetic.DOUBLE
                ? range.lostFirst(kept(before, diverged), lanes, began + 1, done - began)
                : new boolean[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            result.notFiniteAt()[lanes[i]] = done;
            if (lost[i]) {
                setFirst(result.leftDoubleAt(), lanes[i], done);
                leftRange = true;
            }
        }
    }

    private static double[][] kept(double[][] numbers, int[] kept) {
        return Arrays.stream(numbers).map(row -> Magnitudes.kept(row, kept)).toArray(double[][]::new);
    }

    /// Whether the gradient was exactly 0 throughout the window.
    private boolean isFlat(int at, int done) {
        return sloped && result.slopeMax().endedWith(done)[lane[at]] == Double.NEGATIVE_INFINITY;
    }

    private static void setFirst(int[] steps, int lane, int done) {
        if (steps[lane] < 0) {
            steps[lane] = done;
        }
    }

    /// Notes that a lane need not run on: it repeats the last `period` windows for ever and is now where it will end.
    void settle(Reached run, int at, int period) {
        int done = run.step();
        finish(run, at);
        int to = lane[at];
        result.windowMax().repeat(to, done / result.window(), period);
        result.slopeMax().repeat(to, done / result.window(), period);
        samples.repeat(to, done / sampleEvery, period * result.window() / sampleEvery);
    }

    /// Whether a lane was out of the range of double in the window that was taken in last.
    boolean hasLeftRange() {
        return leftRange;
    }

    /// Notes that a lane need not run on: it has left the range of double, and what its numbers do from here on says
    /// nothing.
    boolean settleIfOutOfRange(Reached run, int at) {
        boolean left = result.leftDoubleAt()[lane[at]] >= 0;
        if (left) {
            settle(run, at, 0, 0);
        }
        return left;
    }

    /// Notes that a lane need not run on: the loss of its last windows fell along the line that is expected.
    boolean settleIfAsExpected(Reached run, int at, Expected expected) {
        double slope = expected.lossSlope()[lane[at]];
        boolean falls = fallsAlong(slope * result.window(), lane[at], run.step() / result.window());
        if (falls) {
            settle(run, at, slope, expected.couplingSlope()[lane[at]]);
        }
        return falls;
    }

    private boolean fallsAlong(double fall, int of, int windows) {
        return fall < 0
                && windows > STRAIGHT_WINDOWS
                && result.windowMax().fallBy(fall, STRAIGHT, of, windows - STRAIGHT_WINDOWS, windows);
    }

    /// From here on straight lines of the logarithms.
    private void settle(Reached run, int at, double lossSlope, double couplingSlope) {
        int done = run.step();
        finish(run, at);
        int to = lane[at];
        int left = result.steps() - done;
        result.windowMax().extend(to, done / result.window(), lossSlope);
        result.slopeMax().extend(to, done / result.window(), lossSlope);
        samples.extend(to, done / sampleEvery, couplingSlope * sampleEvery);
        result.maxCoupling()[to] += Math.max(0, couplingSlope * left);
        furtherFall[to] = lossSlope * left;
    }

    /// Drops lanes that are settled; `kept` are the others.
    void keep(int[] kept) {
        lane = Magnitudes.kept(lane, kept);
        Arrays.setAll(before, c -> Magnitudes.kept(before[c], kept));
    }

    /// Takes in where a lane ends.
    void finish(Reached run, int at) {
        int to = lane[at];
        result.ranSteps()[to] = run.step();
        result.minLoss()[to] = run.recorded(Lanes.Record.LEAST_LOSS).at(at).log10Magnitude();
        result.maxCoupling()[to] =
                coupled ? run.recorded(Lanes.Record.GREATEST_COUPLING).at(at).log10Magnitude() : Double.NaN;
        for (int c = 0; c < ends.length; c++) {
            Magnitudes component = run.component(c);
            WideNumber value = component.at(at);
            ends[c].mantissa()[to] = component.mantissa()[at];
            ends[c].exponent()[to] = component.exponent()[at];
            result.finalMagnitude()[c][to] = value.log10Magnitude();
            result.finalSign()[c][to] = Math.signum(value.mantissa());
        }
    }

    /// Where all lanes ended.
    Magnitudes[] ends() {
        return ends;
    }

    private Rest rest(Magnitudes[] next, int to) {
        Rest rest = Rest.STILL;
        for (int c = 0; c < ends.length; c++) {
            if (DoubleRange.isGiven(program, c)) {
                rest = rest.and(Rest.of(ends[c].at(to), next[c].at(to), result.steps()));
            }
        }
        return rest;
    }

    /// The result, once every lane is finished.
    ///
    /// @param loss at the ends
    /// @param next what the components would be after one step more
    TileResult end(Magnitudes loss, Magnitudes[] next) {
        for (int to = 0; to < result.lanes(); to++) {
            result.finalLossSign()[to] = Math.signum(loss.mantissa()[to]);
            result.rest()[to] = rest(next, to);
            result.finalLoss()[to] = loss.at(to).log10Magnitude() + furtherFall[to];
            result.minLoss()[to] = Math.min(
                    result.minLoss()[to],
                    Double.isNaN(result.finalLoss()[to]) ? Double.POSITIVE_INFINITY : result.finalLoss()[to]);
        }
        samples.into(result.medianCoupling());
        return result;
    }
}
