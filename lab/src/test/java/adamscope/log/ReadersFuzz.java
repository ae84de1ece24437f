package adamscope.log;

import adamscope.checkpoint.TensorFile;
import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.Diagnosis;
import adamscope.regime.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The target of the coverage-guided fuzzer Jazzer, for logs and checkpoints: the first byte says of which kind the
/// file is, the rest is the file.
///
/// What was read is diagnosed. This may end in a partial result, or in one message as an [IllegalArgumentException] or
/// [UncheckedIOException]; everything else that is thrown, a hang or too much memory is a finding.
///
/// `./mvnw verify -Pfuzz` writes whole sample files as the first inputs with [#main] and runs the fuzzer for five
/// minutes.
public final class ReadersFuzz {
    private static final Limits SMALL = new Limits(20_000, 1 << 18, 500, 20);
    private static final String DISTRIBUTED = ".metadata";
    private static final List<String> NAMES = List.of(
            "events.out.tfevents.1",
            "log.csv",
            "log.jsonl",
            "trainer_state.json",
            "run-abc.wandb",
            "metrics",
            "unknown",
            "train.log",
            "log.csv.gz",
            "log.csv.zst",
            "log.csv.bz2",
            "log.csv.xz",
            "logs.zip",
            "mlflow.db",
            "history.json",
            "table.txt",
            "zip.pt",
            "legacy.pt",
            DISTRIBUTED,
            LabelFile.NAME);
    private static final String MLFLOW = "metrics";
    private static final List<String> CHECKPOINTS = List.of("zip.pt", "legacy.pt", DISTRIBUTED);
    private static final Path RECORDED = Path.of("../network/src/test/resources/adamscope/checkpoint");

    private ReadersFuzz() {}

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < 2) {
            return;
        }
        String name = NAMES.get(Math.floorMod(input[0], NAMES.size()));
        Path folder = Place.FOLDER.resolve(
                name.equals(MLFLOW) ? "mlflow" : name.equals(DISTRIBUTED) ? "distributed" : "files");
        Path file = name.equals(MLFLOW) ? folder.resolve("0/abc/metrics/train/loss") : folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, Arrays.copyOfRange(input, 1, input.length));
        try {
            if (CHECKPOINTS.contains(name)) {
                checkpoint(name.equals(DISTRIBUTED) ? folder : file);
                return;
            }
            if (name.equals(LabelFile.NAME)) {
                LabelFile.read(folder);
                return;
            }
            LogReader.read(name.equals(MLFLOW) ? folder.resolve("0/abc") : file, NameMap.byDefault(), SMALL).stream()
                    .filter(log -> log.has(Quantity.LOSS))
                    .forEach(log -> Diagnosis.of(log, Circumstances.of(log)));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("without a message", e);
            }
        }
    }

    private static void checkpoint(Path path) {
        try (TensorFile file = TensorFile.open(path)) {
            file.tensors().values().forEach(tensor -> tensor.doubles(0, (int) Math.min(1000, tensor.size())));
        }
    }

    /// Made when the first input comes.
    private static final class Place {
        private static final Path FOLDER = made();

        private static Path made() {
            try {
                Path folder = Files.createTempDirectory("readers-fuzz");
                Files.createDirectories(folder.resolve("mlflow/0/abc/params"));
                Path distributed = Files.createDirectories(folder.resolve("distributed"));
                for (String part : List.of("__0_0.distcp", "__1_0.distcp")) {
                    Files.copy(RECORDED.resolve("distributed").resolve(part), distributed.resolve(part));
                }
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Writes one input for each kind into a folder.
    ///
    /// @param arguments the folder
    public static void main(String[] arguments) throws IOException {
        Path corpus = Files.createDirectories(Path.of(arguments[0]));
        Path folder = Files.createTempDirectory("readers-fuzz-seeds");
        int steps = 120;
        Path packed = Files.createDirectories(folder.resolve("packed"));
        List<Path> samples = List.of(
                SampleLogs.events(folder, steps),
                SampleLogs.csv(folder, steps),
                SampleLogs.jsonLines(folder, steps),
                SampleLogs.trainerState(folder, steps),
                SampleLogs.wandb(folder, steps),
                SampleLogs.mlflow(folder, steps),
                SampleLogs.csv(folder, steps),
                SampleLogs.printed(folder),
                SampleLogs.packed(packed, "gz"),
                SampleLogs.packed(packed, "zst"),
                SampleLogs.packed(packed, "bz2"),
                SampleLogs.packed(packed, "xz"),
                SampleLogs.packed(packed, "zip"),
                SampleLogs.sqlite(folder, steps),
                SampleLogs.nested(folder),
                SampleLogs.aligned(folder),
                RECORDED.resolve("zip.pt"),
                RECORDED.resolve("legacy.pt"),
                RECORDED.resolve("distributed/.metadata"),
                Files.writeString(folder.resolve(LabelFile.NAME), """
                    runs:
                      - {file: log.csv, rises: [3, 7], cause: bad-batch, strength: A, within: 2}
                      - {file: log.jsonl, quiet: true}
                    """));
        for (int kind = 0; kind < samples.size(); kind++) {
            byte[] whole = Files.readAllBytes(samples.get(kind));
            byte[] input = new byte[whole.length + 1];
            input[0] = (byte) kind;
            System.arraycopy(whole, 0, input, 1, whole.length);
            Files.write(corpus.resolve(NAMES.get(kind)), input);
        }
    }
}
