package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.regime.Quantity;
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

class TensorBoardWriterTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsReadBackAsFloats() {
        try (TensorBoardWriter events = TensorBoardWriter.create(folder, CLOCK)) {
            for (int step = 1; step <= 1000; step++) {
                events.scalars(step, Map.of("train/loss", 1.0 / step, "lr", 1e-3));
            }
        }
        List<RunLog> runs = LogReader.read(folder, NameMap.byDefault());
        assertThat(runs).hasSize(1);
        double[] loss = runs.getFirst().numbers(Quantity.LOSS).orElseThrow();
        assertThat(loss).hasSize(1000);
        assertThat(loss[2]).isEqualTo((double) (float) (1.0 / 3));
        assertThat(runs.getFirst().steps()).startsWith(1, 2, 3).endsWith(1000);
        assertThat(runs.getFirst().numbers(Quantity.LR).orElseThrow()[0]).isEqualTo((double) 1e-3f);
    }

    @Test
    void aReaderSeesWhatWasFlushedWhileTheRunGoesOn() {
        try (TensorBoardWriter events = TensorBoardWriter.create(folder, CLOCK)) {
            events.scalars(1, Map.of("loss", 2.0));
            events.flush();
            assertThat(LogReader.read(folder, NameMap.byDefault()).getFirst().rows())
                    .isEqualTo(1);
        }
    }

    /// TensorBoard reads the files of a run in the order of their names.
    @Test
    void aFileThatIsMadeLaterComesLaterThoughTheClockWasSetBack() {
        Path first = TensorBoardWriter.create(folder, CLOCK).file();
        Clock yesterday = Clock.offset(CLOCK, java.time.Duration.ofDays(-1));
        Path second = TensorBoardWriter.create(folder, yesterday).file();
        Path third = TensorBoardWriter.create(folder, yesterday).file();
        assertThat(List.of(second.toString(), third.toString()))
                .isSorted()
                .allMatch(name -> name.compareTo(first.toString()) > 0);
    }

    @Test
    void aSecondWriterInTheSameSecondTakesAnotherFile() throws IOException {
        TensorBoardWriter.create(folder, CLOCK).close();
        TensorBoardWriter.create(folder, CLOCK).close();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }
}
