package adamscope.kernel;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Lanes in double, run by a generated class, or by the [LaneInterpreter] to the same bits; which of them may change
/// between two calls.
///
/// The rows are padded to whole groups with copies of the first lane.
final class DoubleLanes implements Lanes {
    /// By which |g| is multiplied where √v·|g| is below 1: then no product of the two leaves the range of double before
    /// v or g² does.
    private static final double UP = 0x1p511;

    private final DoubleCode code;
    private final Supplier<GroupLoop> atHand;
    private GroupLoop loop;
    private int lanes;
    private int stride;
    private double[] memory;
    private long[] noExponent;

    /// Rows as they were last read.
    private double[][] read;

    private Quotients lastRatios;

    DoubleLanes(DoubleCode code, Supplier<GroupLoop> atHand, Map<String, double[]> parameters, Magnitudes[] starts) {
        this.code = code;
        this.atHand = atHand;
        this.loop = atHand.get();
        this.lanes = starts[0].mantissa().length;
        this.stride = padded(lanes);
        this.memory = loop.loop().room(code.code().rows() * stride);
        makeRoom();
        for (int c = 0; c < starts.length; c++) {
            fill(c, starts[c].mantissa());
        }
        double[][] invariants = code.invariants().evaluate(parameters, lanes);
        for (int i = 0; i < invariants.length; i++) {
            fill(starts.length + i, invariants[i]);
        }
        code.code().trackers().forEach(tracker -> tracker.start(memory, stride));
        if (code.scaleRow() >= 0) {
            Arrays.fill(memory, code.scaleRow() * stride, (code.scaleRow() + 1) * stride, 1);
        }
    }

    private int padded(int count) {
        return (count + loop.group() - 1) / loop.group() * loop.group();
    }

    @Override
    public void keep(int[] kept) {
        double[] old = memory.clone();
        int oldStride = stride;
        lanes = kept.length;
        stride = padded(lanes);
        memory = loop.loop().room(code.code().rows() * stride);
        makeRoom();
        double[] numbers = new double[lanes];
        for (int row = 0; row < code.code().rows(); row++) {
            for (int lane = 0; lane < lanes; lane++) {
                numbers[lane] = old[row * oldStride + kept[lane]];
            }
            fill(row, numbers);
        }
    }

    /// For what is read of the lanes that there are now.
    private void makeRoom() {
        noExponent = new long[lanes];
        read = new double[code.code().rows()][];
        lastRatios = new Quotients(lanes);
    }

    private void fill(int row, double[] numbers) {
        System.arraycopy(numbers, 0, memory, row * stride, lanes);
        Arrays.fill(memory, row * stride + lanes, (row + 1) * stride, numbers[0]);
    }

    @Override
    public void advance(long firstStep, int steps) {
        GroupLoop now = atHand.get();
        if (now != loop) {
            loop = now;
            keep(IntStream.range(0, lanes).toArray());
        }
        loop.loop().advance(memory, stride, stride, steps, firstStep);
    }

    @Override
    public Magnitudes recorded(Record record) {
        int[] rows = code.recordRows().get(record);
        if (rows == null) {
            return Magnitudes.of(lanes);
        }
        double[] numbers = row(rows[0]);
        if (rows.length == 1) {
            return new Magnitudes(numbers, noExponent);
        }
        double[] denominators = row(rows[1]);
        if (record == Record.LAST_COUPLING) {
            return code.coupling().last(numbers, denominators, lastRatios);
        }
        if (code.scaleRow() >= 0) {
            for (int lane = 0; lane < lanes; lane++) {
                denominators[lane] /= memory[code.scaleRow() * stride + lane];
            }
        }
        return code.coupling().greatest(numbers, denominators, new Quotients(lanes));
    }

    @Override
    public void nextWindow() {
        code.window().forEach(tracker -> tracker.start(memory, stride));
        if (code.scaleRow() >= 0) {
            rescale(
                    code.recordRows().get(Record.GREATEST_COUPLING)[1],
                    code.recordRows().get(Record.LAST_COUPLING));
        }
    }

    /// Chooses the factor of |g| anew, and multiplies the recorded one by it.
    private void rescale(int greatest, int[] last) {
        for (int lane = 0; lane < stride; lane++) {
            double v = memory[last[0] * stride + lane];
            double g = memory[last[1] * stride + lane];
            int at = code.scaleRow() * stride + lane;
            double scale = v * g * g < 1 ? UP : 1;
            if (memory[at] != scale) {
                memory[greatest * stride + lane] *= scale / memory[at];
                memory[at] = scale;
            }
        }
    }

    @Override
    public Magnitudes component(int index) {
        return new Magnitudes(row(index), noExponent);
    }

    private double[] row(int row) {
        if (read[row] == null) {
            read[row] = new double[lanes];
        }
        System.arraycopy(memory, row * stride, read[row], 0, lanes);
        return read[row];
    }
}
