package adamscope.run;

import adamscope.flow.FlowComparison;
import adamscope.objective.Minimum;
import adamscope.regime.Crossing;
import adamscope.stability.RuleMemory;
import adamscope.store.JsonDocument;
import adamscope.sweep.Agreement;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What came out of an experiment, in short; the tables hold the rest.
public sealed interface Finding {

    /// The sentence that explains an outcome, for people and for provenance; not part of `simulate --json`.
    String OUTCOME_DETAIL = "outcomeDetail";

    /// Of a simulation.
    ///
    /// @param outcome   in a word
    /// @param detail    the sentence that explains it
    /// @param log10AbsX of each coordinate at the end, also where `x` itself is beyond the range of double
    /// @param loss      at the end
    /// @param log10Loss of the loss over its minimum, at the end
    /// @param minimum   of the loss, from which it is measured
    record SimulationFound(
            String outcome,
            String detail,
            long steps,
            double[] x,
            double[] log10AbsX,
            double loss,
            double log10Loss,
            double minLog10Loss,
            Minimum minimum)
            implements Finding {}

    /// Of a phase diagram.
    ///
    /// @param outcomes  how many cells have each
    /// @param agreement with theory; empty where there is none
    /// @param minimum   of the loss, from which losses are measured
    record PhaseFound(long cells, Map<String, Long> outcomes, Optional<Agreement> agreement, Minimum minimum)
            implements Finding {}

    /// Of a bifurcation diagram.
    ///
    /// @param values        of the hyper-parameter
    /// @param escaped       values whose orbit left the range of numbers
    /// @param chaotic       values whose Lyapunov exponent is settled and positive
    /// @param unsettled     values whose exponent does not tell, [adamscope.stability.OrbitDiagram.Motion#UNSETTLED]
    /// @param memory        of the rule, to hold against the steps that were left out
    /// @param stabilityLost values at which the fixed point changes stability
    record OrbitsFound(
            long values,
            long escaped,
            long chaotic,
            long unsettled,
            double largestExponent,
            RuleMemory memory,
            List<Double> stabilityLost)
            implements Finding {}

    /// Of a plane of starts.
    record BasinFound(long starts, Map<String, Long> outcomes, Minimum minimum) implements Finding {}

    /// Of a stability map.
    ///
    /// @param regimes how many cells have each
    /// @param curves  kinds of curves on which stability is lost
    record StabilityFound(long cells, Map<String, Long> regimes, List<String> curves) implements Finding {}

    /// Of a comparison with flows.
    ///
    /// @param rates of the flows, by the name of the decay they come from
    record FlowsFound(long steps, Map<String, Double> rates, List<FlowComparison.Found> flows) implements Finding {}

    /// Of a training.
    ///
    /// @param outcome        in a word
    /// @param minLoss        the least loss of any step
    /// @param resumedAfter   the step after which this run of the program went on; empty: it began
    /// @param lastCheckpoint the step of the newest
    /// @param crossings      where the preconditioned sharpness crosses the threshold; empty where it is not measured
    /// @param validation     on samples that were not trained on
    /// @param averaged       the same at averaged parameters
    record TrainingFound(
            String outcome,
            long steps,
            double finalLoss,
            double minLoss,
            OptionalLong resumedAfter,
            OptionalLong lastCheckpoint,
            Optional<List<Crossing>> crossings,
            Optional<ValidationFound> validation,
            Optional<ValidationFound> averaged)
            implements Finding {
        static final String INTERRUPTED = "interrupted";

        @Override
        public boolean interrupted() {
            return outcome.equals(INTERRUPTED);
        }
    }

    /// Of a sweep.
    ///
    /// @param points     of the space
    /// @param pointsRun  by this run of the program
    /// @param pointsKept from before
    /// @param outcomes   how many points have each; empty where it is not kept
    /// @param ranShare   share of all steps that was computed; empty where it was not kept
    /// @param areas      of a refinement: the share of the plane of each outcome, with its error
    /// @param coarseGrid of a refinement: points across its first level
    /// @param sha256     of the table
    record SweepFound(
            long points,
            long pointsRun,
            long pointsKept,
            long tilesRepaired,
            Map<String, Long> outcomes,
            Optional<Double> ranShare,
            Map<String, String> areas,
            OptionalInt coarseGrid,
            String sha256,
            double seconds)
            implements Finding {}

    /// Of several experiments, by name.
    record SeriesFound(Map<String, Finding> parts) implements Finding {
        @Override
        public boolean interrupted() {
            return parts.values().stream().anyMatch(Finding::interrupted);
        }
    }

