package adamscope.bench;

import adamscope.curvature.ProbeSchedule;
import adamscope.data.FashionMnist;
import adamscope.linear.TrackedSpectrum.Standing;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.probe.LiveCost;
import adamscope.probe.Probe;
import adamscope.probe.SharpnessProbe;
import adamscope.table.Table;
import adamscope.tensor.LibTorch;
import adamscope.training.Training;
import adamscope.training.TrainingResult;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// What following the sharpness costs a training: the same training without a probe and with several, in one run, one
/// thread each, in turns of some steps, so that all of them see the same machine. Ratios are of processor time.
///
/// 5 hidden tanh layers of width 200, 1,000 Fashion-MNIST images, full batch, single precision. Arguments: steps
/// (default 1,200), rule (default adam-uncorrected). All of them must end at the same losses, bit for bit.
public final class MonitoringCost {
    private static final FullyConnected NETWORK = FullyConnected.of(784, 200, 5, 10, Activation.TANH);
    private static final int TURN = 20;
    /// Steps before any clock runs; the first measurement of a training is among them only where it is counted.
    private static final int WARM = 20;

    private MonitoringCost() {}

    /// @param schedule null: none
    private record Way(String name, ProbeSchedule schedule) {
        static Way of(int every, double tolerance, boolean raw) {
            String what =
                    String.format(Locale.ROOT, "every %d, %.0e, %s", every, tolerance, raw ? "P⁻¹H and H" : "P⁻¹H");
            return new Way(what, new ProbeSchedule(every, tolerance, 100, raw));
        }

        List<Probe.Source> probes() {
            return schedule == null ? List.of() : List.of(SharpnessProbe.source(schedule, 0));
        }
    }

    private static final List<Way> WAYS = List.of(
            new Way("no probe", null),
            Way.of(10, 1e-2, false),
            Way.of(10, 1e-3, false),
            Way.of(100, 1e-2, false),
            Way.of(100, 1e-3, false),
            Way.of(10, 1e-3, true));

    /// One training of several that take turns.
    private static final class Runner extends Thread {
        private final Training training;
        private final Way way;
        private final Semaphore mine = new Semaphore(0);
        private Semaphore next;
        private long begun;
        private long nanoseconds;
        private TrainingResult result;

        Runner(Training training, Way way) {
            this.training = training;
            this.way = way;
        }

        @Override
        public void run() {
            mine.acquireUninterruptibly();
            begun = cpu();
            result = training.run(
                    place -> NetworkLoss.halfSquared(
                            NETWORK, FashionMnist.shipped(1000).toSamples(place)),
                    new Training.Watch(
                            way.probes(), LiveCost.BY_COST, List.of(), (step, _) -> turn(step), Optional.empty()));
            nanoseconds = cpu() - begun;
            next.release();
        }

        private boolean turn(long step) {
            if (step % TURN == 0) {
                next.release();
                mine.acquireUninterruptibly();
            }
            return true;
        }
    }

    /// Runs it and prints a table.
    public static void main(String[] arguments) throws InterruptedException {
        int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1200;
        String rule = arguments.length > 1 ? arguments[1] : "adam-uncorrected";
        LibTorch.require();
        List<Way> ways = new ArrayList<>(List.of(WAYS.getFirst()));
        if (arguments.length < 3) {
            ways.addAll(WAYS.subList(1, WAYS.size()));
        }
        for (int i = 2; i < arguments.length; i++) {
            ways.add(WAYS.get(Integer.parseInt(arguments[i])));
        }
        all(ways, rule, WARM);
        List<Runner> runners = all(ways, rule, steps);
        double bare = runners.getFirst().nanoseconds;
        System.out.printf(
                Locale.ROOT,
                "%d steps of %s, %.1f ms each; overhead over the training without a probe, processor time%n",
                steps,
                rule,
                bare / steps / 1e6);
        System.out.println("measured                       overhead   products: median   mean   most   certified"
                + "  probable  open");
        for (Runner runner : runners.subList(1, runners.size())) {
            row(runner, bare);
        }
        double[] first = losses(runners.getFirst());
        boolean same = runners.stream().allMatch(runner -> Arrays.equals(first, losses(runner)));
        System.out.println(same ? "the losses of all are equal, bit for bit" : "LOSSES DIFFER");
    }

    private static void row(Runner runner, double bare) {
        Table probes = runner.result.probes();
        double[] products = probes.numbers("preconditionedSharpnessProducts");
        double[] standing = probes.numbers("preconditionedSharpnessStanding");
        double[] sorted = products.clone();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%-28s  %7.1f %%  %16.1f  %5.2f  %5.0f  %10d  %8d  %4d%n",
                runner.way.name(),
                100 * (runner.nanoseconds / bare - 1),
                0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]),
                Arrays.stream(products).average().orElse(Double.NaN),
                sorted[sorted.length - 1],
                count(standing, Standing.CERTIFIED),
                count(standing, Standing.PROBABLE),
                count(standing, Standing.OPEN));
    }

    private static long count(double[] standing, Standing wanted) {
        return Arrays.stream(standing).filter(s -> s == wanted.ordinal()).count();
    }

    private static double[] losses(Runner runner) {
        return runner.result.losses().numbers("loss");
    }

    /// Every way once, taking turns.
    private static List<Runner> all(List<Way> ways, String rule, int steps) throws InterruptedException {
        Training training = Training.of(Catalogue.shipped(rule), Map.of("lr", 2e-4, "eps", 1e-7), steps);
        List<Runner> runners = new ArrayList<>();
        for (Way way : ways) {
            runners.add(new Runner(training, way));
        }
        for (int i = 0; i < runners.size(); i++) {
            runners.get(i).next = runners.get((i + 1) % runners.size()).mine;
            runners.get(i).start();
        }
        runners.getFirst().mine.release();
        for (Runner runner : runners) {
            runner.join();
        }
        return runners;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
