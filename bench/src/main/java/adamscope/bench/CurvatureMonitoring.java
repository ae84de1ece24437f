package adamscope.bench;

import adamscope.curvature.Curvature;
import adamscope.curvature.CurvatureProbe;
import adamscope.curvature.CurvatureSite;
import adamscope.curvature.LossSurface;
import adamscope.curvature.PreconditionedHessian;
import adamscope.curvature.ProbeSchedule;
import adamscope.curvature.Slope;
import adamscope.data.FashionMnist;
import adamscope.dynamics.ClosedMap;
import adamscope.linear.EigenTracker;
import adamscope.linear.Eigenpair;
import adamscope.linear.Eigenpairs;
import adamscope.linear.LinearOperator;
import adamscope.linear.RestartedLanczos;
import adamscope.linear.TrackedSpectrum;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.rule.TensorRule;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import adamscope.tensor.TensorVectors;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// What following the preconditioned sharpness costs and how far it is from a tight reference: 5 hidden tanh layers of
/// width 200, 1,000 Fashion-MNIST images, Adam without bias correction, measured every so many steps.
///
/// Arguments: how many steps (default 800), steps between measurements (default 10). Each tolerance follows the same
/// path; the reference is a Lanczos search of its own with a residual of 1e-3, whose value errs by
/// about 1e-6/(relative gap), and a certificate. Times are processor times of this
/// thread, as ratios to a training step of the same run.
public final class CurvatureMonitoring {
    private static final FullyConnected NETWORK = FullyConnected.of(784, 200, 5, 10, Activation.TANH);
    private static final double[] TOLERANCES = {1e-2, 1e-3};
    private static final double LR = 2e-4;
    private static final RestartedLanczos REFERENCE =
            new RestartedLanczos(2, 0, 1e-3, new RestartedLanczos.Budget(400, 40), 6, 7);

    private CurvatureMonitoring() {}

    /// One way of measuring: its state, and what it found.
    private static final class Way {
        private final double tolerance;
        private final CurvatureProbe cheap;
        private EigenTracker.TrackerState<Tensor> state = EigenTracker.TrackerState.none();
        private final List<Integer> products = new ArrayList<>();
        private final List<Double> errors = new ArrayList<>();
        private final List<Double> bounds = new ArrayList<>();
        private final int[] efforts = new int[TrackedSpectrum.TrackingEffort.values().length];
        private long nanoseconds;
        private boolean converged = true;

        /// @param cheap with differences of gradients
        Way(double tolerance, boolean cheap) {
            this.tolerance = tolerance;
            this.cheap = cheap
                    ? new CurvatureProbe(
                            new ProbeSchedule(1, tolerance, 100, false),
                            new TensorVectors(NETWORK.parameters(), Place.CPU_FLOAT32),
                            0)
                    : null;
        }

        /// One measurement; leaves the processor time that it took.
        void measure(LossSurface surface, Tensor theta, Tensor preconditioner, Curvature exact, long graph) {
            long begin = cpu();
            TrackedSpectrum<Tensor> found;
            if (cheap == null) {
                EigenTracker<Tensor> tracker = new EigenTracker<>(EigenTracker.Tracking.of(1, tolerance, 100, 0));
                EigenTracker.Step<Tensor> step =
                        tracker.measure(PreconditionedHessian.of(exact, preconditioner), state);
                nanoseconds += graph;
                state = step.state();
                // some megabytes a measurement outlive its scope; a training copies them into memory of its own
                state.vectors().forEach(Tensor::retainReference);
                state.outlook().rivals().forEach(Tensor::retainReference);
                found = step.found();
            } else {
                Slope slope = surface.slope(theta);
                CurvatureSite site =
                        new CurvatureSite(surface, theta, slope, preconditioner, () -> surface.curvature(theta));
                found = cheap.measure(site, Double.POSITIVE_INFINITY).preconditioned();
            }
            nanoseconds += cpu() - begin;
            products.add(found.products());
            errors.add(found.top().value());
            bounds.add(found.top().error() / found.top().value());
            efforts[found.effort().ordinal()]++;
            converged &= found.top().converged();
        }
    }

