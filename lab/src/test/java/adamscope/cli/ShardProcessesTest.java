package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shards as processes: several at once in one folder, one of them killed, others told to end.
@Tag("slow")
class ShardProcessesTest {
    @TempDir
    private Path folder;

    private Path experiment(Random chance) throws IOException {
        return Files.writeString(
                folder.resolve("e.yaml"),
                String.format(
                        Locale.ROOT,
                        """
                        kind: sweep
                        fullLength: true
                        base:
                          kind: simulation
                          optimizer: {name: %s, lr: 1e-3, eps: 0}
                          objective: x^4/4
                          x0: [1]
                          steps: %d
                          arithmetic: scaled
                        axes:
                          beta1: {from: 0.02, to: 0.98, points: %d}
                          beta2: {from: 0.1, to: 0.99, points: %d, scale: one-minus-log}
                        """,
                        chance.nextBoolean() ? "adam" : "adam-uncorrected",
                        1000 + chance.nextInt(3000),
                        5 + chance.nextInt(20),
                        5 + chance.nextInt(20)));
    }

    private Process started(String name, List<String> arguments) throws IOException {
        return new ProgramProcess(Files.createDirectories(folder.resolve("said").resolve(name)))
                .option("-Xmx300m")
                .start(arguments);
    }

    private static boolean hasTile(Path run) throws IOException {
        if (!Files.isDirectory(run.resolve("tiles"))) {
            return false;
        }
        try (Stream<Path> files = Files.list(run.resolve("tiles"))) {
            return files.anyMatch(file -> file.toString().endsWith(".parquet"));
        }
    }

    @Test
    void shardsInAnyOrderWithOneKilledGiveTheBytesOfOneRun() throws Exception {
        long seed = 20261130;
        Random chance = new Random(seed);
        for (int of : new int[] {2, 3, 7}) {
            String file = experiment(chance).toString();
            Path all = folder.resolve("all-" + of);
            List<Integer> order =
                    new ArrayList<>(IntStream.rangeClosed(1, of).boxed().toList());
            Collections.shuffle(order, chance);
            Process killed = started("killed", shard(file, all, order.getFirst(), of));
            while (killed.isAlive() && !hasTile(all)) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            killed.destroyForcibly().waitFor();
            List<Process> running = new ArrayList<>();
            for (int number : order.subList(0, Math.min(3, of))) {
                running.add(started("shard-" + number, shard(file, all, number, of)));
            }
            for (Process process : running) {
                assertThat(process.waitFor()).as("seed " + seed + " of " + of).isZero();
            }
            for (int number : order.subList(Math.min(3, of), of)) {
                assertThat(Ran.of(shard(file, all, number, of)).code()).isZero();
            }
            Path merged = folder.resolve("merged-" + of);
            Path whole = folder.resolve("whole-" + of);
            assertThat(Ran.of("sweep", "--merge", all.toString(), "--out", merged.toString())
                            .code())
                    .isZero();
            assertThat(Ran.of("sweep", "-c", file, "--out", whole.toString()).code())
                    .isZero();
            assertThat(CommandShardTest.content(merged)).isEqualTo(CommandShardTest.content(whole));
        }
    }

    private static List<String> shard(String file, Path folder, int number, int of) {
        return List.of("sweep", "-c", file, "--tile", "16", "--out", folder.toString(), "--shard", number + "/" + of);
    }

    @Test
    void ofTwoProcessesOnOneShardOneIsRefused() throws Exception {
        Path file = Files.writeString(
                folder.resolve("long.yaml"),
                Files.readString(experiment(new Random(1)))
                        .replaceFirst("steps: [0-9]+", "steps: 1000000")
                        .replaceAll("points: [0-9]+", "points: 200"));
        Path all = folder.resolve("all");
        Process first = started("first", shard(file.toString(), all, 1, 2));
        try {
            while (first.isAlive() && !Files.exists(all.resolve(".shard-1-of-2.lock"))) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            Process second = started("second", shard(file.toString(), all, 1, 2));
            assertThat(second.waitFor()).isEqualTo(ExitCode.WRONG_INPUT);
            assertThat(Files.readString(folder.resolve("said/second/err.txt")))
                    .contains("another process (pid " + first.pid() + " on ", "is at work on shard 1/2 in " + all);
            first.destroy(); // SIGTERM
            assertThat(first.waitFor()).isEqualTo(ExitCode.REQUEUE);
        } finally {
            first.destroyForcibly();
        }
    }
}
