package adamscope.probe;

import adamscope.linear.CountedUniform;
import adamscope.optimizer.OptimizerRule;
import adamscope.regime.Quantity;
import adamscope.rule.Stretches;
import adamscope.rule.TensorRule;
import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// What is measured at every step t: loss L(θ_t), lr, ‖g‖ at θ_t, ‖m_t‖, ‖√v_t‖, ‖θ_t − θ_{t−1}‖, quantiles of v_t/g²
/// and of |m_t|/√v_t, over all parameters and over each block.
///
/// g in v_t/g² is the gradient that v_t took in last; where it is 0 the coordinate is left out, as is v = 0 in |m|/√v.
/// Quantiles are those of a sample of coordinates, one from each of equally long stretches, the same at every step: see
/// [LiveCost]. What a rule does not have (no state `m` or `v`) is no column.
public final class LiveMeasurement implements Stretches {
    private static final int[] STEP_LEVELS = {50, 99};
    private static final int[] COUPLING_LEVELS =
            Quantity.LEVELS.stream().mapToInt(Integer::intValue).toArray();

    /// A stretch of θ whose quantities are columns: all of it, or one block. What is added up during a step is in
    /// `squares`: Σ(θ_t − θ_{t−1})², Σm², Σv, and Σg² of the next gradient.
    private record Part(String suffix, int from, int to, long[] sample, double[] squares) {

        static Part of(String suffix, long from, long size, int samples) {
            int count = (int) Math.min(size, samples);
            long[] sample = new long[count];
            for (int i = 0; i < count; i++) {
                long begin = from + size * i / count;
                long end = from + size * (i + 1) / count;
                sample[i] = begin + CountedUniform.below(end - begin, from, i);
            }
            return new Part(
                    suffix, Math.toIntExact(from), Math.toIntExact(from + size), sample, new double[GRADIENT + 1]);
        }
    }

    private static final int GRADIENT = 3;

    private final Part all;
    private final List<Part> blocks;
    private final boolean m;
    private final boolean v;
    private final Tensor theta;
    private final Tensor before;
    private final FlatNumbers parameters;
    private final FlatNumbers kept;
    private final FlatNumbers gradient;
    private final FlatNumbers average;
    private final FlatNumbers secondMoment;
    private final LiveCost cost;
    private final double[] row;
    private final int width;
    private final double[] sampledGradient;
    private final double[] sampledAverage;
    private final double[] sampledSquares;
    /// What the loop of a rule may add up itself, and where that goes among the squares of a part
    private final List<Total> totals;
    private final int[] terms;
    private boolean whole;
    private boolean byBlock;
    private int block;

    /// @param theta    of the run; stays in its place
    /// @param gradient of the run; stays in its place
    /// @param before   a vector like θ that this measurement may write
    public LiveMeasurement(
            TensorRule rule, List<Block> blocks, Tensor theta, Tensor gradient, Tensor before, LiveCost cost) {
        this.m = rule.states().containsKey("m");
        this.v = rule.states().containsKey("v");
        this.theta = theta;
        this.before = before;
        this.parameters = FlatNumbers.of(theta);
        this.kept = FlatNumbers.of(before);
        this.gradient = FlatNumbers.of(gradient);
        this.average = m ? FlatNumbers.of(rule.state("m")) : null;
        this.secondMoment = v ? FlatNumbers.of(rule.state("v")) : null;
        this.cost = cost;
        List<Total> sums = new ArrayList<>(List.of(new Total(OptimizerRule.PARAMETER, Term.SQUARED_CHANGE)));
        if (m) {
            sums.add(new Total("m", Term.SQUARE));
        }
        if (v) {
            sums.add(new Total("v", Term.NUMBER));
        }
        this.totals = List.copyOf(sums);
        this.terms = m ? new int[] {0, 1, 2} : new int[] {0, 2};
        this.all = Part.of("", 0, theta.numel(), cost.samples());
        int share = Math.max(16, cost.samples() / blocks.size());
        this.blocks = blocks.stream()
                .map(block -> Part.of("/" + block.name(), block.offset(), block.size(), share))
                .toList();
        int most = Math.max(all.sample().length, share);
        this.sampledGradient = new double[most];
        this.sampledAverage = new double[most];
        this.sampledSquares = new double[most];
        this.row = new double[measured().size()];
        this.width = quantities("").size();
    }