    /// Runs it and prints a table.
    public static void main(String[] arguments) {
        int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 800;
        int every = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        PrintStream out = System.out;
        LibTorch.require();
        LibTorch.useThreads(1);
        List<Way> ways = Stream.of(false, true)
                .flatMap(cheap -> Arrays.stream(TOLERANCES).mapToObj(tolerance -> new Way(tolerance, cheap)))
                .toList();
        List<Integer> power = new ArrayList<>();
        List<Double> powerErrors = new ArrayList<>();
        List<Integer> powerPoints = new ArrayList<>();
        long stepTime = 0;
        long gradientTime = 0;
        long productTime = 0;
        int productCount = 0;
        try (PointerScope _ = new PointerScope()) {
            LossSurface surface = LossSurface.of(
                    NetworkLoss.halfSquared(NETWORK, FashionMnist.shipped(1000).toSamples(Place.CPU_FLOAT32)));
            Tensor theta = NETWORK.initial(0, Place.CPU_FLOAT32);
            Tensor gradient = Place.CPU_FLOAT32.zeros(NETWORK.parameters());
            surface.gradient(theta, gradient);
            TensorRule rule = TensorRule.start(
                    Catalogue.shipped("adam-uncorrected"),
                    Map.of("lr", LR, "eps", 1e-7),
                    NETWORK.blocks(),
                    ClosedMap.Start.ZERO,
                    new Point(theta, gradient, Place.CPU_FLOAT32));
            Eigenpairs<Tensor> reference = null;
            PointerScope kept = null;
            for (int step = 1; step <= steps; step++) {
                if (step % every != 0) {
                    long begin = cpu();
                    rule.advance(theta, gradient);
                    long middle = cpu();
                    surface.gradient(theta, gradient);
                    gradientTime += cpu() - middle;
                    stepTime += cpu() - begin;
                    continue;
                }
                PointerScope here = new PointerScope();
                Tensor preconditioner = rule.advanceWithPreconditioner(theta, gradient);
                long begin = cpu();
                Curvature curvature = surface.curvature(theta);
                long graph = cpu() - begin;
                PreconditionedHessian operator = PreconditionedHessian.of(curvature, preconditioner);
                for (Way way : ways) {
                    try (PointerScope _ = new PointerScope()) {
                        way.measure(surface, theta, preconditioner, curvature, graph);
                    }
                }
                begin = cpu();
                List<Tensor> near = reference == null
                        ? List.of()
                        : reference.top().stream().map(Eigenpair::vector).toList();
                reference = REFERENCE.pairs(operator, near);
                productTime += cpu() - begin;
                productCount += reference.products();
                double expected = reference.top().getFirst().value();
                for (Way way : ways) {
                    int last = way.errors.size() - 1;
                    way.errors.set(last, Math.abs(way.errors.get(last) / expected - 1));
                }
                if (step % (5 * every) == 0) {
                    double[] cold = powerIteration(operator, step);
                    power.add((int) cold[0]);
                    powerErrors.add(Math.abs(cold[1] / expected - 1));
                    powerPoints.add(ways.getFirst().errors.size() - 1);
                }
                surface.gradient(theta, gradient);
                if (kept != null) {
                    kept.close();
                }
                kept = here;
            }
            if (kept != null) {
                kept.close();
            }
        }
        int measured = ways.getFirst().products.size();
        double plain = (double) stepTime / (steps - measured);
        out.printf(
                Locale.ROOT,
                "steps %d, measured every %d: %d measurements; a gradient is %.2f of a step%n",
                steps,
                every,
                measured,
                gradientTime / (double) stepTime);
        out.printf(
                Locale.ROOT,
                "a product, with its orthogonalisation: %.2f gradients%n",
                productTime / (double) productCount / (gradientTime / (double) (steps - measured)));
        out.println("tolerance  products     median  mean  most  largest error  misses  outside bound  all converged "
                + " overhead");
        for (Way way : ways) {
            List<Integer> warm = way.products.subList(1, measured);
            // the measured step reuses the gradient of the curvature's graph: that part is no overhead
            double gradientOfStep = gradientTime / (double) (steps - measured);
            double overhead = (way.nanoseconds - measured * gradientOfStep) / (plain * steps);
            out.printf(
                    Locale.ROOT,
                    "%9.0e  %-11s  %6.1f  %4.2f  %4d  %13.2e  %6d  %13d  %13s  %7.1f %%%n",
                    way.tolerance,
                    way.cheap == null ? "exact" : "differences",
                    median(warm),
                    warm.stream().mapToInt(i -> i).average().orElse(0),
                    warm.stream().mapToInt(i -> i).max().orElse(0),
                    way.errors.stream().mapToDouble(e -> e).max().orElse(0),
                    way.errors.stream().filter(e -> e > way.tolerance).count(),
                    IntStream.range(0, measured)
                            .filter(i -> way.errors.get(i) > way.bounds.get(i) + 1e-5)
                            .count(),
                    way.converged,
                    100 * overhead);
            out.printf(
                    Locale.ROOT,
                    "           start %d products; efforts %s %s%n",
                    way.products.getFirst(),
                    Arrays.toString(TrackedSpectrum.TrackingEffort.values()),
                    Arrays.toString(way.efforts));
        }
        out.printf(
                Locale.ROOT,
                "cold power iteration, stopped at 1e-3: %.2f products on average, errors %.1e to %.1e%n",
                power.stream().mapToInt(i -> i).average().orElse(Double.NaN),
                powerErrors.stream().mapToDouble(e -> e).min().orElse(Double.NaN),
                powerErrors.stream().mapToDouble(e -> e).max().orElse(Double.NaN));
        ways.forEach(way -> against(out, way, new Power(power, powerErrors, powerPoints)));
    }

