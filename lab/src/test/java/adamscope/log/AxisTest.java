package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.Quantity;
import adamscope.regime.RowAxis;
import adamscope.regime.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the steps of a log count, whatever its kind.
class AxisTest {
    @TempDir
    Path folder;

    private List<RunLog> all(String name, String text) throws IOException {
        return LogReader.read(Files.writeString(folder.resolve(name), text), NameMap.byDefault());
    }

    private RunLog one(String name, String text) throws IOException {
        List<RunLog> runs = all(name, text);
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoch,batch", "epoch,iter", "epoch,step"})
    void iterationsThatStartAnewInEachEpochAreOneAxis(String names) throws IOException {
        RunLog log = one("log.csv", names + ",loss\n0,0,6\n0,1,5\n0,2,4\n1,0,3\n1,1,2\n1,2,1\n");
        assertThat(log.steps()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(log.facts().axis()).isEqualTo(RowAxis.STEPS);
        assertThat(log.numbers(Quantity.EPOCH).orElseThrow()).containsExactly(0, 0, 0, 1, 1, 1);
    }

    @Test
    void iterationsEveryFiftyKeepTheirDistanceAcrossEpochs() throws IOException {
        RunLog log = one("log.json", """
            {"mode": "train", "epoch": 1, "iter": 50, "loss": 6}
            {"mode": "train", "epoch": 1, "iter": 100, "loss": 5}
            {"mode": "val", "epoch": 1, "iter": 30, "loss": 9}
            {"mode": "train", "epoch": 2, "iter": 50, "loss": 4}
            {"mode": "train", "epoch": 2, "iter": 100, "loss": 3}
            """);
        double[] loss = log.numbers(Quantity.LOSS).orElseThrow();
        assertThat(log.steps()).containsExactly(30, 50, 100, 150, 200);
        assertThat(loss).containsExactly(Double.NaN, 6, 5, 4, 3);
        assertThat(log.numbers(Quantity.VALIDATION_LOSS).orElseThrow()[0]).isEqualTo(9);
    }

    @Test
    void stepsThatGoOnThroughTheEpochsStayAsTheyAre() throws IOException {
        assertThat(one("log.csv", "epoch,step,loss\n0,0,6\n0,10,5\n1,20,4\n1,30,3\n")
                        .steps())
                .containsExactly(0, 10, 20, 30);
    }

    @Test
    void aRowAnEpochIsManySteps() throws IOException {
        RunLog log = one("log.csv", "epoch,train_loss\n1,3\n2,2\n3,1\n");
        assertThat(log.steps()).containsExactly(1, 2, 3);
        assertThat(log.facts().axis()).isEqualTo(new RowAxis(RowAxis.Unit.EPOCH, "epoch", true));
    }

    @Test
    void tokensOrSamplesServeWhereThereAreNoSteps() throws IOException {
        RunLog log = one("log.csv", "tokens,loss\n0,3\n4194304,2\n8388608,1\n");
        assertThat(log.steps()).containsExactly(0, 4194304, 8388608);
        assertThat(log.facts().axis().unit()).isEqualTo(RowAxis.Unit.TOKENS);
        log = one("log.jsonl", "{\"consumed_samples\": 32, \"loss\": 3}\n{\"consumed_samples\": 64, \"loss\": 2}\n");
        assertThat(log.steps()).containsExactly(32, 64);
        assertThat(log.facts().axis().unit()).isEqualTo(RowAxis.Unit.SAMPLES);
        log = one("log.csv", "seconds,loss\n0.5,3\n1.25,2\n");
        assertThat(log.steps()).containsExactly(0, 1);
        assertThat(log.facts().axis().unit()).isEqualTo(RowAxis.Unit.ROW);
    }

    @Test
    void stepsBesideTokensAreTheStepsAndTokensAreKept() throws IOException {
        RunLog log = one("log.csv", "step,tokens,loss\n0,0,3\n1,1000,2\n");
        assertThat(log.steps()).containsExactly(0, 1);
        assertThat(log.numbers(Quantity.TOKENS).orElseThrow()).containsExactly(0, 1000);
    }

    @Test
    void currentStepsOfLlamaFactoryAreSteps() throws IOException {
        RunLog log = one("trainer_log.jsonl", """
            {"current_steps": 10, "total_steps": 1200, "loss": 3, "epoch": 0.0}
            {"current_steps": 20, "total_steps": 1200, "loss": 2, "epoch": 0.1}
            """);
        assertThat(log.steps()).containsExactly(10, 20);
        assertThat(log.facts().axis().manySteps()).isTrue();
    }

    @Test
    void listsOfOneLengthBelongToTheListOfSteps() throws IOException {
        RunLog log = one(
                "log.json",
                "{\"step\": [0, 10, 20], \"train_loss\": [3, 2, 1], \"val_step\": [10], \"val_loss\": [4], \"lr\": [1,"
                        + " 2]}");
        assertThat(log.steps()).containsExactly(0, 10, 20);
        assertThat(log.numbers(Quantity.VALIDATION_LOSS).orElseThrow()).containsExactly(Double.NaN, 4, Double.NaN);
        assertThat(log.has(Quantity.LR)).isFalse();
        assertThat(log.remarks()).anyMatch(remark -> remark.startsWith("the list 'lr' of log.json has 2 values"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[1700000000.0, 5, 3.0], [1700000001.0, 6, 2.0]]",
                "{\"/home/me/runs/a/train/loss\": [[1700000000.0, 5, 3.0], [1700000001.0, 6, 2.0]]}",
                "{\"5\": {\"loss\": 3.0}, \"6\": {\"loss\": 2.0}}",
                "{\"loss\": {\"5\": 3.0, \"6\": 2.0}}",
                "{\"results\": {\"train\": {\"step\": [5, 6], \"loss\": [3.0, 2.0]}}}",
                "{\"runs\": {\"history\": [{\"step\": 5, \"loss\": 3.0}, {\"step\": 6, \"loss\": 2.0}]}}"
            })
    void historiesOfAnyNestingAreRead(String json) throws IOException {
        RunLog log = one("log.json", json);
        assertThat(log.steps()).containsExactly(5, 6);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(3, 2);
    }

    @Test
    void anErrorListsEveryKeyThatWasSeen() throws IOException {
        Path file = Files.writeString(folder.resolve("log.json"), "{\"foo\": {\"bar\": [1, 2]}, \"baz\": 3}");
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> LogReader.read(file, NameMap.byDefault()))
                .withMessageContaining("'foo'")
                .withMessageContaining("'foo/bar'")
                .withMessageContaining("'baz'");
    }

    @Test
    void columnsOfRankAndSeedNameTheRun() throws IOException {
        assertThat(all("log.csv", "step,rank,loss\n0,0,3\n0,1,4\n1,0,2\n1,1,3\n"))
                .extracting(RunLog::name)
                .containsExactly("log.csv:rank 0", "log.csv:rank 1");
        assertThat(all("log.jsonl", """
            {"step": 0, "experiment": "a", "seed": 1, "loss": 3}
            {"step": 0, "experiment": "a", "seed": 2, "loss": 4}
            """))
                .extracting(RunLog::name)
                .containsExactly("log.jsonl:a, seed 1", "log.jsonl:a, seed 2");
    }

    @Test
    void twoEventFilesOfAFolderAreJoinedWhereTheyOverlap() {
        events(1_700_000_000, 1, 60);
        events(1_700_009_999, 51, 100);
        List<RunLog> runs = LogReader.read(folder, NameMap.byDefault());
        assertThat(runs).hasSize(1);
        assertThat(runs.getFirst().rows()).isEqualTo(100);
        assertThat(runs.getFirst().facts().seams()).singleElement().satisfies(seam -> {
            assertThat(seam.step()).isEqualTo(51);
            assertThat(seam.left()).isEqualTo(60);
        });
    }

    @Test
    void anEventFileThatGoesOnBehindAnotherBeginsAtASeam() {
        events(1_700_000_000, 1, 60);
        events(1_700_009_999, 61, 100);
        RunLog log = LogReader.read(folder, NameMap.byDefault()).getFirst();
        assertThat(log.facts().seams()).singleElement().satisfies(seam -> {
            assertThat(seam.step()).isEqualTo(61);
            assertThat(seam.rewinds()).isFalse();
        });
    }

    private void events(long second, int from, int to) {
        try (TensorBoardWriter events =
                TensorBoardWriter.create(folder, Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC))) {
            for (int step = from; step <= to; step++) {
                events.scalars(step, Map.of("train/loss", 1.0 / step));
            }
        }
    }

