package adamscope.run;

import adamscope.checkpoint.TensorFile;
import adamscope.exchange.CheckpointStates;
import adamscope.inspection.OptimizerState;
import adamscope.text.FileReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A checkpoint opened to be inspected: one file, a folder of `torch.distributed.checkpoint`, a folder as Hugging
/// Face's trainer leaves it, or a run of this program. Its numbers can be read until it is closed.
///
/// @param state what it holds
/// @param files that it is read from
public record InspectedFiles(OptimizerState state, List<TensorFile> files) implements AutoCloseable {
    private static final Pattern NUMBERS = Pattern.compile(".*\\.(safetensors|pt|pth|bin|ckpt|distcp)");

    /// Files beside checkpoints that hold none: data, models as programs, arguments, states of schedulers and chance.
    private static final Pattern OTHERS =
            Pattern.compile("data\\.safetensors|scheduler\\.(pt|bin)|scaler\\.pt|rng_state.*|training_args\\.bin"
                    + "|random_states.*|.*\\.part");

    private static final Pattern GLOBAL_STEP = Pattern.compile("\"global_step\"\\s*:\\s*(\\d{1,15})");
    private static final long LONGEST_STATE = 1 << 26;

    public InspectedFiles {
        files = List.copyOf(files);
    }

    /// Opens a checkpoint.
    ///
    /// @throws IllegalArgumentException if there is none; the message says what is allowed
    public static InspectedFiles open(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(path + " does not exist; name a checkpoint: a file or a folder");
        }
        if (!Files.isDirectory(path)) {
            return file(path);
        }
        if (Files.isRegularFile(path.resolve("experiment.yaml"))) {
            return InspectedRun.newest(path);
        }
        return folder(path);
    }

    private static InspectedFiles file(Path path) {
        Optional<InspectedFiles> own = InspectedRun.checkpoint(path);
        return own.isPresent() ? own.get() : opened(path, List.of(path), OptionalDouble.empty());
    }

    private static InspectedFiles folder(Path folder) {
        if (Files.isRegularFile(folder.resolve(".metadata"))) {
            return opened(folder, List.of(folder), OptionalDouble.empty());
        }
        List<Path> found = numbers(folder);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    folder + " holds no checkpoint: no .safetensors, .pt, .pth, .bin or .ckpt"
                            + " file, no folder of torch.distributed.checkpoint, no run of adamscope train");
        }
        return opened(folder, found, globalStep(folder));
    }

    /// What belongs together: of models saved twice, as safetensors and as pickles, the first.
    private static List<Path> numbers(Path folder) {
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> all = inside.sorted().toList();
            List<Path> files = new ArrayList<>(all.stream()
                    .filter(file -> Files.isDirectory(file)
                            ? Files.isRegularFile(file.resolve(".metadata"))
                            : NUMBERS.matcher(name(file)).matches()
                                    && !OTHERS.matcher(name(file)).matches())
                    .toList());
            if (files.stream().anyMatch(file -> name(file).matches("model.*\\.safetensors"))) {
                files.removeIf(file -> name(file).matches("pytorch_model.*\\.bin"));
            }
            if (files.stream().anyMatch(file -> name(file).equals("state.safetensors"))) {
                files.removeIf(file -> name(file).equals("model.pt"));
            }
            return files;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot list " + folder + ": " + FileReason.of(e), e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /// The steps that Hugging Face's trainer counts.
    private static OptionalDouble globalStep(Path folder) {
        Path state = folder.resolve("trainer_state.json");
        try {
            if (!Files.isRegularFile(state) || Files.size(state) > LONGEST_STATE) {
                return OptionalDouble.empty();
            }
            Matcher step = GLOBAL_STEP.matcher(Files.readString(state));
            return step.find() ? OptionalDouble.of(Double.parseDouble(step.group(1))) : OptionalDouble.empty();
        } catch (IOException _) {
            // Steps are counted by the states too.
            return OptionalDouble.empty();
        }
    }

    static InspectedFiles opened(Path source, List<Path> paths, OptionalDouble step) {
        List<TensorFile> files = new ArrayList<>();
        try {
            for (Path path : paths) {
                files.add(TensorFile.open(path));
            }
            return new InspectedFiles(CheckpointStates.of(source.toString(), files, step), files);
        } catch (IllegalArgumentException e) {
            files.forEach(TensorFile::close);
            throw e;
        }
    }

    @Override
    public void close() {
        files.forEach(TensorFile::close);
    }
}
