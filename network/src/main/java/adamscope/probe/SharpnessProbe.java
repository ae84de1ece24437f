package adamscope.probe;

import adamscope.curvature.CouplingRatio;
import adamscope.curvature.CurvatureProbe;
import adamscope.curvature.CurvatureSite;
import adamscope.curvature.LossSurface;
import adamscope.curvature.ModelCheck;
import adamscope.curvature.ProbeSchedule;
import adamscope.linear.TrackedSpectrum;
import adamscope.model.BatchLoss;
import adamscope.optimizer.OptimizerRule;
import adamscope.rule.RuleThreshold;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Place;
import adamscope.tensor.TensorVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Loss, gradient and top eigenvalues over all samples, and the coupling ratio of every coordinate; its columns are
/// those of a training's result.
public final class SharpnessProbe implements Probe {
    /// The column of the curvature at which the rule becomes unstable.
    public static final String THRESHOLD = "threshold";

    /// What is measured of each eigenvalue beside itself.
    private static final List<String> BOUNDS = List.of("Residual", "Error");

    private final ProbeSchedule schedule;
    private final CurvatureProbe eigenvalues;
    private final RuleThreshold threshold;
    private final boolean coupled;
    private final Tensor recent;
    private boolean checked;

    private SharpnessProbe(ProbeSchedule schedule, CurvatureProbe eigenvalues, OptimizerRule rule) {
        this.schedule = schedule;
        this.eigenvalues = eigenvalues;
        this.threshold = new RuleThreshold(rule);
        this.coupled = hasState(rule, CouplingRatio.STATE);
        this.recent = Place.CPU_FLOAT64.zeros(2);
    }

    /// A probe whose searches begin from `seed`.
    public static Probe.Source source(ProbeSchedule schedule, long seed) {
        return (BatchLoss loss, TunedSchedule tuned) -> new SharpnessProbe(
                schedule,
                new CurvatureProbe(schedule, new TensorVectors(loss.parameters(), loss.place()), seed),
                tuned.rule());
    }

    public static boolean hasState(OptimizerRule rule, String name) {
        return rule.states().stream().anyMatch(state -> state.name().equals(name));
    }

    @Override
    public List<Measured> measured() {
        List<Measured> measured = new ArrayList<>();
        for (String name : List.of("loss", "gradientNorm", "stepNorm")) {
            measured.add(Measured.number(name));
        }
        for (String name : List.of("preconditionedSharpness", "sharpness")) {
            measured.add(Measured.number(name));
            BOUNDS.forEach(bound -> measured.add(Measured.number(name + bound)));
        }
        measured.add(Measured.number(THRESHOLD));
        measured.add(Measured.number("growthFactor"));
        measured.add(Measured.number("rivalSharpness"));
        if (coupled) {
            for (int level : CouplingRatio.LEVELS) {
                measured.add(Measured.number(String.format(Locale.ROOT, "couplingRatio%02d", level)));
            }
        }
        for (String name : List.of("preconditionedSharpness", "sharpness")) {
            measured.add(Measured.count(name + "Products"));
            measured.add(Measured.count(name + "Effort"));
            measured.add(Measured.count(name + "Standing"));
        }
        measured.add(Measured.count("excludedCoordinates"));
        if (coupled) {
            measured.add(Measured.count("zeroGradients"));
        }
        return measured;
    }

    @Override
    public boolean includes(long step) {
        return schedule.includes(step)
                || (schedule.dense().steps() > 0
                        && step <= recent.data_ptr_double().get(1));
    }

    @Override
    public void heard(long step, double loss) {
        if (schedule.dense().steps() == 0) {
            return;
        }
        double before = Place.numbers(recent)[0];
        if (before > 0 && loss > schedule.dense().lossRise() * before) {
            lookCloserAfter(step);
        }
        set(0, loss);
    }

    private void lookCloserAfter(long step) {
        set(1, step + schedule.dense().steps());
    }

    private void set(int place, double value) {
        try (PointerScope _ = new PointerScope()) {
            recent.narrow(0, place, 1).fill_(new Scalar(value));
        }
    }

    @Override
    public double[] measure(Stepped stepped) {
        try (PointerScope _ = new PointerScope()) {
            CouplingRatio coupling = coupled
                    ? CouplingRatio.of(stepped.rule().state(CouplingRatio.STATE), stepped.gradient())
                    : CouplingRatio.NONE;
            StepEnd end = stepped.end();
            refuseRandom(end.surface(), stepped.theta());
            double limit = threshold.at(end.hyper());
            CurvatureSite site = new CurvatureSite(
                    end.surface(), stepped.theta(), end.slope(), stepped.preconditioner(), end::curvature);
            CurvatureProbe.MeasuredCurvature reading =
                    eigenvalues.measure(site, Double.isNaN(limit) ? Double.POSITIVE_INFINITY : limit);
            if (reading.preconditioned().top().value() >= schedule.dense().near() * limit) {
                lookCloserAfter(stepped.end().step());
            }
            DoubleStream.Builder row = DoubleStream.builder();
            row.add(end.slope().loss())
                    .add(end.surface().space().norm(end.slope().gradient()))
                    .add(stepped.stepNorm());
            eigenvalue(row, reading.preconditioned());
            eigenvalue(row, reading.raw());
            row.add(limit)
                    .add(threshold.growth(
                            end.hyper(), reading.preconditioned().top().value() / limit))
                    .add(finite(reading.preconditioned().rival()));
            if (coupled) {
                DoubleStream.of(coupling.quantiles()).forEach(row::add);
            }
            effort(row, reading.preconditioned());
            effort(row, reading.raw());
            row.add(reading.excludedCoordinates());
            if (coupled) {
                row.add(coupling.zeroGradients());
            }
            return row.build().toArray();
        }
    }

    /// Once a run: a loss that is no function of θ has no curvature.
    private void refuseRandom(LossSurface surface, Tensor theta) {
        if (!checked) {
            checked = true;
            ModelCheck.of(surface, theta).refuseRandom();
        }
    }

    @Override
    public Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>(eigenvalues.memory());
        memory.put("recent", recent);
        return memory;
    }

    private static void eigenvalue(DoubleStream.Builder row, TrackedSpectrum<?> found) {
        row.add(found == null ? Double.NaN : found.top().value());
        row.add(found == null ? Double.NaN : found.top().residual());
        row.add(found == null ? Double.NaN : found.top().error());
    }

    private static void effort(DoubleStream.Builder row, TrackedSpectrum<?> found) {
        row.add(found == null ? 0 : found.products());
        row.add(found == null ? 0 : found.effort().ordinal());
        row.add(found == null ? 0 : found.top().standing().ordinal());
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }
}
