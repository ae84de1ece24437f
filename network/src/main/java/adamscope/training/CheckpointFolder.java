package adamscope.training;

import adamscope.data.AtomicFile;
import adamscope.tensor.LibTorch;
import adamscope.text.FileReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;

/// Checkpoints of one training in a folder, the newest few of them.
///
/// Each is a pair: `step-N.safetensors` with θ, the states and what probes remember, then `step-N.json` with the rest
/// and the CRC32C of the tensors' file. Both appear whole or not at all, the JSON last, so a step without it does not
/// exist. A run that diverges takes no further checkpoint: the newest is its last good one.
public final class CheckpointFolder implements CheckpointKeeper {

    private final Path folder;
    private final String experiment;
    private final CheckpointPolicy policy;
    private final Companions companions;
    private long lastTaken = System.nanoTime();

    /// @param experiment a digest of everything the numbers depend on
    /// @param companions of the run; a checkpoint keeps what they are, and is whole only with them
    public CheckpointFolder(Path folder, String experiment, CheckpointPolicy policy, Companions companions) {
        this.folder = folder;
        this.experiment = experiment;
        this.policy = policy;
        this.companions = companions;
    }

    /// The steps of the checkpoints of a folder, from the first.
    public static List<Long> steps(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("step-\\d+\\.json"))
                    .map(name -> Long.parseLong(name.substring(5, name.length() - CheckpointPair.REST.length())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + FileReason.of(e), e);
        }
    }

    /// The newest checkpoint; empty if there is none.
    ///
    /// @throws IllegalArgumentException if it is damaged or of another experiment
    public Optional<Checkpoint> newest() {
        List<Long> steps = steps(folder);
        return steps.isEmpty() ? Optional.empty() : Optional.of(read(folder, steps.getLast(), experiment));
    }

    /// The step of the newest checkpoint that is whole; empty if there is no checkpoint at all. Newer ones, which are
    /// damaged, are set aside: their names get the ending `.damaged`.
    ///
    /// @param warned hears of each that is set aside, and why
    /// @throws IllegalArgumentException if all are damaged, or one is of another experiment
    public OptionalLong newestWhole(Consumer<String> warned) {
        List<String> reasons = new ArrayList<>();
        List<Long> steps = steps(folder);
        if (!steps.isEmpty()) {
            LibTorch.require();
        }
        for (long step : steps.reversed()) {
            try (PointerScope _ = new PointerScope()) {
                CheckpointPair pair = new CheckpointPair(folder, step);
                pair.read(experiment);
                pair.refuseOther(companions);
                reasons.forEach(warned);
                steps.stream()
                        .filter(later -> later > step)
                        .forEach(later -> new CheckpointPair(folder, later).setAside());
                return OptionalLong.of(step);
            } catch (CheckpointPair.Damage e) {
                reasons.add(e.getMessage());
            }
        }
        if (reasons.isEmpty()) {
            return OptionalLong.empty();
        }
        throw new IllegalArgumentException("no checkpoint in " + folder + " is whole: " + String.join("; ", reasons));
    }

    /// Deletes all checkpoints of a folder, if there are any.
    public static void clear(Path folder) {
        for (long step : steps(folder)) {
            try {
                new CheckpointPair(folder, step).delete();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete from " + folder + ": " + FileReason.of(e), e);
            }
        }
    }

    /// The checkpoint after a step; its tensors lie on the processor and belong to the caller's scope.
    ///
    /// @param experiment the digest it must have
    /// @throws IllegalArgumentException if it is damaged or of another experiment
    public static Checkpoint read(Path folder, long step, String experiment) {
        return new CheckpointPair(folder, step).read(experiment);
    }

    /// Whether the numbers of a checkpoint are those that were written.
    public static boolean isWhole(Path folder, long step) {
        return new CheckpointPair(folder, step).isWhole();
    }

    @Override
    public void after(long step, Supplier<Checkpoint> checkpoint) {
        boolean bySteps = policy.steps() > 0 && step % policy.steps() == 0;
        if (bySteps || System.nanoTime() - lastTaken > policy.minutes() * 60e9) {
            last(checkpoint);
        }
    }

    @Override
    public void last(Supplier<Checkpoint> supplier) {
        Map<String, String> beside = companions.kept();
        Checkpoint checkpoint = supplier.get();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
            }
            new CheckpointPair(folder, checkpoint.step()).write(checkpoint, experiment, beside);
            forget();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a checkpoint to " + folder + ": " + FileReason.of(e), e);
        }
        lastTaken = System.nanoTime();
    }

    /// Deletes all but the newest: first what makes a checkpoint exist, then its tensors; and tensors without the rest.
    private void forget() throws IOException {
        List<Long> steps = steps(folder);
        for (long step : steps.subList(0, Math.max(0, steps.size() - policy.keep()))) {
            new CheckpointPair(folder, step).forget();
        }
        List<Path> loose = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(CheckpointPair.TENSORS))
                    .forEach(file -> {
                        String bare =
                                file.getFileName().toString().replace(CheckpointPair.TENSORS, CheckpointPair.REST);
                        if (!Files.exists(folder.resolve(bare))) {
                            loose.add(file);
                        }
                    });
        }
        for (Path file : loose) {
            AtomicFile.delete(file);
        }
    }
}
