package adamscope.training;

import adamscope.curvature.CouplingRatio;
import adamscope.curvature.Curvature;
import adamscope.curvature.CurvatureProbe;
import adamscope.curvature.LossSurface;
import adamscope.curvature.ProbeSchedule;
import adamscope.data.LabelledImages;
import adamscope.dynamics.ClosedMap;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.OptimizerRule;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Full-batch training of a network by a rule, with its curvature measured on the way.
///
/// @param network the model; θ₀ depends on `seed` alone
/// @param rule    the optimizer
/// @param hyper   hyper-parameters that differ from the standard ones
/// @param steps   how many steps
/// @param probes  when and how well curvature is measured
/// @param run     where, in which precision, from which seed
public record Training(
        FullyConnected network,
        OptimizerRule rule,
        Map<String, Double> hyper,
        int steps,
        ProbeSchedule probes,
        Settings run) {

    /// What has no influence on the mathematics of a training but on its numbers.
    ///
    /// @param seed    of θ₀ and of the eigenvalue search
    /// @param start   where the states of the rule begin
    /// @param place   device and precision
    /// @param threads inside one operation
    public record Settings(long seed, ClosedMap.Start start, Place place, int threads) {
        /// Seed 0, states as the rule declares, single precision on the processor, one thread.
        public static final Settings STANDARD = new Settings(0, ClosedMap.Start.ZERO, Place.CPU_FLOAT32, 1);
    }

    public Training {
        hyper = Map.copyOf(hyper);
        rule.values(hyper);
        if (steps < 1) {
            throw new IllegalArgumentException("steps = " + steps + " is outside [1, inf)");
        }
    }

    /// A training with the standard probes and settings.
    public static Training of(FullyConnected network, OptimizerRule rule, Map<String, Double> hyper, int steps) {
        return new Training(network, rule, hyper, steps, ProbeSchedule.STANDARD, Settings.STANDARD);
    }

    /// Runs it. Divergence is an outcome.
    ///
    /// @throws IllegalStateException    if libtorch is missing
    /// @throws IllegalArgumentException if the data do not fit the network
    public TrainingResult run(LabelledImages images, TrainingObserver observer) {
        LibTorch.require();
        LibTorch.useThreads(run.threads());
        try (PointerScope _ = new PointerScope()) {
            LossSurface loss = LossSurface.of(NetworkLoss.halfSquared(network, images.toSamples(run.place())));
            Tensor theta = network.initial(run.seed(), run.place());
            Tensor gradient = run.place().zeros(network.parameters());
            TrainingLog log = new TrainingLog(rule);
            log.loss(loss.gradient(theta, gradient));
            TensorRule running = TensorRule.start(
                    rule, hyper, network.blocks(), run.start(), new Point(theta, gradient, run.place()));
            CurvatureProbe probe = new CurvatureProbe(probes, loss.space(), run.seed());
            for (int step = 1; step <= steps; step++) {
                double reached;
                if (probes.includes(step)) {
                    reached = measuredStep(loss, running, probe, new Point(theta, gradient, run.place()), log);
                } else {
                    running.advance(theta, gradient);
                    reached = loss.gradient(theta, gradient);
                }
                log.loss(reached);
                if (!Double.isFinite(reached)) {
                    return log.result(new TrainingOutcome.Diverged(step));
                }
                if (!observer.goesOn(step, reached)) {
                    return log.result(new TrainingOutcome.Stopped(step));
                }
            }
            return log.result(new TrainingOutcome.Completed(steps));
        }
    }

    /// One step and the measurements after it; the gradient at the new θ serves the measurement and the next step.
    private double measuredStep(
            LossSurface loss, TensorRule running, CurvatureProbe probe, Point point, TrainingLog log) {
        try (PointerScope _ = new PointerScope()) {
            Tensor before = point.theta().clone();
            Tensor preconditioner = running.advanceWithPreconditioner(point.theta(), point.gradient());
            CouplingRatio coupling =
                    rule.states().stream().anyMatch(state -> state.name().equals(CouplingRatio.STATE))
                            ? CouplingRatio.of(running.state(CouplingRatio.STATE), point.gradient())
                            : CouplingRatio.NONE;
            double stepNorm = loss.space().norm(before.sub_(point.theta()));
            Curvature curvature = loss.curvature(point.theta());
            point.gradient().copy_(curvature.gradient());
            double gradientNorm = loss.space().norm(point.gradient());
            log.probe(
                    (int) running.step(),
                    new double[] {curvature.loss(), gradientNorm, stepNorm},
                    probe.measure(curvature, preconditioner),
                    coupling);
            return curvature.loss();
        }
    }
}
