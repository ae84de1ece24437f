package adamscope.kernel;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Lanes in double, run by a generated class, or by the [LaneInterpreter] to the same bits; which of them may change
/// between two calls.
final class DoubleLanes implements Lanes {
    /// By which |g| is multiplied where √v·|g| is below 1: then no product of the two leaves the range of double before
    /// v or g² does.
    private static final double UP = 0x1p511;

    private final DoubleCode code;
    private final Supplier<GroupLoop> atHand;
    private GroupLoop loop;
    private LaneRows rows;
    private long[] noExponent;

    /// Rows as they were last read.
    private double[][] read;

    /// Components as they were read before that.
    private double[][] readBefore;

    private Quotients lastRatios;

    DoubleLanes(DoubleCode code, Supplier<GroupLoop> atHand, Map<String, double[]> parameters, Magnitudes[] starts) {
        this.code = code;
        this.atHand = atHand;
        this.loop = atHand.get();
        int lanes = starts[0].mantissa().length;
        this.rows = new LaneRows(code.code().rows(), lanes, loop);
        makeRoom();
        for (int c = 0; c < starts.length; c++) {
            rows.set(c, starts[c].mantissa());
        }
        double[][] invariants = code.invariants().evaluate(parameters, lanes);
        for (int i = 0; i < invariants.length; i++) {
            rows.set(starts.length + i, invariants[i]);
        }
        code.code().trackers().forEach(rows::start);
        if (code.scaleRow() >= 0) {
            double[] ones = new double[lanes];
            Arrays.fill(ones, 1);
            rows.set(code.scaleRow(), ones);
        }
    }

    @Override
    public void keep(int[] kept) {
        rows = rows.kept(kept, loop);
        makeRoom();
    }

    /// For what is read of the lanes that there are now.
    private void makeRoom() {
        noExponent = new long[rows.lanes()];
        read = new double[code.code().rows()][];
        readBefore = new double[code.code().next().length][];
        lastRatios = new Quotients(rows.lanes());
    }

    @Override
    public void advance(long firstStep, int steps) {
        GroupLoop now = atHand.get();
        if (now != loop) {
            loop = now;
            keep(IntStream.range(0, rows.lanes()).toArray());
        }
        rows.advance(steps, firstStep);
    }

    @Override
    public Magnitudes recorded(Record record) {
        int[] places = code.recordRows().get(record);
        if (places == null) {
            return Magnitudes.of(rows.lanes());
        }
        double[] numbers = row(places[0]);
        if (places.length == 1) {
            return new Magnitudes(numbers, noExponent);
        }
        double[] denominators = row(places[1]);
        if (record == Record.LAST_COUPLING) {
            return code.coupling().last(numbers, denominators, lastRatios);
        }
        if (code.scaleRow() >= 0) {
            double[] scales = row(code.scaleRow());
            for (int lane = 0; lane < scales.length; lane++) {
                denominators[lane] /= scales[lane];
            }
        }
        return code.coupling().greatest(numbers, denominators, new Quotients(rows.lanes()));
    }

    @Override
    public void nextWindow() {
        code.window().forEach(rows::start);
        if (code.scaleRow() >= 0) {
            rows.forEachPiece(this::rescale);
        }
    }

    /// Chooses the factor of |g| anew, and multiplies the recorded one by it.
    private void rescale(double[] numbers, int lanes) {
        int v = code.recordRows().get(Record.LAST_COUPLING)[0] * rows.stride();
        int g = code.recordRows().get(Record.LAST_COUPLING)[1] * rows.stride();
        int greatest = code.recordRows().get(Record.GREATEST_COUPLING)[1] * rows.stride();
        int scales = code.scaleRow() * rows.stride();
        for (int lane = 0; lane < lanes; lane++) {
            double scale = numbers[v + lane] * numbers[g + lane] * numbers[g + lane] < 1 ? UP : 1;
            if (numbers[scales + lane] != scale) {
                numbers[greatest + lane] *= scale / numbers[scales + lane];
                numbers[scales + lane] = scale;
            }
        }
    }

    @Override
    public Magnitudes component(int index) {
        double[] older = readBefore[index];
        readBefore[index] = read[index];
        read[index] = older;
        return new Magnitudes(row(index), noExponent);
    }

    private double[] row(int row) {
        if (read[row] == null) {
            read[row] = new double[rows.lanes()];
        }
        rows.copy(row, read[row]);
        return read[row];
    }
}
