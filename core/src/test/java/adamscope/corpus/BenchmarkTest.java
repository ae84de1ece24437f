package adamscope.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BenchmarkTest {

    @Test
    void theWindowRuleIsSilentOnALossTimes1e12th() {
        double[] loss = IntStream.range(0, 400)
                .mapToDouble(i -> (2 + 0.01 * Math.sin(i)) * (i == 300 ? 1000 : 1))
                .toArray();
        assertThat(WindowRule.flagged(loss)).containsExactly(300);
        // its deviation lies below 1e-10: finding 6 of the field
        assertThat(WindowRule.flagged(Arrays.stream(loss).map(v -> v * 1e-12).toArray()))
                .isEmpty();
    }

    @Test
    void aRiseOfAHundredTimesHasItsBeginAndItsPeak() {
        double[] y = IntStream.range(0, 300)
                .mapToDouble(i -> i < 100 ? -3 : i < 110 ? -3 + 0.25 * (i - 99) : -3)
                .toArray();
        // above twice the low from 101 on (0.5 decades), highest at 109 (2.5 decades)
        assertThat(Benchmark.hundredfold(y)).singleElement().isEqualTo(new int[] {101, 109});
    }

    @Test
    void aSeedGivesTheSameRunEveryTime() {
        var first = Corpus.of(adamscope.diagnosis.Cause.DIVERGENCE_REGIME, 5, 1).getFirst();
        var second =
                Corpus.of(adamscope.diagnosis.Cause.DIVERGENCE_REGIME, 5, 1).getFirst();
        assertThat(second.log().table().numbers("loss"))
                .isEqualTo(first.log().table().numbers("loss"));
    }

    @Test
    @Tag("slow")
    void theTestHalfIsNamedRightly() {
        Benchmark benchmark = Benchmark.of(Corpus.Half.TEST, 40);
        java.util.Map.of(
                        Confusion.Logged.ALL, 0.92,
                        Confusion.Logged.NORMS, 0.85,
                        Confusion.Logged.USUAL, 0.80,
                        Confusion.Logged.LOSS, 0.50)
                .forEach((logged, bar) -> assertThat(
                                benchmark.confusions().get(logged).macroRecall())
                        .as(logged.name())
                        .isGreaterThanOrEqualTo(bar));
        assertThat(benchmark.ours().recall()).isGreaterThanOrEqualTo(0.95);
        assertThat(benchmark.ours().falseAlarms())
                .isLessThanOrEqualTo(benchmark.others().falseAlarms());
    }
}
