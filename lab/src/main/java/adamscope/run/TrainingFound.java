package adamscope.run;

import adamscope.experiment.Train;
import adamscope.regime.Crossing;
import adamscope.store.JsonDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Of a training.
///
/// @param outcome        in a word
/// @param minLoss        the least loss of any step
/// @param resumedAfter   the step after which this run of the program went on; empty: it began
/// @param lastCheckpoint the step of the newest
/// @param crossings      where the preconditioned sharpness crosses the threshold; empty where it is not measured
/// @param validation     on samples that were not trained on
/// @param averaged       the same at averaged parameters
public record TrainingFound(
        Train train,
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

    @Override
    public Map<String, Object> document(Path folder) {
        Map<String, Object> document = JsonDocument.object(
                "outcome", outcome,
                "steps", steps,
                "finalLoss", finalLoss,
                "minLoss", minLoss,
                "resumedAfter", orNull(resumedAfter),
                "lastCheckpoint", orNull(lastCheckpoint),
                "folder", folder.toString());
        crossings.ifPresent(crossings -> document.put(
                "thresholdCrossings",
                crossings.stream()
                        .map(c -> JsonDocument.object("step", c.step(), "upwards", c.upwards()))
                        .toList()));
        validation.ifPresent(found -> document.put("validation", found.document()));
        averaged.ifPresent(found -> document.put("averagedValidation", found.document()));
        return document;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Finding.line(
                "%s with %s: %s after step %d, loss %.6g",
                train.task().model().kind(), train.training().tuned().rule().name(), outcome, steps, finalLoss));
        validation.ifPresent(validation -> lines.add(validation.words()));
        averaged.ifPresent(validation -> lines.add("at averaged parameters: " + validation.words()));
        return lines;
    }

    @Override
    public String inShort() {
        return outcome + " after " + steps + " steps";
    }

    private static Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
