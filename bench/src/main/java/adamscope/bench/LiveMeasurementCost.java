package adamscope.bench;

import adamscope.curvature.LossSurface;
import adamscope.data.FashionMnist;
import adamscope.dynamics.ClosedMap;
import adamscope.linear.CountedUniform;
import adamscope.model.Activation;
import adamscope.model.Batch;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.probe.LiveCost;
import adamscope.rule.TensorRule;
import adamscope.rule.TunedSchedule;
import adamscope.run.TrainingFiles;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import adamscope.training.Batching;
import adamscope.training.GradientChanges;
import adamscope.training.Training;
import adamscope.training.TrainingSink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// What measuring at every step costs, with all files that it is written to: steps of a training against the same steps
/// bare (gradient and update), in one process, one thread, single precision, processor time of that thread.
///
/// 5 hidden tanh layers of width 200 on Fashion-MNIST, Adam. Arguments: rounds (default 7), then cases by number
/// (default: all). The median over the rounds counts, of which each does all, one behind the other, after a warm-up.
public final class LiveMeasurementCost {
    private static final FullyConnected NETWORK = FullyConnected.of(784, 200, 5, 10, Activation.TANH);
    private static final Map<String, Double> HYPER = Map.of("lr", 1e-4);
    private static final int WARM = 5;

    /// @param batch samples of a batch; 0: all
    /// @param steps of a round
    private record Case(int images, int batch, int steps) {}

    private static final List<Case> CASES =
            List.of(new Case(5000, 0, 8), new Case(500, 0, 60), new Case(5000, 128, 200), new Case(5000, 32, 400));

    private LiveMeasurementCost() {}

    /// Runs it and prints a table.
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        LibTorch.require();
        LibTorch.useThreads(1);
        System.out.println("images  batch   bare, ms   measured, ms   with files, ms   measuring   with files");
        written(new Case(320, 32, 2000));
        List<Case> cases = arguments.length < 2
                ? CASES
                : Arrays.stream(arguments)
                        .skip(1)
                        .map(number -> CASES.get(Integer.parseInt(number)))
                        .toList();
        for (Case tried : cases) {
            double[] bare = new double[rounds];
            double[] measured = new double[rounds];
            double[] written = new double[rounds];
            double[] share = new double[rounds];
            double[] whole = new double[rounds];
            for (int round = -1; round < rounds; round++) {
                double plain = bare(tried);
                double silent = measured(tried, List.of());
                double filed = written(tried);
                double again = bare(tried);
                if (round >= 0) {
                    bare[round] = 0.5 * (plain + again);
                    measured[round] = silent;
                    written[round] = filed;
                    share[round] = silent / bare[round] - 1;
                    whole[round] = filed / bare[round] - 1;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%6d  %5s  %9.3f  %13.3f  %15.3f   %7.2f %%   %7.2f %%%n",
                    tried.images(),
                    tried.batch() == 0 ? "full" : tried.batch(),
                    median(bare),
                    median(measured),
                    median(written),
                    100 * median(share),
                    100 * median(whole));
        }
    }

    private static double bare(Case tried) {
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = loss(tried, Place.CPU_FLOAT32);
            Tensor theta = loss.initial(0);
            Tensor gradient = Place.CPU_FLOAT32.zeros(loss.parameters());
            TensorRule rule = TensorRule.start(
                    Catalogue.shipped("adam"),
                    HYPER,
                    loss.blocks(),
                    ClosedMap.Start.ZERO,
                    new Point(theta, gradient, Place.CPU_FLOAT32));
            long[] order = CountedUniform.order(tried.images(), 0);
            long start = 0;
            for (int step = 1; step <= WARM + tried.steps(); step++) {
                new LossSurface(loss, batch(tried, order, step)).gradient(theta, gradient);
                rule.advance(theta, gradient);
                start = step == WARM ? cpu() : start;
            }
            return (cpu() - start) / 1e6 / tried.steps();
        }
    }

    private static Batch batch(Case tried, long[] order, int step) {
        if (tried.batch() == 0) {
            return new Batch.Consecutive(0, tried.images());
        }
        int from = (step - 1) % (tried.images() / tried.batch()) * tried.batch();
        return new Batch.Chosen(Arrays.copyOfRange(order, from, from + tried.batch()));
    }

    private static double written(Case tried) throws IOException {
        Path folder = Files.createTempDirectory("live");
        try (TrainingFiles files = new TrainingFiles(folder, -1)) {
            return measured(tried, List.of(files));
        } finally {
            try (var all = Files.walk(folder)) {
                for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static double measured(Case tried, List<TrainingSink> sinks) {
        Training training = new Training(
                TunedSchedule.constant(Catalogue.shipped("adam"), HYPER),
                Training.StopRule.after(WARM + tried.steps()),
                new Batching(tried.batch(), 0, 0),
                GradientChanges.NONE,
                List.of(),
                Training.Conditions.DEFAULT);
        long[] times = new long[2];
        training.run(
                place -> loss(tried, place),
                new Training.Watch(
                        List.of(),
                        LiveCost.BY_COST,
                        sinks,
                        (step, _) -> {
                            if (step == WARM) {
                                times[0] = cpu();
                            } else if (step == WARM + tried.steps()) {
                                times[1] = cpu();
                            }
                            return true;
                        },
                        Optional.empty()));
        return (times[1] - times[0]) / 1e6 / tried.steps();
    }

    private static NetworkLoss loss(Case tried, Place place) {
        return NetworkLoss.halfSquared(
                NETWORK, FashionMnist.shipped(tried.images()).toSamples(place));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
