package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import adamscope.regime.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedLogTest {
    @TempDir
    Path folder;

    /// Writes a file in three parts, cut anywhere, and advances after each.
    private List<RunLog> inParts(Path whole, Path target) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        Files.createDirectories(target.getParent());
        Files.write(target, Arrays.copyOf(bytes, bytes.length / 3));
        FollowedLog log = FollowedLog.open(target, NameMap.byDefault());
        assertThat(log.advance()).isPositive();
        Files.write(target, Arrays.copyOfRange(bytes, bytes.length / 3, bytes.length - 3), StandardOpenOption.APPEND);
        assertThat(log.advance()).isPositive();
        Files.write(target, Arrays.copyOfRange(bytes, bytes.length - 3, bytes.length), StandardOpenOption.APPEND);
        log.advance();
        assertThat(log.advance()).isZero();
        return log.runs();
    }

    private static void sameAsAtOnce(List<RunLog> runs, Path whole) {
        RunLog expected = LogReader.read(whole, NameMap.byDefault()).getFirst();
        assertThat(runs).hasSize(1);
        assertThat(runs.getFirst().steps()).isEqualTo(expected.steps());
        assertThat(runs.getFirst().numbers("loss").orElseThrow())
                .isEqualTo(expected.numbers("loss").orElseThrow());
        assertThat(runs.getFirst().remarks()).noneMatch(remark -> remark.contains("truncated"));
    }

    @Test
    void aGrowingEventFileIsReadOnWithoutLoss() throws IOException {
        Path whole = SampleLogs.events(folder, 500);
        sameAsAtOnce(inParts(whole, folder.resolve("grown/events.out.tfevents.1")), whole);
    }

    @Test
    void aGrowingCsvIsReadOnWithoutLoss() throws IOException {
        Path whole = SampleLogs.csv(folder, 500);
        sameAsAtOnce(inParts(whole, folder.resolve("grown/log.csv")), whole);
    }

    @Test
    void growingJsonLinesAreReadOnWithoutLoss() throws IOException {
        Path whole = SampleLogs.jsonLines(folder, 500);
        sameAsAtOnce(inParts(whole, folder.resolve("grown/log.jsonl")), whole);
    }

    @Test
    void aFileWrittenAnewIsReadAnew() throws IOException {
        Path file = SampleLogs.csv(folder, 500);
        FollowedLog log = FollowedLog.open(file, NameMap.byDefault());
        log.advance();
        SampleLogs.csv(folder, 100);
        assertThat(log.advance()).isEqualTo(200);
        assertThat(log.runs().getFirst().rows()).isEqualTo(100);
    }

    @Test
    void aKindThatIsWrittenAtOnceIsRefused() {
        Path file = SampleLogs.parquet(folder, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FollowedLog.open(file, NameMap.byDefault()))
                .withMessageContaining("cannot be followed");
    }
}
