package adamscope.training;

import adamscope.linear.CountedUniform;
import adamscope.regime.Quantity;
import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// What is measured at every step t: loss L(θ_t), lr, ‖g‖ at θ_t, ‖m_t‖, ‖√v_t‖, ‖θ_t − θ_{t−1}‖, quantiles of v_t/g²
/// and
/// of |m_t|/√v_t, over all parameters and over each block.
///
/// g in v_t/g² is the gradient that v_t took in last; where it is 0 the coordinate is left out, as is v = 0 in |m|/√v.
/// Quantiles are those of a sample of coordinates, one from each of equally long stretches, the same at every step: see
/// [Cost]. What a rule does not have (no state `m` or `v`) is no column.
final class LiveMeasurement {
    private static final int[] STEP_LEVELS = {50, 99};
    private static final int[] COUPLING_LEVELS =
            Quantity.LEVELS.stream().mapToInt(Integer::intValue).toArray();

    /// A stretch of θ whose quantities are columns: all of it, or one block.
    private record Part(String suffix, int from, int to, long[] sample, double[] first, double[] second) {

        static Part of(String suffix, long from, long size, int samples) {
            int count = (int) Math.min(size, samples);
            long[] sample = new long[count];
            for (int i = 0; i < count; i++) {
                long begin = from + size * i / count;
                long end = from + size * (i + 1) / count;
                sample[i] = begin + CountedUniform.below(end - begin, from, i);
            }
            return new Part(
                    suffix,
                    Math.toIntExact(from),
                    Math.toIntExact(from + size),
                    sample,
                    new double[count],
                    new double[count]);
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final boolean m;
    private final boolean v;
    private final Tensor theta;
    private final Tensor before;
    private final FlatNumbers difference;
    private final FlatNumbers gradient;
    private FlatNumbers average;
    private FlatNumbers squares;
    private final int layers;
    private final double[] row;
    private int measured = 1;

    /// @param theta    of the run; stays in its place
    /// @param gradient of the run; stays in its place
    /// @param before   a vector like θ that this measurement may write
    LiveMeasurement(TensorRule rule, List<Block> blocks, Tensor theta, Tensor gradient, Tensor before, Cost cost) {
        this.m = rule.states().containsKey("m");
        this.v = rule.states().containsKey("v");
        this.theta = theta;
        this.before = before;
        this.difference = FlatNumbers.of(before);
        this.gradient = FlatNumbers.of(gradient);
        this.average = m ? FlatNumbers.of(rule.state("m")) : null;
        this.squares = v ? FlatNumbers.of(rule.state("v")) : null;
        parts.add(Part.of("", 0, theta.numel(), cost.samples()));
        if (cost.layers() > 0) {
            int share = Math.max(16, cost.samples() / blocks.size());
            blocks.forEach(block -> parts.add(Part.of("/" + block.name(), block.offset(), block.size(), share)));
        }
        this.layers = cost.layers();
        this.row = new double[2 + parts.size() * quantities("").size()];
    }

    /// How much is measured.
    ///
    /// @param samples coordinates whose ratios are sorted, over all parameters; as many again over all blocks together
    /// @param layers  steps between two measurements of each block by itself; 0: never
    record Cost(int samples, int layers) {
        private static final double FLOPS_A_NANOSECOND = 50;
        private static final double NANOSECONDS_A_SAMPLE = 100;

        /// So many samples that their sorting takes 1 % of a step of 6·P·n operations at 50 a nanosecond: P parameters,
        /// n samples of a batch. At least 64, at most 4,096. Nothing depends on a clock.
        static Cost of(long parameters, long batch, int layers) {
            double step = 6.0 * parameters * batch / FLOPS_A_NANOSECOND;
            double samples = 0.01 * step / NANOSECONDS_A_SAMPLE;
            return new Cost((int) Math.clamp(samples, 64, 4096), layers);
        }
    }

    /// The columns.
    List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        measured.add(Measured.number(Quantity.LOSS));
        measured.add(Measured.number(Quantity.LR));
        parts.forEach(part -> quantities(part.suffix()).forEach(name -> measured.add(Measured.number(name))));
        return measured;
    }

