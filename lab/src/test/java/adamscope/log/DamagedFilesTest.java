package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import adamscope.regime.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random and mutated files of every kind: a partial result or one message, soon, within the memory.
class DamagedFilesTest {
    private static final Limits SMALL = new Limits(20_000, 1 << 18, 500, 20);

    /// A file of 100 KB takes milliseconds; the rest is for a busy machine.
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path sample(String kind, Path into) throws IOException {
        return switch (kind) {
            case "events" -> SampleLogs.events(into, 300);
            case "csv" -> SampleLogs.csv(into, 300);
            case "jsonl" -> SampleLogs.jsonLines(into, 300);
            case "json" -> SampleLogs.trainerState(into, 300);
            case "wandb" -> SampleLogs.wandb(into, 300);
            case "mlflow" -> SampleLogs.mlflow(into, 300);
            case "parquet" -> SampleLogs.parquet(into, 300);
            case "printed" -> SampleLogs.printed(into);
            case "gz", "zst", "bz2", "xz", "zip" -> SampleLogs.packed(into, kind);
            case "sqlite" -> SampleLogs.sqlite(into, 40);
            case "nested" -> SampleLogs.nested(into);
            case "aligned" -> SampleLogs.aligned(into);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private void survives(Path file, Path read, int times, LongFunction<byte[]> damaged) {
        for (long seed = 0; seed < times; seed++) {
            long run = seed;
            assertTimeoutPreemptively(
                    SOON,
                    () -> {
                        Files.write(file, damaged.apply(run));
                        try {
                            List<RunLog> logs = LogReader.read(read, NameMap.byDefault(), SMALL);
                            assertThat(logs)
                                    .isNotEmpty()
                                    .allSatisfy(log -> assertThat(log.rows()).isBetween(0, 1 << 18));
                        } catch (IllegalArgumentException | UncheckedIOException e) {
                            assertThat(e.getMessage()).isNotBlank();
                        }
                    },
                    () -> "seed " + run);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "csv", "jsonl", "json", "wandb", "mlflow"})
    void aMutatedFileGivesAPartialResultOrAMessage(String kind) throws IOException {
        mutated(kind, 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"printed", "gz", "zst", "bz2", "xz", "zip", "sqlite", "nested", "aligned"})
    void aMutatedFileOfFurtherKindsGivesAPartialResultOrAMessage(String kind) throws IOException {
        mutated(kind, 30);
    }

    @Test
    void aMutatedParquetFileGivesAPartialResultOrAMessage() throws IOException {
        mutated("parquet", 30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events", "csv", "jsonl", "json", "wandb", "mlflow", "parquet", "printed", "gz", "zst", "bz2", "xz",
                "zip", "sqlite", "nested", "aligned"
            })
    @Tag("slow")
    void manyMutatedFilesGivePartialResultsOrMessages(String kind) throws IOException {
        mutated(kind, kind.equals("parquet") || kind.equals("sqlite") ? 1000 : 20_000);
    }

    private void mutated(String kind, int times) throws IOException {
        Path file = sample(kind, folder);
        byte[] whole = Files.readAllBytes(file);
        survives(file, kind.equals("mlflow") ? folder : file, times, seed -> Mutations.mutated(whole, seed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tfevents.x",
                "a.csv",
                "a.jsonl",
                "a.json",
                "a.wandb",
                "a.parquet",
                "a.log",
                "a.db",
                "a.csv.gz",
                "unknown"
            })
    void noiseGivesAMessage(String name) {
        Path file = folder.resolve(name);
        survives(file, file, 10, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            return Mutations.noise(1 + random.nextInt(100_000), random);
        });
    }

    @Test
    void aFileOfZerosGivesAMessage() {
        for (String name : List.of("tfevents.x", "a.csv", "a.jsonl", "a.json", "a.wandb")) {
            Path file = folder.resolve(name);
            survives(file, file, 1, _ -> new byte[5_000_000]);
        }
    }

    @Test
    void aLineWithoutEndGivesAMessage() {
        for (String name : List.of("a.csv", "a.jsonl", "a.json", "a.log")) {
            Path file = folder.resolve(name);
            survives(file, file, 1, _ -> "[".repeat(20_000_000).getBytes(StandardCharsets.UTF_8));
        }
    }
}
