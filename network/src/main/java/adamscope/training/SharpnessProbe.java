package adamscope.training;

import adamscope.curvature.CouplingRatio;
import adamscope.curvature.Curvature;
import adamscope.curvature.CurvatureProbe;
import adamscope.curvature.LossSurface;
import adamscope.curvature.ProbeSchedule;
import adamscope.linear.Eigenpair;
import adamscope.model.BatchLoss;
import adamscope.optimizer.OptimizerRule;
import adamscope.tensor.TensorVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Loss, gradient and top eigenvalues over all samples, and the coupling ratio of every coordinate; its columns are
/// those of [TrainingResult].
public final class SharpnessProbe implements Probe {
    private final ProbeSchedule schedule;
    private final CurvatureProbe eigenvalues;
    private final boolean coupled;

    private SharpnessProbe(ProbeSchedule schedule, CurvatureProbe eigenvalues, boolean coupled) {
        this.schedule = schedule;
        this.eigenvalues = eigenvalues;
        this.coupled = coupled;
    }

    /// A probe whose searches begin from `seed`.
    public static Probe.Source source(ProbeSchedule schedule, long seed) {
        return (BatchLoss loss, TunedSchedule tuned) -> new SharpnessProbe(
                schedule,
                new CurvatureProbe(schedule, new TensorVectors(loss.parameters(), loss.place()), seed),
                hasState(tuned.rule(), CouplingRatio.STATE));
    }

    static boolean hasState(OptimizerRule rule, String name) {
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
            measured.add(Measured.number(name + "Residual"));
        }
        if (coupled) {
            for (int level : CouplingRatio.LEVELS) {
                measured.add(Measured.number("couplingRatio%02d".formatted(level)));
            }
        }
        measured.add(Measured.count("preconditionedSharpnessProducts"));
        measured.add(Measured.count("sharpnessProducts"));
        measured.add(Measured.count("excludedCoordinates"));
        if (coupled) {
            measured.add(Measured.count("zeroGradients"));
        }
        return measured;
    }

    @Override
    public boolean includes(long step) {
        return schedule.includes(Math.toIntExact(step));
    }

    @Override
    public double[] measure(Stepped stepped) {
        try (PointerScope _ = new PointerScope()) {
            CouplingRatio coupling = coupled
                    ? CouplingRatio.of(stepped.rule().state(CouplingRatio.STATE), stepped.gradient())
                    : CouplingRatio.NONE;
            LossSurface surface = LossSurface.of(stepped.loss());
            Curvature curvature = surface.curvature(stepped.theta());
            CurvatureProbe.Reading reading = eigenvalues.measure(curvature, stepped.preconditioner());
            DoubleStream.Builder row = DoubleStream.builder();
            row.add(curvature.loss())
                    .add(surface.space().norm(curvature.gradient()))
                    .add(stepped.stepNorm());
            eigenvalue(row, reading.preconditioned());
            eigenvalue(row, reading.raw());
            if (coupled) {
                DoubleStream.of(coupling.quantiles()).forEach(row::add);
            }
            row.add(products(reading.preconditioned()))
                    .add(products(reading.raw()))
                    .add(reading.excludedCoordinates());
            if (coupled) {
                row.add(coupling.zeroGradients());
            }
            return row.build().toArray();
        }
    }

    @Override
    public Map<String, Tensor> memory() {
        return eigenvalues.memory();
    }

    private static void eigenvalue(DoubleStream.Builder row, Eigenpair<?> pair) {
        row.add(pair == null ? Double.NaN : pair.value());
        row.add(pair == null ? Double.NaN : pair.residual());
    }

    private static double products(Eigenpair<?> pair) {
        return pair == null ? 0 : pair.products();
    }
}
