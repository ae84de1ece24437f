package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aLineSaysShareRateAndTimeLeft() {
        // 1000 of 4000 cells in 10 s: 100 a second, 3000 left take 30 s.
        assertThat(ProgressLine.line("phase", new ProgressLine.Count(0, 1000, 4000, "cells", 0), 10 * SECOND))
                .isEqualTo("phase: 25%, 1000 of 4000 cells, 100/s, 30 s left");
    }

    @Test
    void nothingIsForeseenBeforeTheFirstUnit() {
        assertThat(ProgressLine.line("phase", new ProgressLine.Count(0, 0, 4000, "cells", 0), 3 * SECOND))
                .isEqualTo("phase: 0%, 0 of 4000 cells");
    }

    @Test
    void whatAnEarlierRunDidCountsForTheShareAndNotForTheRate() {
        // 10 of 100 steps in 80 s behind 30 of an earlier run: 60 left take 480 s.
        assertThat(ProgressLine.line("training", new ProgressLine.Count(30, 10, 100, "steps", 0), 80 * SECOND))
                .isEqualTo("training: 40%, 40 of 100 steps, 8.0 s each, 8 min 0 s left");
    }

    /// 199 of 200 steps in 50 s leave a quarter of a second; a minute later that is known to be wrong.
    @Test
    void noTimeIsForeseenWhereTheLastUnitTakesLongerThanTheOthers() {
        assertThat(ProgressLine.line(
                        "to step 200", new ProgressLine.Count(0, 199, 200, "steps", 60 * SECOND), 110 * SECOND))
                .isEqualTo("to step 200: 99%, 199 of 200 steps, 1.81/s");
    }

    @Test
    void ratesAreReadWithoutPowersOfTen() {
        assertThat(ProgressLine.line("phase", new ProgressLine.Count(0, 12345, 24690, "cells", 0), 10 * SECOND))
                .contains(", 1235/s, ");
        assertThat(ProgressLine.line("phase", new ProgressLine.Count(0, 12, 24, "cells", 0), 10 * SECOND))
                .contains(", 1.20/s, ");
        assertThat(ProgressLine.line("phase", new ProgressLine.Count(0, 1, 4, "cells", 0), 10 * SECOND))
                .contains(", 10 s each, ");
    }

    @Test
    void longTimesAreReadInMinutesAndHours() {
        assertThat(ProgressLine.readable(59 * SECOND)).isEqualTo("59 s");
        assertThat(ProgressLine.readable(200 * SECOND)).isEqualTo("3 min 20 s");
        assertThat(ProgressLine.readable(7500 * SECOND)).isEqualTo("2 h 5 min");
    }

    @Test
    void aTaskThatEndsWithinTwoSecondsSaysNothing() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        try (ProgressLine progress = new ProgressLine(err, false, "phase", 10, "cells")) {
            progress.advance(10);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
