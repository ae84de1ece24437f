package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packed files and other encodings hold the same run.
class PackedLogTest {
    private static final int STEPS = 3000;

    @TempDir
    Path folder;

    private static String table() {
        StringBuilder text = new StringBuilder("step,loss\n");
        for (int step = 1; step <= STEPS; step++) {
            text.append(step).append(',').append(1.0 / step).append('\n');
        }
        return text.toString();
    }

    private Path written(String name, String kind, String text) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = SampleLogs.packing(kind, Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void holdsAll(Path path) {
        List<RunLog> runs = LogReader.read(path, NameMap.byDefault());
        assertThat(runs).hasSize(1);
        assertThat(runs.getFirst().rows()).isEqualTo(STEPS);
        assertThat(runs.getFirst().numbers(Quantity.LOSS).orElseThrow()[STEPS - 1])
                .isEqualTo(1.0 / STEPS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst", "bz2", "xz"})
    void aPackedFileHoldsTheSameRun(String kind) throws IOException {
        holdsAll(written("log.csv." + kind, kind, table()));
        holdsAll(folder);
        // By its bytes, whatever it is called.
        holdsAll(written("log", kind, table()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bz2", "xz"})
    void aPackedFileThatWasCutOffGivesWhatIsWholeAndSaysSo(String kind) throws IOException {
        Path file = written("log.csv." + kind, kind, table());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - bytes.length / 8));
        try {
            RunLog log = LogReader.read(file, NameMap.byDefault()).getFirst();
            assertThat(log.rows()).isBetween(1, STEPS);
            assertThat(log.remarks()).anyMatch(remark -> remark.contains("damaged after"));
        } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
            // Where the packing is one block, nothing of it is whole.
            assertThat(e).hasMessageContaining("log.csv");
        }
    }

    @Test
    void aZipIsReadAsAFolder() throws IOException {
        Path file = folder.resolve("logs.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : List.of("a/log.csv", "b/train.log", "b/notes.txt")) {
                zip.putNextEntry(new ZipEntry(name));
                String text = name.endsWith("csv")
                        ? table()
                        : name.contains("notes") ? "nothing\n" : PrintedLogs.NANOGPT.text();
                zip.write(text.getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        assertThat(LogReader.read(file, NameMap.byDefault()))
                .extracting(RunLog::name)
                .containsExactly("a/log.csv", "b/train.log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM"})
    void utf16IsReadWithAndWithoutAMark(String charset) throws IOException {
        holdsAll(Files.write(folder.resolve("log.csv"), table().getBytes(java.nio.charset.Charset.forName(charset))));
    }

    @Test
    void commasBeforeFractionsAndBetweenThousandsAreRead() throws IOException {
        String text = "step;loss;grad_norm\n1;2,345;1.234,5\n2;1,9;0,25\n1.000;1,8;3\n";
        RunLog log = read("log.csv", text);
        assertThat(log.steps()).containsExactly(1, 2, 1000);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(2.345, 1.9, 1.8);
        assertThat(log.numbers(Quantity.GRADIENT_NORM).orElseThrow()).containsExactly(1234.5, 0.25, 3);
        log = read("log.csv", "step,loss,lr\n1,\"2,3456\",\"0,001\"\n2,\"1.234,5\",\"0,25\"\n3,2,\"1,000\"\n");
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(2.3456, 1234.5, 2);
        assertThat(log.numbers(Quantity.LR).orElseThrow()).containsExactly(0.001, 0.25, 1);
        log = read("log.csv", "step,loss\n\"1,000\",2.5\n\"2,000\",\"1,234.5\"\n");
        assertThat(log.steps()).containsExactly(1000, 2000);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(2.5, 1234.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| step | loss |\n|---|:--:|\n| 1 | 2.5 |\n| 20 | -2 |\n",
                "+------+------+\n"
                        + "| step | loss |\n"
                        + "+======+======+\n"
                        + "| 1    | 2.5  |\n"
                        + "+------+------+\n"
                        + "| 20   | -2   |\n",
                "step    train loss\n=====   ==========\n1       2.5\n20      -2\n"
            })
    void ruledTablesAreRead(String text) throws IOException {
        RunLog log = read("log.md", text);
        assertThat(log.steps()).containsExactly(1, 20);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(2.5, -2);
        assertThat(log.remarks()).noneMatch(remark -> remark.contains("left out") || remark.contains("no numbers"));
    }

    @Test
    void anEpochOutOfHowManyIsItsNumber() throws IOException {
        RunLog log = read(
                "log.txt",
                "Epoch   box_loss   cls_loss\n1/3     2.5        1\n2/3     2          1\n3/3     1          1\n");
        assertThat(log.steps()).containsExactly(1, 2, 3);
        assertThat(log.remarks()).noneMatch(remark -> remark.contains("no numbers"));
    }

    @Test
    void aTableIsFoundBehindLinesBeforeItAndBetweenBlanks() throws IOException {
        RunLog log = read("log.csv", "Run started 2024-01-01\nHost: abc\n\nstep,loss\n1,2.5\n2,2\n");
        assertThat(log.steps()).containsExactly(1, 2);
        log = read(
                "table.txt", "step    train loss      lr\n1       2.5             0.1\n20      2               0.1\n");
        assertThat(log.steps()).containsExactly(1, 20);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(2.5, 2);
        log = read("loss.txt", "2.5\n2.25\n2\n");
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(2.5, 2.25, 2);
    }

    private RunLog read(String name, String text) throws IOException {
        List<RunLog> runs = LogReader.read(Files.writeString(folder.resolve(name), text), NameMap.byDefault());
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }
}
