package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.regime.Quantity;
import adamscope.regime.RowAxis;
import adamscope.regime.RunLog;
import adamscope.regime.WordEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What trainers print is a log.
class TextLogTest {
    @TempDir
    Path folder;

    private RunLog one(String text) throws IOException {
        List<RunLog> runs = LogReader.read(Files.writeString(folder.resolve("train.log"), text), NameMap.byDefault());
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    @ParameterizedTest
    @EnumSource(PrintedLogs.class)
    void everyTrainersLossIsFoundByItsStep(PrintedLogs trainer) throws IOException {
        RunLog log = one(trainer.text());
        double[] loss = log.numbers(Quantity.LOSS).orElseThrow();
        int[] rows = IntStream.range(0, loss.length)
                .filter(row -> !Double.isNaN(loss[row]))
                .toArray();
        assertThat(Arrays.stream(rows).mapToObj(row -> log.steps()[row])).isEqualTo(trainer.steps());
        for (int i = 0; i < PrintedLogs.ROWS; i++) {
            assertThat(loss[rows[i]]).isEqualTo(Double.parseDouble(PrintedLogs.loss(i)));
        }
    }

    @Test
    void aRowOfAnEpochOrOfALoggingIntervalIsManySteps() throws IOException {
        assertThat(one(PrintedLogs.KERAS.text()).facts().axis())
                .isEqualTo(new RowAxis(RowAxis.Unit.EPOCH, "epoch", true));
        assertThat(one(PrintedLogs.HUGGING_FACE.text()).facts().axis().manySteps())
                .isTrue();
        assertThat(one(PrintedLogs.NANOGPT.text()).facts().axis()).isEqualTo(RowAxis.STEPS);
    }

    @Test
    void eventsInWordsKeepTheirSteps() throws IOException {
        RunLog log = one("""
            step 10 loss 3.0 loss_scale 65536
            [deepspeed] OVERFLOW! Rank 0 Skipping step. Attempted loss scale: 65536, reducing to 32768
            step 20 loss 2.9
            Skipping batch 21: gradient norm too large
            Loss is nan, stopping training
            saving checkpoint to /ckpt/20
            reducing loss scale to 1024
            successfully loaded checkpoint from /ckpt at iteration 20
            step 30 loss 2.8
            Loading checkpoint shards: all
            """);
        assertThat(log.facts().words())
                .extracting(WordEvent::kind)
                .containsExactly(
                        WordEvent.Kind.OVERFLOW,
                        WordEvent.Kind.SKIPPED_STEP,
                        WordEvent.Kind.NOT_A_NUMBER,
                        WordEvent.Kind.SAVED_CHECKPOINT,
                        WordEvent.Kind.LOSS_SCALE,
                        WordEvent.Kind.LOADED_CHECKPOINT);
        assertThat(log.facts().words()).extracting(WordEvent::step).containsExactly(10L, 20L, 20L, 20L, 20L, 20L);
        assertThat(log.facts().seams()).singleElement().satisfies(seam -> {
            assertThat(seam.step()).isEqualTo(30);
            assertThat(seam.rewinds()).isFalse();
        });
    }

    @Test
    void aRestartFromACheckpointIsASeam() throws IOException {
        String before = lines(1, 60);
        String words = " > loading checkpoint from ckpt\n successfully loaded checkpoint from ckpt at iteration 50\n";
        RunLog log = one(before + words + lines(51, 100));
        assertThat(log.rows()).isEqualTo(100);
        assertThat(log.facts().seams()).singleElement().satisfies(seam -> {
            assertThat(seam.step()).isEqualTo(51);
            assertThat(seam.left()).isEqualTo(60);
        });
    }

    private static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i <= to; i++) {
            text.append("iteration ")
                    .append(i)
                    .append("/ 1000 | lm loss: ")
                    .append(1.0 / i)
                    .append(" |\n");
        }
        return text.toString();
    }

    @Test
    void wordsAboutHeldOutDataMakeALossTheValidationLoss() throws IOException {
        RunLog log = one("""
            step 1 | train | loss 3.0
            step 1 | valid | loss 4.0
            validation loss at iteration 1 | lm loss value: 4.0E+00 | lm loss PPL: 5.4E+01
            step 2 | train | loss 2.0
            """);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(3, 2);
        assertThat(log.numbers(Quantity.VALIDATION_LOSS).orElseThrow()[0]).isEqualTo(4);
    }

    @Test
    void nanAmongNumbersIsANumberAndTheWordNanInAKeyIsNot() throws IOException {
        RunLog log = one("step 1 loss nan lr 0.1 | number of nan iterations:   0 |\nstep 2 loss: 2.0, lr: 0.1\n");
        assertThat(log.steps()).containsExactly(1, 2);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(Double.POSITIVE_INFINITY, 2);
        assertThat(log.facts().words()).isEmpty();
    }

    @Test
    void ranksThatPrintSideBySideAreRunsOfTheirOwn() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append("[rank0]: step ")
                    .append(i)
                    .append(" loss 1\n[rank1]: step ")
                    .append(i)
                    .append(" loss 2\n");
        }
        List<RunLog> runs = LogReader.read(Files.writeString(folder.resolve("train.log"), text), NameMap.byDefault());
        assertThat(runs).extracting(RunLog::rows).containsExactly(20, 20);
        assertThat(runs.get(1).name()).isEqualTo("train.log:rank 1");
    }

    @Test
    void settingsBeforeTheFirstRowAreHyperParameters() throws IOException {
        RunLog log = one("""
              adam_beta1 ...................................... 0.9
              adam_beta2 ...................................... 0.95
              train_iters ..................................... 159576
            Adam (Parameter Group 0 amsgrad: False betas: (0.9, 0.95) eps: 1e-08)
            iteration 1/ 100 | lm loss: 3.0 |
            iteration 2/ 100 | lm loss: 2.0 | beta2: 0.5 |
            """);
        assertThat(log.steps()).containsExactly(1, 2);
        assertThat(log.hyper())
                .containsEntry("beta1", 0.9)
                .containsEntry("beta2", 0.95)
                .containsEntry("eps", 1e-8);
        assertThat(log.facts().sources().get("eps").place()).isEqualTo("train.log: eps");
    }

    @Test
    void aTextWithoutALossNamesWhatWasSeen() throws IOException {
        Path file =
                Files.writeString(folder.resolve("train.log"), "step 1 accuracy 0.5 mfu 0.3\nstep 2 accuracy 0.6\n");
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> LogReader.read(file, NameMap.byDefault()))
                .withMessageContaining("'accuracy'")
                .withMessageContaining("'mfu'");
    }

    @Test
    void numbersAreReadAsJavaReadsThem() {
        NumberScan scan = new NumberScan();
        for (String text : List.of(
                "0.1",
                "-2.5e-3",
                "+7",
                "123456789012345678",
                "9007199254740993",
                "1e400",
                "4.9e-324",
                "0.30000000000000004",
                "1.7976931348623157E308",
                "00012.50",
                "1e-22",
                "1e23",
                ".5")) {
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            assertThat(scan.scan(bytes, 0, bytes.length, false)).isEqualTo(bytes.length);
            assertThat(scan.value()).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @Test
    void aRiseOfOneRowOutlivesThinning() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("step ")
                    .append(i)
                    .append(" loss ")
                    .append(i == 12_345 ? "9.5" : "1.0")
                    .append(" lr 0.1\n");
        }
        Path file = Files.writeString(folder.resolve("train.log"), text);
        RunLog log = LogReader.read(file, NameMap.byDefault(), new Limits(3000, 1 << 20, 100, 10))
                .getFirst();
        assertThat(log.rows()).isLessThan(6000);
        double[] loss = log.numbers(Quantity.LOSS).orElseThrow();
        int row = Arrays.binarySearch(log.steps(), 12_345);
        assertThat(loss[row]).isCloseTo(9.5, within(0.0));
    }
}
