package adamscope.training;

import adamscope.data.AtomicFile;
import adamscope.data.Safetensors;
import adamscope.optimizer.Domain;
import adamscope.rule.TensorRule;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.LibTorch;
import adamscope.text.FileReason;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Checkpoints of one training in a folder, the newest few of them.
///
/// Each is a pair: `step-N.safetensors` with θ, the states and what probes remember, then `step-N.json` with the rest
/// and the CRC32C of the tensors' file. Both appear whole or not at all, the JSON last, so a step without it does not
/// exist. A run that diverges takes no further checkpoint: the newest is its last good one.
public final class CheckpointFolder implements CheckpointKeeper {
    private static final String TENSORS = ".safetensors";
    private static final String REST = ".json";
    private static final String THETA = "theta";
    private static final String COMPANIONS = "rows";
    private static final String DAMAGED = ".damaged";
    private static final int FORMAT = 2;
    private static final JsonMapper JSON = new JsonMapper();

    /// When a checkpoint is taken.
    ///
    /// @param steps   every so many steps; 0: not by steps
    /// @param minutes when so many minutes have passed since the last; infinity: not by time
    /// @param keep    how many of the newest stay
    public record Policy(long steps, double minutes, int keep) {
        /// Every ten minutes, three of them.
        public static final Policy STANDARD = new Policy(0, 10, 3);

        /// In an experiment.
        public static final Shape<Policy> SHAPE = Shape.of(keys -> {
            var steps = keys.add(
                    Key.of("steps", Forms.whole(0, Long.MAX_VALUE), "every so many steps; 0: not by steps")
                            .orElse(STANDARD.steps),
                    Policy::steps);
            var minutes = keys.add(
                    Key.of(
                                    "minutes",
                                    Forms.number(new Domain(0, false, Double.POSITIVE_INFINITY, true)),
                                    "so many minutes after the last")
                            .orElse(STANDARD.minutes),
                    Policy::minutes);
            var keep = keys.add(
                    Key.of("keep", Forms.count(1, 1000), "so many of the newest stay")
                            .orElse(STANDARD.keep),
                    Policy::keep);
            return in -> new Policy(in.get(steps), in.get(minutes), in.get(keep));
        });

        public Policy {
            if (steps < 0) {
                throw new IllegalArgumentException("checkpoint every " + steps + " steps: 0 means not by steps");
            }
            if (!(minutes > 0)) {
                throw new IllegalArgumentException("checkpoint every " + minutes + " minutes: must be positive");
            }
            if (keep < 1) {
                throw new IllegalArgumentException("checkpoints to keep = " + keep + " must be at least 1");
            }
        }
    }

    /// Files that a run appends to beside its checkpoints, and cuts off behind the one it goes on from.
    public interface Companions {
        /// No file.
        Companions NONE = new Companions() {
            @Override
            public Map<String, String> kept() {
                return Map.of();
            }

            @Override
            public boolean has(String name, String fingerprint) {
                return true;
            }
        };

        /// Brings everything to the disk.
        ///
        /// @return a fingerprint of each file as it is now, by name
        Map<String, String> kept();

        /// Whether a file begins as it was when it had this fingerprint.
        boolean has(String name, String fingerprint);
    }

    private final Path folder;
    private final String experiment;
    private final Policy policy;
    private final Companions companions;
    private long lastTaken = System.nanoTime();

