package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which series is the loss, by what the series is.
class LossChoiceTest {
    @TempDir
    Path folder;

    private RunLog read(String name, String text, NameMap names) throws IOException {
        List<RunLog> runs = LogReader.read(Files.writeString(folder.resolve(name), text), names);
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    private RunLog csv(String text) throws IOException {
        return read("log.csv", text, NameMap.byDefault());
    }

    @ParameterizedTest
    @CsvSource({
        "loss/train, loss/val",
        "loss/train/total, metrics/eval/loss", // Composer
        "loss/current, loss/validation", // kohya
        "avr_loss, val_loss",
        "reduced_train_loss, val_loss", // NeMo
        "train/loss, eval/loss",
        "Train Loss, Test Loss",
    })
    void usualNamesAreLossAndValidationLoss(String train, String held) throws IOException {
        RunLog log = csv("step," + train + "," + held + "\n0,3,4\n1,2,3\n");
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(3, 2);
        assertThat(log.numbers(Quantity.VALIDATION_LOSS).orElseThrow()).containsExactly(4, 3);
    }

    @Test
    void aSummaryInTheLastRowIsNoLoss() throws IOException {
        String rows = "{\"step\": 1, \"loss\": 3}, {\"step\": 2, \"loss\": 2}, {\"step\": 3, \"loss\": 1},";
        RunLog log = read(
                "trainer_state.json",
                "{\"log_history\": [" + rows + "{\"step\": 3, \"train_loss\": 2, \"train_runtime\": 9}]}",
                NameMap.byDefault());
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(3, 2, 1);
    }

    @Test
    void aLossOfManyRowsBeatsAnEvaluationOnTrainingDataOfFew() throws IOException {
        StringBuilder text = new StringBuilder("global_step,loss,train/loss\n");
        for (int i = 0; i < 40; i++) {
            text.append(i).append(",").append(40 - i).append(i % 20 == 0 ? ",7\n" : ",\n");
        }
        assertThat(csv(text.toString()).numbers(Quantity.LOSS).orElseThrow()[1]).isEqualTo(39);
    }

    @Test
    void termsWithoutATotalAreAddedEachIsKept() throws IOException {
        RunLog log = csv("epoch, train/box_loss, train/cls_loss, val/box_loss, val/cls_loss, lr/pg0\n"
                + "1, 1, 2, 3, 4, 0.1\n2, 0.5, 0.25, 2, 3, 0.1\n");
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(3, 0.75);
        assertThat(log.numbers("loss/cls").orElseThrow()).containsExactly(2, 0.25);
        assertThat(log.numbers(Quantity.VALIDATION_LOSS).orElseThrow()).containsExactly(7, 5);
        assertThat(log.facts().summed()).containsExactly("loss/box", "loss/cls");
        assertThat(log.remarks()).anyMatch(remark -> remark.startsWith("loss is the sum of"));
    }

    @Test
    void termsBesideATotalAreKeptUnderTheirNames() throws IOException {
        RunLog log = csv("step,mean_loss,boundary_loss,residual_loss\n1,3,1,2\n2,2,1,1\n");
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(3, 2);
        assertThat(log.numbers("loss/residual").orElseThrow()).containsExactly(2, 1);
        assertThat(log.facts().summed()).isEmpty();
    }

    @Test
    void theUserNamesASum() throws IOException {
        RunLog log = read("log.csv", "step,a,b,c\n1,1,2,4\n2,8,16,32\n", NameMap.of(List.of("loss=a+c")));
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(5, 40);
        assertThat(log.numbers("loss/a").orElseThrow()).containsExactly(1, 8);
    }

    @Test
    void oneRunWithoutALossCostsThatRunOnly() throws IOException {
        Files.writeString(folder.resolve("good.csv"), "step,loss\n1,3\n2,2\n");
        Files.writeString(folder.resolve("other.csv"), "step,lr\n1,3\n2,2\n");
        List<RunLog> runs = LogReader.read(folder, NameMap.byDefault());
        assertThat(runs).extracting(RunLog::name).containsExactly("good.csv");
        assertThat(runs.getFirst().remarks()).anyMatch(remark -> remark.startsWith("other.csv holds no loss"));
    }

    @Test
    void theLargestValueOfABucketCounts() throws IOException {
        RunLog log = csv("\"Step\",\"a - train/loss\",\"a - train/loss__MIN\",\"a - train/loss__MAX\"\n"
                + "0,3,2,4\n20,2.5,1,9\n");
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()).containsExactly(4, 9);
        assertThat(log.facts().axis().manySteps()).isTrue();
        assertThat(log.remarks()).anyMatch(remark -> remark.contains("the largest value of each is used"));
    }
}
