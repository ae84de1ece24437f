package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of log gives the same run; damage costs what is damaged and is told.
class ReadersTest {
    private static final int STEPS = 3000;

    @TempDir
    Path folder;

    private static RunLog read(Path path) {
        List<RunLog> runs = LogReader.read(path, NameMap.byDefault());
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    private static void holdsAll(RunLog log) {
        assertThat(log.steps())
                .isEqualTo(IntStream.rangeClosed(1, STEPS).asLongStream().toArray());
        double[] loss = log.numbers(Quantity.LOSS).orElseThrow();
        for (int i = 0; i < STEPS; i++) {
            assertThat(loss[i]).isIn(1.0 / (i + 1), (double) (float) (1.0 / (i + 1)));
        }
    }

    @Test
    void csvHoldsAll() throws IOException {
        holdsAll(read(SampleLogs.csv(folder, STEPS)));
    }

    @Test
    void jsonLinesHoldAll() throws IOException {
        RunLog log = read(SampleLogs.jsonLines(folder, STEPS));
        holdsAll(log);
        assertThat(log.hyper()).containsEntry("beta1", 0.9).containsEntry("beta2", 0.999);
    }

    @Test
    void theStateOfATrainerHoldsAll() throws IOException {
        holdsAll(read(SampleLogs.trainerState(folder, STEPS)));
    }

    @Test
    void parquetHoldsAll() {
        holdsAll(read(SampleLogs.parquet(folder, STEPS)));
    }

    @Test
    void mlflowHoldsAllWithItsParameters() throws IOException {
        SampleLogs.mlflow(folder, STEPS);
        RunLog log = read(folder);
        holdsAll(log);
        assertThat(log.hyper()).containsEntry("lr", 1e-3).containsEntry("beta2", 0.98);
    }

    @Test
    void filesOfMlflowPastTheLimitAreCounted() throws IOException {
        Path run = SampleLogs.mlflow(folder, STEPS).resolve("../../..").normalize();
        for (int more = 1; more <= 9; more++) {
            Files.writeString(run.resolve("metrics/zero" + more), "1700000000000 0 1\n");
            Files.writeString(run.resolve("params/zero" + more), "0");
        }
        // 10 files in metrics/, 11 in params/
        RunLog log = LogReader.read(folder, NameMap.byDefault(), new Limits(1000, 1 << 20, 8, 10))
                .getFirst();
        assertThat(log.remarks())
                .contains(
                        "2 files of metrics/ were not read: only the first 8 are",
                        "3 files of params/ were not read: only the first 8 are");
    }

    @Test
    void wandbHoldsAllWithItsConfiguration() throws IOException {
        RunLog log = read(SampleLogs.wandb(folder, STEPS));
        holdsAll(log);
        assertThat(log.hyper()).containsEntry("lr", 1e-3).containsEntry("beta2", 0.98);
    }

    @Test
    void aFlippedByteInAnEventFileCostsOneRecord() throws IOException {
        Path file = SampleLogs.events(folder, STEPS);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x40;
        Files.write(file, bytes);
        RunLog log = read(file);
        assertThat(log.rows()).isEqualTo(STEPS - 1);
        assertThat(log.remarks()).anyMatch(remark -> remark.contains("damaged") || remark.contains("wrong checksum"));
        assertThat(log.remarks()).anyMatch(remark -> remark.startsWith("1 gap in the steps"));
    }

    @Test
    void aTruncatedEventFileGivesWhatIsWhole() throws IOException {
        Path file = SampleLogs.events(folder, STEPS);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
        RunLog log = read(file);
        assertThat(log.rows()).isEqualTo(STEPS - 1);
        assertThat(log.remarks()).anyMatch(remark -> remark.contains("truncated record"));
    }

    @Test
    void aFlippedByteInAWandbFileCostsItsBlock() throws IOException {
        Path file = SampleLogs.wandb(folder, STEPS);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x40;
        Files.write(file, bytes);
        RunLog log = read(file);
        // A block of 32,768 bytes holds at least 25 records of at most 1,200 bytes and at most 800 of at least 40.
        assertThat(log.rows()).isBetween(STEPS - 800, STEPS - 1);
        assertThat(log.remarks()).anyMatch(remark -> remark.contains("damaged and were passed over"));
    }

    @Test
    void aSpikeOneStepWideAmongAMillionPointsIsThere() throws IOException {
        StringBuilder text = new StringBuilder("step,loss\n");
        for (int step = 0; step < 1_000_000; step++) {
            text.append(step).append(step == 654_321 ? ",1e6\n" : ",1\n");
        }
        RunLog log = read(Files.writeString(folder.resolve("long.csv"), text));
        double[] loss = log.numbers(Quantity.LOSS).orElseThrow();
        assertThat(loss).hasSize(1_000_000);
        assertThat(loss[654_321]).isEqualTo(1e6);
    }

    @Test
    void pastTheLimitTheExtremesStayAndItIsSaid() throws IOException {
        StringBuilder text = new StringBuilder("step,loss,lr\n");
        for (int step = 0; step < 10_000; step++) {
            text.append(step).append(step == 6_543 ? ",1e6,1\n" : step == 7_000 ? ",1e-6,1\n" : ",1,1\n");
        }
        Path file = Files.writeString(folder.resolve("long.csv"), text);
        RunLog log = LogReader.read(file, NameMap.byDefault(), new Limits(1000, 1 << 20, 100, 10))
                .getFirst();
        // At most 1000 values in two series; the limit halves, so at least a quarter of it is used.
        assertThat(log.rows()).isBetween(250, 1000);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).contains(1e6, 1e-6);
        assertThat(log.remarks()).anyMatch(remark -> remark.contains("only the lowest and the highest are held"));
    }

    @Test
    void aFolderHoldsSeveralRuns() throws IOException {
        SampleLogs.events(folder.resolve("a"), 10);
        SampleLogs.events(folder.resolve("b"), 20);
        SampleLogs.csv(folder, 30);
        assertThat(LogReader.read(folder, NameMap.byDefault()))
                .extracting(RunLog::name)
                .containsExactly("a", "b", "log.csv");
    }
}