    @Test
    void mlflowsDatabaseHoldsItsRuns() {
        List<RunLog> runs = LogReader.read(SampleLogs.sqlite(folder, 10), NameMap.byDefault());
        assertThat(runs).extracting(RunLog::name).containsExactly("mlflow.db:calm", "mlflow.db:wild");
        assertThat(runs.get(0).numbers(Quantity.LOSS).orElseThrow()).startsWith(10, 9);
        assertThat(runs.get(0).hyper()).containsEntry("lr", 0.01).containsEntry("beta2", 0.95);
        assertThat(runs.get(1).numbers(Quantity.LOSS).orElseThrow()[6]).isInfinite();
    }

    @Test
    void aLinkToARunIsThatRun() throws IOException {
        Path run = Files.createDirectories(folder.resolve("wandb/run-1"));
        SampleLogs.wandb(run, 10);
        Files.createDirectories(run.resolve("files"));
        Files.writeString(run.resolve("files/output.log"), "step 1 loss 2\nstep 2 loss 1\n");
        Files.createSymbolicLink(folder.resolve("wandb/latest-run"), run.getFileName());
        assertThat(LogReader.read(folder, NameMap.byDefault()))
                .extracting(RunLog::name)
                .containsExactly("wandb/run-1/run-abc.wandb");
    }
}
