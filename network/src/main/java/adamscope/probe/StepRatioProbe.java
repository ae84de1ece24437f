package adamscope.probe;

import adamscope.curvature.LossSurface;
import adamscope.linear.CountedUniform;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.stability.StepBound;
import adamscope.statistics.EqualLaws;
import adamscope.statistics.GradientShape;
import adamscope.statistics.StepRatio;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// What the sign-like proof of Adam's convergence supposes, by layer and time: u = |m|/√v against its bound R_t,
/// whether u follows one law in all layers, the shape of the gradient, its variance over batches.
///
/// For rules with states m and v of decays beta1 and beta2, constant or scheduled: R_t² = S_t with S_t =
/// (β₁²/β₂)·S_{t−1} + (1 − β₁)²/(1 − β₂), β₁ and β₂ of step t, by Cauchy–Schwarz; without bias correction. Coordinates
/// with v = 0 never had a gradient (dead inputs) and are left out of the tests; of large blocks [#TESTED] coordinates,
/// evenly spread, are tested.
public final class StepRatioProbe implements Probe {
    /// The most coordinates of a block that are tested.
    public static final int TESTED = 1000;

    private static final double SIGNIFICANCE = 0.05;

    private final long every;
    private final int batchSize;
    private final BatchLoss loss;
    /// R_t², as it has become with the decays of all steps so far.
    private final Tensor squaredBound = Place.CPU_FLOAT64.zeros(1);

    private StepRatioProbe(long every, int batchSize, BatchLoss loss) {
        this.every = every;
        this.batchSize = batchSize;
        this.loss = loss;
    }

    /// Looks every so many steps; the variance is that of batches of `batchSize` samples, all of one order of the data.
    public static Probe.Source source(long every, int batchSize) {
        return (loss, tuned) -> {
            for (String state : List.of("m", "v")) {
                if (!SharpnessProbe.hasState(tuned.rule(), state)) {
                    throw new IllegalArgumentException(
                            tuned.rule().name() + " has no state '" + state + "', so it has no |m|/√v");
                }
            }
            for (String decay : List.of("beta1", "beta2")) {
                if (!tuned.schedules().containsKey(decay)) {
                    throw new IllegalArgumentException(tuned.rule().name() + " has no hyper-parameter '" + decay
                            + "', so |m|/√v has no known bound");
                }
            }
            return new StepRatioProbe(every, batchSize, loss);
        };
    }

