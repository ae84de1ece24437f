package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldOutJoinTest {
    @TempDir
    private Path folder;

    private void events(String name, double factor, int every) {
        try (TensorBoardWriter events = TensorBoardWriter.create(
                folder.resolve(name), Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC))) {
            for (int epoch = 0; epoch < 20; epoch += every) {
                events.scalars(epoch, Map.of("epoch_loss", factor / (epoch + 1)));
            }
        }
    }

    @Test
    void theFoldersTrainAndValidationOfKerasAreOneRun() {
        events("train", 1, 1);
        events("validation", 2, 5);
        List<RunLog> logs = LogReader.read(folder, NameMap.byDefault());
        assertThat(logs).hasSize(1);
        RunLog log = logs.getFirst();
        assertThat(log.steps()).hasSize(20);
        assertThat(log.numbers(Quantity.LOSS).orElseThrow()[5]).isEqualTo((double) (float) (1 / 6.0));
        double[] heldOut = log.numbers(Quantity.VALIDATION_LOSS).orElseThrow();
        assertThat(heldOut[5]).isEqualTo((double) (float) (2 / 6.0));
        assertThat(heldOut[6]).isNaN();
        assertThat(log.remarks()).anyMatch(remark -> remark.contains("taken as the validation loss"));
    }

    @Test
    void foldersOfOtherNamesStayRunsOfTheirOwn() {
        events("one", 1, 1);
        events("validation", 2, 1);
        assertThat(LogReader.read(folder, NameMap.byDefault())).hasSize(2);
    }

    @Test
    void pairsInFoldersOfTheirOwnAreTold() {
        for (String run : List.of("a", "b")) {
            events(run + "/train", 1, 1);
            events(run + "/validation", 2, 1);
        }
        assertThat(LogReader.read(folder, NameMap.byDefault()))
                .extracting(RunLog::name)
                .containsExactly("a", "b");
    }
}
