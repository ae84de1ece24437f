package adamscope.experiment;

import adamscope.data.DataSource;
import adamscope.training.Change;
import adamscope.training.CheckpointFolder;
import adamscope.training.ProbePlan;
import adamscope.training.Task;
import adamscope.training.Training;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The training of a model on data by a rule.
///
/// @param probe       what is measured of the curvature; empty: nothing
/// @param layers      steps between two measurements of each layer by itself; 0: never;
///                    [adamscope.training.Training.Watch#LAYERS_BY_COST]
/// @param checkpoints when checkpoints are taken; changes no number
public record Train(
        Task task, Training training, Optional<ProbePlan> probe, int layers, CheckpointFolder.Policy checkpoints)
        implements Experiment {

    public Train {
        if (layers < Training.Watch.LAYERS_BY_COST) {
            throw new IllegalArgumentException("layers = " + layers + " is outside [0, inf)");
        }
    }

    /// Data in words.
    public static String words(DataSource source) {
        return DataFields.words(source).entrySet().stream()
                .filter(word -> !word.getValue().equals("0"))
                .map(word -> {
                    String value = word.getValue() instanceof List<?> items
                            ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
                            : word.getValue().toString();
                    return word.getKey().equals("source") ? value : word.getKey() + " " + value;
                })
                .collect(Collectors.joining(", "));
    }

    /// A change in words.
    public static String words(Change change) {
        return switch (change) {
            case Change.Freeze _ -> "the preconditioner stays.";
            case Change.Clear(var _, String state) -> "the state " + state + " becomes 0.";
            case Change.Floor(var _, String state) -> "the state " + state + " stays at or above its value.";
            case Change.Skip _ -> "the next step is not made.";
            case Change.Retune(var _, var schedules) -> "hyper-parameters follow " + schedules + ".";
        };
    }

    /// SHA-256 of everything that the numbers depend on.
    ///
    /// @param folder of the run, which may be moved with what lies in it
    public String digest(Path folder) {
        Train bare = new Train(task, training, probe, layers, CheckpointFolder.Policy.STANDARD);
        try {
            byte[] text = ExperimentText.write(bare, folder).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