    /// @param experiment a digest of everything the numbers depend on
    /// @param companions of the run; a checkpoint keeps what they are, and is whole only with them
    public CheckpointFolder(Path folder, String experiment, Policy policy, Companions companions) {
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
                    .map(name -> Long.parseLong(name.substring(5, name.length() - REST.length())))
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
                read(folder, step, experiment);
                refuseOtherCompanions(step);
                reasons.forEach(warned);
                steps.stream().filter(later -> later > step).forEach(this::setAside);
                return OptionalLong.of(step);
            } catch (Damage e) {
                reasons.add(e.getMessage());
            }
        }
        if (reasons.isEmpty()) {
            return OptionalLong.empty();
        }
        throw new IllegalArgumentException("no checkpoint in " + folder + " is whole: " + String.join("; ", reasons));
    }

    private void refuseOtherCompanions(long step) {
        Path rest = folder.resolve(name(step) + REST);
        json(rest).path(COMPANIONS).properties().forEach(file -> {
            if (!companions.has(file.getKey(), file.getValue().asText())) {
                throw new Damage(
                        rest + " does not fit to " + file.getKey() + ": its rows up to step " + step
                                + " are gone or were changed",
                        null);
            }
        });
    }

    /// Deletes all checkpoints of a folder, if there are any.
    public static void clear(Path folder) {
        for (long step : steps(folder)) {
            try {
                AtomicFile.delete(folder.resolve(name(step) + REST));
                AtomicFile.delete(folder.resolve(name(step) + TENSORS));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete from " + folder + ": " + e.getMessage(), e);
            }
        }
    }

    private void setAside(long step) {
        for (String ending : List.of(REST, TENSORS)) {
            Path file = folder.resolve(name(step) + ending);
            try {
                if (Files.exists(file)) {
                    Files.move(
                            file,
                            file.resolveSibling(file.getFileName() + DAMAGED),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot rename " + file + ": " + e.getMessage(), e);
            }
        }
    }

    /// A checkpoint whose files are not what was written.
    private static final class Damage extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Damage(String message, Exception cause) {
            super(message, cause);
        }
    }

    /// The checkpoint after a step; its tensors lie on the processor and belong to the caller's scope.
    ///
    /// @param experiment the digest it must have
    /// @throws IllegalArgumentException if it is damaged or of another experiment
    public static Checkpoint read(Path folder, long step, String experiment) {
        Path rest = folder.resolve(name(step) + REST);
        JsonNode json = json(rest);
        if (json.path("format").asInt() != FORMAT) {
            throw new Damage(rest + ": format '" + json.path("format").asText() + "', expected " + FORMAT, null);
        }
        if (!json.path("experiment").asText().equals(experiment)) {
            throw new IllegalArgumentException(rest + " belongs to another experiment (digest "
                    + json.path("experiment").asText() + ", this one has " + experiment
                    + "); a run goes on with the experiment it began with");
        }
        Safetensors tensors = tensors(
                folder.resolve(name(step) + TENSORS), json.path("crc32c").asText());
        TensorRule.Clock clock =
                new TensorRule.Clock(json.path("step").asLong(), numbers(json, "powers"), numbers(json, "bases"));
        return new Checkpoint(
                clock,
                json.path("loss").asDouble(),
                tensors.tensor(THETA),
                named(tensors, "state."),
                named(tensors, "probe."));
    }

    /// Whether the numbers of a checkpoint are those that were written.
    public static boolean isWhole(Path folder, long step) {
        try {
            String written =
                    json(folder.resolve(name(step) + REST)).path("crc32c").asText();
            return checksum(folder.resolve(name(step) + TENSORS)).equals(written);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder + ": " + FileReason.of(e), e);
        }
    }

    private static JsonNode json(Path rest) {
        try {
            return JSON.readTree(Files.readString(rest));
        } catch (JsonProcessingException e) {
            throw new Damage(rest + " is damaged: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Damage("cannot read " + rest + ": " + FileReason.of(e), e);
        }
    }

    private static Safetensors tensors(Path file, String expected) {
        Safetensors tensors;
        try {
            tensors = Safetensors.read(file);
            String found = checksum(file);
            if (!found.equals(expected)) {
                throw new Damage(file + " is damaged: its CRC32C is " + found + ", expected " + expected, null);
            }
            tensors.tensor(THETA);
        } catch (IllegalArgumentException e) {
            throw e instanceof Damage ? e : new Damage(e.getMessage(), e);
        } catch (IOException e) {
            throw new Damage("cannot read " + file + ": " + FileReason.of(e), e);
        }
        return tensors;
    }

    private static String checksum(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(bytes) >= 0) {
                crc.update(bytes.flip());
                bytes.clear();
            }
        }
        return String.format(Locale.ROOT, "%08x", crc.getValue());
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
            write(checkpoint, beside);
            forget();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a checkpoint to " + folder + ": " + FileReason.of(e), e);
        }
        lastTaken = System.nanoTime();
    }

    private void write(Checkpoint checkpoint, Map<String, String> beside) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(THETA, checkpoint.theta());
        sorted(checkpoint.states())
                .forEach(state ->
                        tensors.put("state." + state, checkpoint.states().get(state)));
        sorted(checkpoint.memory())
                .forEach(
                        name -> tensors.put("probe." + name, checkpoint.memory().get(name)));
        Path file = folder.resolve(name(checkpoint.step()) + TENSORS);
        new Safetensors(tensors, Map.of()).write(file);
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("step", checkpoint.step());
        json.put("loss", checkpoint.loss());
        json.put("experiment", experiment);
        json.put("crc32c", checksum(file));
        ObjectNode files = json.putObject(COMPANIONS);
        sorted(beside).forEach(name -> files.put(name, beside.get(name)));
        put(json.putObject("powers"), checkpoint.clock().powers());
        put(json.putObject("bases"), checkpoint.clock().bases());
        byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        AtomicFile.write(folder.resolve(name(checkpoint.step()) + REST), text);
    }

    /// Deletes all but the newest: first what makes a checkpoint exist, then its tensors; and tensors without the rest.
    private void forget() throws IOException {
        List<Long> steps = steps(folder);
        for (long step : steps.subList(0, Math.max(0, steps.size() - policy.keep()))) {
            AtomicFile.delete(folder.resolve(name(step) + REST));
        }
        List<Path> loose = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(TENSORS)).forEach(file -> {
                String bare = file.getFileName().toString().replace(TENSORS, REST);
                if (!Files.exists(folder.resolve(bare))) {
                    loose.add(file);
                }
            });
        }
        for (Path file : loose) {
            AtomicFile.delete(file);
        }
    }

    private static String name(long step) {
        return String.format(Locale.ROOT, "step-%09d", step);
    }

    private static List<String> sorted(Map<String, ?> map) {
        return map.keySet().stream().sorted().toList();
    }

    private static void put(ObjectNode json, Map<String, Double> numbers) {
        sorted(numbers).forEach(name -> json.put(name, numbers.get(name)));
    }

    private static Map<String, Double> numbers(JsonNode json, String name) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        json.path(name)
                .properties()
                .forEach(field -> numbers.put(field.getKey(), field.getValue().asDouble()));
        return numbers;
    }

    private static Map<String, Tensor> named(Safetensors tensors, String prefix) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        tensors.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                named.put(name.substring(prefix.length()), tensor);
            }
        });
        return named;
    }
}