    @Override
    public List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        for (String name :
                List.of("gradientNorm", "gradientEvenness", "gradientVariance", "gradientSmoothness", "stepBound")) {
            measured.add(Measured.number(name));
        }
        for (Block block : loss.blocks()) {
            measured.add(Measured.number("largestRatio " + block.name()));
            measured.add(Measured.number("meanRatio " + block.name()));
        }
        measured.add(Measured.count("lawsTested"));
        measured.add(Measured.count("lawsRejected"));
        measured.add(Measured.number("lawDistance"));
        measured.add(Measured.number("lawDetectable"));
        return measured;
    }

    @Override
    public boolean includes(long step) {
        return step % every == 0;
    }

    @Override
    public void begun(long step, Map<String, Double> hyper) {
        double next = StepBound.squared(Place.numbers(squaredBound)[0], hyper.get("beta1"), hyper.get("beta2"));
        try (PointerScope _ = new PointerScope();
                Scalar value = new Scalar(next)) {
            squaredBound.fill_(value);
        }
    }

    private double bound() {
        return Math.sqrt(Place.numbers(squaredBound)[0]);
    }

    @Override
    public double[] measure(Stepped stepped) {
        long step = stepped.rule().step();
        DoubleStream.Builder row = DoubleStream.builder();
        double[] gradient = gradient(Batch.all(loss), stepped.theta());
        GradientShape shape = GradientShape.of(gradient);
        row.add(shape.l2()).add(shape.evenness()).add(variance(gradient, stepped.theta(), step));
        row.add(smoothness(gradient, stepped));
        double bound = bound();
        row.add(bound);
        double[] m = Place.numbers(stepped.rule().state("m"));
        double[] v = Place.numbers(stepped.rule().state("v"));
        List<String> names = new ArrayList<>();
        List<double[]> alive = new ArrayList<>();
        for (Block block : loss.blocks()) {
            int from = Math.toIntExact(block.offset());
            int to = Math.toIntExact(block.offset() + block.size());
            double[] blockM = Arrays.copyOfRange(m, from, to);
            double[] blockV = Arrays.copyOfRange(v, from, to);
            StepRatio ratio = StepRatio.read(blockM, blockV, step, bound);
            row.add(ratio.largest()).add(meanAlive(blockM, blockV));
            double[] tested = tested(blockM, blockV);
            if (tested.length > 1) {
                names.add(block.name());
                alive.add(tested);
            }
        }
        laws(names, alive).forEach(row::add);
        return row.build().toArray();
    }

    private static DoubleStream laws(List<String> names, List<double[]> blocks) {
        if (blocks.size() < 2) return DoubleStream.of(0, 0, Double.NaN, Double.NaN);
        EqualLaws laws = EqualLaws.between(names, blocks, SIGNIFICANCE);
        EqualLaws.Pair widest = laws.pairs().stream()
                .max(Comparator.comparingDouble(EqualLaws.Pair::distance))
                .orElseThrow();
        return DoubleStream.of(laws.pairs().size(), laws.rejected().size(), widest.distance(), widest.detectable());
    }

    /// Over coordinates that ever had a gradient; NaN if none had.
    private static double meanAlive(double[] m, double[] v) {
        double[] u = StepRatio.values(m, v);
        return IntStream.range(0, u.length)
                .filter(i -> v[i] > 0)
                .mapToDouble(i -> u[i])
                .average()
                .orElse(Double.NaN);
    }

    /// ‖∇F(θ_t) − ∇F(θ_{t−1})‖/‖θ_t − θ_{t−1}‖: what (L₀, L₁, q)-smoothness bounds by L₀ + L₁‖∇F‖^q.
    private double smoothness(double[] gradient, Stepped stepped) {
        try (PointerScope _ = new PointerScope()) {
            double[] before =
                    gradient(Batch.all(loss), stepped.theta().sub(stepped.end().update()));
            double sum = 0;
            for (int i = 0; i < before.length; i++) {
                sum += (gradient[i] - before[i]) * (gradient[i] - before[i]);
            }
            return Math.sqrt(sum) / stepped.stepNorm();
        }
    }

    private static double[] tested(double[] m, double[] v) {
        double[] u = StepRatio.values(m, v);
        int[] alive = IntStream.range(0, u.length)
                .filter(i -> v[i] > 0 && Double.isFinite(u[i]))
                .toArray();
        int count = Math.min(TESTED, alive.length);
        return IntStream.range(0, count)
                .mapToDouble(i -> u[alive[(int) ((long) i * alive.length / count)]])
                .toArray();
    }

    /// E‖g − ∇F‖² over the batches of one order of the samples, the last left out if smaller.
    private double variance(double[] mean, Tensor theta, long step) {
        long[] order = CountedUniform.order(Math.toIntExact(loss.samples()), step);
        int batches = order.length / batchSize;
        double sum = 0;
        for (int b = 0; b < batches; b++) {
            double[] g =
                    gradient(new Batch.Chosen(Arrays.copyOfRange(order, b * batchSize, (b + 1) * batchSize)), theta);
            for (int i = 0; i < g.length; i++) {
                sum += (g[i] - mean[i]) * (g[i] - mean[i]);
            }
        }
        return sum / batches;
    }

    private double[] gradient(Batch batch, Tensor theta) {
        try (PointerScope _ = new PointerScope()) {
            Tensor gradient = loss.place().zeros(loss.parameters());
            new LossSurface(loss, batch).gradient(theta, gradient);
            return Place.numbers(gradient);
        }
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of("squaredBound", squaredBound);
    }
}