    /// The products of power iteration for one of ours, and the errors of both, at the same points.
    private static void against(PrintStream out, Way way, Power power) {
        List<Integer> points = power.points().stream().filter(i -> i > 0).toList();
        int skipped = power.points().size() - points.size();
        double ours = points.stream().mapToInt(way.products::get).average().orElse(Double.NaN);
        double theirs = power.products().stream()
                .skip(skipped)
                .mapToInt(i -> i)
                .average()
                .orElse(Double.NaN);
        out.printf(
                Locale.ROOT,
                "%9.0e  %-11s  %.2f products at those points, 1/%.2f of them; largest error %.1e, mean %.1e against"
                        + " %.1e%n",
                way.tolerance,
                way.cheap == null ? "exact" : "differences",
                ours,
                theirs / ours,
                points.stream().mapToDouble(way.errors::get).max().orElse(Double.NaN),
                points.stream().mapToDouble(way.errors::get).average().orElse(Double.NaN),
                power.errors().stream()
                        .skip(skipped)
                        .mapToDouble(e -> e)
                        .average()
                        .orElse(Double.NaN));
    }

    /// @param points the measurements at which it was made
    private record Power(List<Integer> products, List<Double> errors, List<Integer> points) {}

    /// The customary method: v ← Av/‖Av‖ from a random vector until the Rayleigh quotient changes by less than 1e-3.
    private static double[] powerIteration(LinearOperator<Tensor> operator, long seed) {
        try (PointerScope _ = new PointerScope()) {
            Tensor v = operator.space().random(seed);
            v = operator.space().scaled(1 / operator.space().norm(v), v);
            double before = Double.NaN;
            for (int i = 1; ; i++) {
                Tensor product = operator.apply(v);
                double quotient = operator.space().dot(product, v);
                v = operator.space().scaled(1 / operator.space().norm(product), product);
                if (i == 100 || Math.abs(before - quotient) / (Math.abs(before) + 1e-6) < 1e-3) {
                    return new double[] {i, quotient};
                }
                before = quotient;
            }
        }
    }

    private static double median(List<Integer> numbers) {
        int[] sorted = numbers.stream().mapToInt(i -> i).sorted().toArray();
        return 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
    }

    private static long cpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
