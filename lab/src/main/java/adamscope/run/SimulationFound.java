package adamscope.run;

import adamscope.dynamics.Trajectory;
import adamscope.experiment.Simulation;
import adamscope.objective.Minimum;
import adamscope.shape.Decimal;
import adamscope.store.JsonDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Of a simulation.
///
/// @param outcome   in a word
/// @param detail    the sentence that explains it
/// @param log10AbsX of each coordinate at the end, also where `x` itself is beyond the range of double
/// @param loss      at the end
/// @param log10Loss of the loss over its minimum, at the end
/// @param minimum   of the loss, from which it is measured
public record SimulationFound(
        Simulation simulation,
        String outcome,
        String detail,
        long steps,
        double[] x,
        double[] log10AbsX,
        double loss,
        double log10Loss,
        double minLog10Loss,
        Minimum minimum)
        implements Finding {
    /// The sentence that explains an outcome, for people and for provenance; not part of `simulate --json`.
    public static final String OUTCOME_DETAIL = "outcomeDetail";

    /// One run, step by step.
    public static Made made(Simulation run, Host host) {
        Trajectory trajectory;
        try (Progress progress = host.progress("simulation", run.steps(), "steps")) {
            trajectory = run.plan().run(progress::advance);
        }
        return new Made(
                new SimulationFound(
                        run,
                        trajectory.outcome().word(),
                        trajectory.outcome().sentence(),
                        trajectory.steps(),
                        trajectory.x(),
                        trajectory.log10AbsX(),
                        trajectory.loss(),
                        trajectory.log10Loss(),
                        trajectory.minLog10Loss(),
                        trajectory.minimum()),
                List.of(trajectory.table()));
    }

    @Override
    public Map<String, Object> document(Path folder) {
        return JsonDocument.object(
                "outcome",
                outcome,
                OUTCOME_DETAIL,
                detail,
                "steps",
                steps,
                "final",
                JsonDocument.object("x", x, "log10AbsX", log10AbsX, "loss", loss, "log10Loss", log10Loss),
                "minLog10Loss",
                minLog10Loss,
                "minimum",
                Finding.document(minimum));
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Finding.line(
                "%s on %s, %d steps", simulation.optimizer().rule().name(), simulation.objective(), steps));
        lines.add("outcome: " + outcome + "; " + detail);
        lines.addAll(losses());
        for (int i = 0; i < x.length; i++) {
            lines.add(Finding.line(
                    "%s = %s (log10 of its magnitude: %s)",
                    simulation.formula().variables().get(i), Decimal.written(x[i]), decades(log10AbsX[i])));
        }
        return lines;
    }

    @Override
    public String inShort() {
        return outcome + " after " + steps + " steps";
    }

    private List<String> losses() {
        String end = decades(log10Loss);
        String least = decades(minLog10Loss);
        if (minimum.isKnown() && minimum.value() == 0) {
            return List.of(Finding.line("log10 loss: %s at the end, %s at its lowest", end, least));
        }
        List<String> lines = new ArrayList<>();
        lines.add("loss: " + Minimum.written(loss) + " at the end");
        minimum.measuredFrom().ifPresent(lines::add);
        lines.add(Finding.line("log10 of the %s: %s at the end, %s at its lowest", measure(), end, least));
        return lines;
    }

    private static String decades(double log10) {
        return log10 == Double.NEGATIVE_INFINITY
                ? "-inf (exactly 0)"
                : Double.isFinite(log10) ? Finding.line("%.6g", log10) : Decimal.written(log10);
    }

    /// What the decades are of.
    private String measure() {
        if (!minimum.isKnown()) {
            return "magnitude of the loss";
        }
        return loss < minimum.value() ? "distance of the loss from there" : "loss over its minimum";
    }
}
