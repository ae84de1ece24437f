package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many commands in one process, as behind a server: descriptors, threads, temporary files and memory stay where they
/// are.
///
/// Memory is what lives on the heap after it was collected, what classes take, and the rest of the process, which
/// libtorch and DuckDB ask the system for.
@Tag("slow")
class SoakTest {
    @TempDir
    private Path folder;

    @Test
    void tenThousandSmallCommandsLeaveNothing() {
        String[] lines = {
            "theory --optimizer adam --degree 4 --set beta1=0.%d",
            "threshold --optimizer adam --set beta1=0.%d",
            "simulate --optimizer adam --objective x^4/4 --x0 1.%d --steps 50",
            "optimizers show adam --json",
            "simulate --optimizer nosuch%d",
        };
        staysFlat(2500, run -> {
            String line = lines[run % lines.length];
            int code = line.contains("nosuch") ? ExitCode.WRONG_INPUT : ExitCode.DONE;
            Ran ran = Ran.of(Ran.words(String.format(Locale.ROOT, line, 10 + run % 80)));
            assertThat(ran.code()).as(ran.err()).isEqualTo(code);
        });
    }

    @Test
    void runsWithFoldersLeaveNothing() throws IOException {
        Path train = Files.writeString(folder.resolve("train.yaml"), """
            kind: train
            model: {kind: fully-connected, hidden: [8], activation: tanh}
            data: {source: fashion-mnist, first: 50}
            loss: half-squared
            optimizer: {name: adam, eps: 1e-7}
            steps: 20
            probe: 5
            """);
        List<String> lines = List.of(
                "train -c " + train + " --out @",
                "phase --optimizer adam --objective x^4/4 --x0 1 --set eps=0 --x beta1=0.1:0.9:4 --y beta2=0.1:0.9:4"
                        + " --steps 50 --out @",
                "diagnose " + Path.of("..", "docs", "examples", "spike.csv") + " --out @");
        staysFlat(60, run -> {
            Path out = folder.resolve("run" + run);
            Ran ran = Ran.of(Ran.words(lines.get(run % lines.size()).replace("@", out.toString())));
            assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
        });
    }

    /// Runs so many to warm up, as many to measure from, and twice as many again.
    private static void staysFlat(int runs, IntConsumer command) {
        for (int run = 0; run < 2 * runs; run++) {
            command.accept(run);
        }
        Held before = Held.now();
        for (int run = 2 * runs; run < 4 * runs; run++) {
            command.accept(run);
        }
        Held after = Held.now();
        System.out.println("held before and after " + 2 * runs + " commands: " + before + ", " + after);
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 3);
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 3);
        assertThat(after.temporary()).isLessThanOrEqualTo(before.temporary());
        assertThat(after.heap()).isLessThanOrEqualTo(before.heap() + 4);
        assertThat(after.classes()).isLessThanOrEqualTo(before.classes() + 10);
        assertThat(after.rest()).isLessThanOrEqualTo(before.rest() + 60);
    }

    /// What the process holds.
    ///
    /// @param temporary files of ours in the temporary folder
    /// @param heap      megabytes of objects that are reachable
    /// @param classes   megabytes of what is loaded or compiled
    /// @param rest      megabytes of the process beside what the machine has taken for its heap
    private record Held(long descriptors, long threads, long temporary, long heap, long classes, long rest) {
        static Held now() {
            System.gc();
            var memory = ManagementFactory.getMemoryMXBean();
            return new Held(
                    entries(Path.of("/proc/self/fd"), ""),
                    entries(Path.of("/proc/self/task"), ""),
                    entries(Path.of(System.getProperty("java.io.tmpdir")), "adamscope"),
                    memory.getHeapMemoryUsage().getUsed() >> 20,
                    memory.getNonHeapMemoryUsage().getUsed() >> 20,
                    (settledKilobytes() >> 10) - (memory.getHeapMemoryUsage().getCommitted() >> 20));
        }

        private static long entries(Path place, String begin) {
            try (Stream<Path> all = Files.list(place)) {
                return all.filter(file -> file.getFileName().toString().startsWith(begin))
                        .count();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /// The collector gives pages of the heap back in a thread of its own, some hundred megabytes within seconds.
        private static long settledKilobytes() {
            long before;
            long now = kilobytes();
            do {
                before = now;
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                now = kilobytes();
            } while (now < before - 1024);
            return now;
        }

        private static long kilobytes() {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