    /// The columns.
    public List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        measured.add(Measured.number(Quantity.LOSS));
        measured.add(Measured.number(Quantity.LR));
        parts().forEach(part -> quantities(part.suffix()).forEach(name -> measured.add(Measured.number(name))));
        return measured;
    }

    /// Those that are columns.
    private List<Part> parts() {
        List<Part> parts = new ArrayList<>(List.of(all));
        if (cost.layers() > 0) {
            parts.addAll(blocks);
        }
        return parts;
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

    /// Before anything of a step is done.
    ///
    /// @param keeps whether all of θ is kept: for [#update()], or where θ changes also outside the rule
    public void before(boolean keeps) {
        whole = keeps;
        if (keeps) {
            before.copy_(theta);
        }
        forget();
    }

    private void forget() {
        blocks.forEach(part -> Arrays.fill(part.squares(), 0, GRADIENT, 0));
        block = 0;
    }

    /// After a step before which all of θ was kept and that changed more than the rule did: adds up again.
    public void measureAll() {
        forget();
        after(0, all.to());
    }

    @Override
    public void before(int from, int to) {
        if (!whole) {
            parameters.copy(from, to, kept, 0);
        }
    }

    /// Adds up the stretch, each block by itself.
    @Override
    public void after(int from, int to) {
        int begin = from;
        while (begin < to) {
            Part part = blocks.get(block);
            int end = Math.min(to, part.to());
            part.squares()[0] += parameters.squaredDistance(begin, end, kept, whole ? begin : begin - from);
            if (m) {
                part.squares()[1] += average.squares(begin, end);
            }
            if (v) {
                part.squares()[2] += secondMoment.sum(begin, end);
            }
            block += end == part.to() ? 1 : 0;
            begin = end;
        }
    }

    @Override
    public List<Total> totals() {
        return whole ? List.of() : totals;
    }

    @Override
    public int end(int from) {
        return blocks.get(block).to();
    }

    @Override
    public void added(int from, int to, double[] sums) {
        Part part = blocks.get(block);
        for (int i = 0; i < sums.length; i++) {
            part.squares()[terms[i]] += sums[i];
        }
        block += to == part.to() ? 1 : 0;
    }

    /// After it, while the gradient is still the one that the step used.
    ///
    /// @param step its number
    public void stepped(long step) {
        Arrays.fill(all.squares(), 0);
        for (Part part : blocks) {
            Arrays.setAll(all.squares(), i -> all.squares()[i] + part.squares()[i]);
        }
        byBlock = cost.layers() > 0 && step % cost.layers() == 0;
        Arrays.fill(row, Double.NaN);
        int column = fill(all, 2);
        if (byBlock) {
            for (Part part : blocks) {
                column = fill(part, column);
            }
        }
    }

    private int fill(Part part, int first) {
        int column = first + 1;
        row[column++] = Math.sqrt(part.squares()[0]);
        if (m) {
            row[column++] = Math.sqrt(part.squares()[1]);
        }
        if (v) {
            row[column++] = Math.sqrt(part.squares()[2]);
            secondMoment.read(part.sample(), sampledSquares);
            gradient.read(part.sample(), sampledGradient);
        }
        if (m && v) {
            average.read(part.sample(), sampledAverage);
            int counted = stepRatios(part.sample().length);
            quantiles(sampledAverage, counted, STEP_LEVELS, column + COUPLING_LEVELS.length);
        }
        if (v) {
            quantiles(sampledSquares, couplingRatios(part.sample().length), COUPLING_LEVELS, column);
            column += COUPLING_LEVELS.length;
        }
        return m && v ? column + STEP_LEVELS.length : column;
    }

    /// θ_t − θ_{t−1} after a step before which all of θ was kept, as a new tensor.
    public Tensor update() {
        return theta.sub(before);
    }

    /// ‖θ_t − θ_{t−1}‖ after [#stepped(long)].
    public double stepNorm() {
        return row[3];
    }

    /// Makes the gradient at θ_t that of the run.
    public void take(Tensor fresh) {
        try (PointerScope _ = new PointerScope()) {
            FlatNumbers taken = FlatNumbers.of(fresh.contiguous());
            for (Part part : blocks) {
                part.squares()[GRADIENT] = taken.squaresCopied(part.from(), part.to(), gradient);
            }
        }
    }

    /// The row of step t, once loss and gradient at θ_t are there.
    public double[] row(double loss, double lr) {
        row[0] = loss;
        row[1] = lr;
        double sum = 0;
        for (int i = 0; i < blocks.size(); i++) {
            double squares = blocks.get(i).squares()[GRADIENT];
            sum += squares;
            if (byBlock) {
                row[2 + (i + 1) * width] = Math.sqrt(squares);
            }
        }
        row[2] = Math.sqrt(sum);
        return row;
    }

    /// The row of step 0, for the gradient of the run as it stands: nothing has moved yet.
    public double[] start(double loss, double lr) {
        Arrays.fill(row, Double.NaN);
        byBlock = cost.layers() > 0;
        for (Part part : blocks) {
            part.squares()[GRADIENT] = gradient.squares(part.from(), part.to());
        }
        return row(loss, lr);
    }

    /// v/g² in place of v, and how many there are.
    private int couplingRatios(int count) {
        int counted = 0;
        for (int i = 0; i < count; i++) {
            double g = sampledGradient[i];
            if (g != 0) {
                sampledSquares[counted++] = sampledSquares[i] / (g * g);
            }
        }
        return counted;
    }

    /// |m|/√v in place of m, and how many there are.
    private int stepRatios(int count) {
        int counted = 0;
        for (int i = 0; i < count; i++) {
            double root = Math.sqrt(sampledSquares[i]);
            if (root != 0) {
                sampledAverage[counted++] = Math.abs(sampledAverage[i]) / root;
            }
        }
        return counted;
    }

    /// Quantile q at position q·(n − 1) of the sorted numbers, between two of them by linear interpolation.
    private void quantiles(double[] numbers, int count, int[] levels, int column) {
        Arrays.sort(numbers, 0, count);
        for (int i = 0; i < levels.length; i++) {
            if (count == 0) {
                row[column + i] = Double.NaN;
                continue;
            }
            double at = levels[i] / 100.0 * (count - 1);
            int below = (int) at;
            double low = numbers[below];
            double high = numbers[Math.min(below + 1, count - 1)];
            row[column + i] = at == below ? low : low + (at - below) * (high - low);
        }
    }
}