    /// Whether it was ended before its end and can be continued.
    default boolean interrupted() {
        return false;
    }

    private static Map<String, Object> document(Minimum minimum) {
        return JsonDocument.object(
                "value",
                minimum.isKnown() ? minimum.value() : null,
                "origin",
                minimum.origin().words());
    }

    /// As a JSON document.
    ///
    /// @param folder of the run
    default Map<String, Object> document(Path folder) {
        return switch (this) {
            case SimulationFound f ->
                JsonDocument.object(
                        "outcome",
                        f.outcome(),
                        OUTCOME_DETAIL,
                        f.detail(),
                        "steps",
                        f.steps(),
                        "final",
                        JsonDocument.object(
                                "x", f.x(), "log10AbsX", f.log10AbsX(), "loss", f.loss(), "log10Loss", f.log10Loss()),
                        "minLog10Loss",
                        f.minLog10Loss(),
                        "minimum",
                        document(f.minimum()));
            case PhaseFound f ->
                JsonDocument.object(
                        "cells",
                        f.cells(),
                        "outcomes",
                        f.outcomes(),
                        "agreement",
                        f.agreement()
                                .map(a ->
                                        JsonDocument.object("cells", a.cells(), "agree", a.agree(), "share", a.share()))
                                .orElse(null),
                        "minimum",
                        document(f.minimum()),
                        "folder",
                        folder.toString());
            case OrbitsFound f ->
                JsonDocument.object(
                        "values", f.values(),
                        "escaped", f.escaped(),
                        "chaotic", f.chaotic(),
                        "unsettled", f.unsettled(),
                        "largestExponent", f.largestExponent(),
                        "memory", f.memory().steps(),
                        "stabilityLost", f.stabilityLost(),
                        "folder", folder.toString());
            case BasinFound f ->
                JsonDocument.object(
                        "starts",
                        f.starts(),
                        "outcomes",
                        f.outcomes(),
                        "minimum",
                        document(f.minimum()),
                        "folder",
                        folder.toString());
            case StabilityFound f ->
                JsonDocument.object(
                        "cells", f.cells(),
                        "regimes", f.regimes(),
                        "curves", f.curves(),
                        "folder", folder.toString());
            case FlowsFound f ->
                JsonDocument.object(
                        "steps",
                        f.steps(),
                        "rates",
                        f.rates(),
                        "flows",
                        f.flows().stream()
                                .map(flow -> JsonDocument.object(
                                        "flow", flow.flow().word(),
                                        "outcome", flow.outcome().word(),
                                        "sentence", flow.outcome().sentence(),
                                        "time", flow.outcome().time(),
                                        "distance", flow.distance()))
                                .toList());
            case TrainingFound f -> {
                Map<String, Object> document = JsonDocument.object(
                        "outcome", f.outcome(),
                        "steps", f.steps(),
                        "finalLoss", f.finalLoss(),
                        "minLoss", f.minLoss(),
                        "resumedAfter", orNull(f.resumedAfter()),
                        "lastCheckpoint", orNull(f.lastCheckpoint()),
                        "folder", folder.toString());
                f.crossings()
                        .ifPresent(crossings -> document.put(
                                "thresholdCrossings",
                                crossings.stream()
                                        .map(c -> JsonDocument.object("step", c.step(), "upwards", c.upwards()))
                                        .toList()));
                f.validation().ifPresent(found -> document.put("validation", found.document()));
                f.averaged().ifPresent(found -> document.put("averagedValidation", found.document()));
                yield document;
            }
            case SweepFound f -> {
                Map<String, Object> document = JsonDocument.object(
                        "points", f.points(),
                        "pointsRun", f.pointsRun(),
                        "pointsKept", f.pointsKept(),
                        "tilesRepaired", f.tilesRepaired(),
                        "outcomes", f.outcomes());
                if (f.coarseGrid().isPresent()) {
                    document.put("areas", f.areas());
                    document.put("coarseGrid", f.coarseGrid().getAsInt());
                } else {
                    document.put("ranShare", f.ranShare());
                }
                document.put("sha256", f.sha256());
                document.put("seconds", f.seconds());
                document.put("folder", folder.toString());
                yield document;
            }
            case SeriesFound f -> JsonDocument.object("parts", f.parts(folder));
        };
    }

    /// A document for each part by its name; of what is no series one with an empty name.
    default Map<String, Object> parts(Path folder) {
        Map<String, Object> parts = new LinkedHashMap<>();
        if (this instanceof SeriesFound series) {
            series.parts().forEach((name, part) -> parts.put(name, part.document(folder)));
        } else {
            parts.put("", document(folder));
        }
        return parts;
    }

    private static Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