    private List<String> quantities(String suffix) {
        List<String> names = new ArrayList<>(List.of(Quantity.GRADIENT_NORM, Quantity.STEP_NORM));
        if (m) {
            names.add(Quantity.AVERAGE_GRADIENT_NORM);
        }
        if (v) {
            names.add(Quantity.ROOT_SECOND_MOMENT_NORM);
            Quantity.LEVELS.forEach(level -> names.add(Quantity.couplingRatio(level)));
        }
        if (m && v) {
            Arrays.stream(STEP_LEVELS).forEach(level -> names.add(Quantity.stepRatio(level)));
        }
        return names.stream().map(name -> name + suffix).toList();
    }

    /// Before a step: keeps θ.
    void before() {
        before.copy_(theta);
    }

    /// After it, while the gradient is still the one that the step used.
    ///
    /// @param step its number
    void stepped(long step) {
        try (Scalar minus = new Scalar(-1.0)) {
            before.add_(theta, minus);
        }
        int column = 2;
        measured = layers > 0 && step % layers == 0 ? parts.size() : 1;
        Arrays.fill(row, Double.NaN);
        for (Part part : parts.subList(0, measured)) {
            column++;
            row[column++] = Math.sqrt(difference.squares(part.from(), part.to()));
            if (m) {
                row[column++] = Math.sqrt(average.squares(part.from(), part.to()));
            }
            if (v) {
                row[column++] = Math.sqrt(squares.sum(part.from(), part.to()));
                column = coupling(part, column);
            }
            if (m && v) {
                column = steps(part, column);
            }
        }
    }

    /// θ_t − θ_{t−1} after [#stepped(long)], as a new tensor.
    Tensor update() {
        return before.neg();
    }

    /// ‖θ_t − θ_{t−1}‖ after [#stepped(long)].
    double stepNorm() {
        return row[3];
    }

    /// The row of step t, once loss and gradient at θ_t are there.
    double[] row(double loss, double lr) {
        row[0] = loss;
        row[1] = lr;
        int width = (row.length - 2) / parts.size();
        for (int part = 0; part < measured; part++) {
            Part stretch = parts.get(part);
            row[2 + part * width] = Math.sqrt(gradient.squares(stretch.from(), stretch.to()));
        }
        return row;
    }

    /// The row of step 0: nothing has moved yet.
    double[] start(double loss, double lr) {
        Arrays.fill(row, Double.NaN);
        measured = layers > 0 ? parts.size() : 1;
        return row(loss, lr);
    }

    private int coupling(Part part, int column) {
        squares.read(part.sample(), part.first());
        gradient.read(part.sample(), part.second());
        int counted = 0;
        for (int i = 0; i < part.sample().length; i++) {
            double g = part.second()[i];
            if (g != 0) {
                part.first()[counted++] = part.first()[i] / (g * g);
            }
        }
        return quantiles(part.first(), counted, COUPLING_LEVELS, column);
    }

    private int steps(Part part, int column) {
        average.read(part.sample(), part.first());
        squares.read(part.sample(), part.second());
        int counted = 0;
        for (int i = 0; i < part.sample().length; i++) {
            double root = Math.sqrt(part.second()[i]);
            if (root != 0) {
                part.first()[counted++] = Math.abs(part.first()[i]) / root;
            }
        }
        return quantiles(part.first(), counted, STEP_LEVELS, column);
    }

    /// Quantile q at position q·(n − 1) of the sorted numbers, between two of them by linear interpolation.
    private int quantiles(double[] numbers, int count, int[] levels, int column) {
        Arrays.sort(numbers, 0, count);
        int next = column;
        for (int level : levels) {
            if (count == 0) {
                row[next++] = Double.NaN;
                continue;
            }
            double at = level / 100.0 * (count - 1);
            int below = (int) at;
            double low = numbers[below];
            double high = numbers[Math.min(below + 1, count - 1)];
            row[next++] = at == below ? low : low + (at - below) * (high - low);
        }
        return next;
    }
}
