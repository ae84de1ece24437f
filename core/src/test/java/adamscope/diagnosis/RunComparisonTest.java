package adamscope.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.linear.CountedNormal;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
    private static final int ROWS = 1000;

    @Test
    void risesAtEqualStepsUnderAnotherRateAreTheDataOfTheseSteps() {
        Diagnosis one = run("one", 2, 1, Set.of(200, 500, 800), Map.of("lr", 1e-3));
        Diagnosis other = run("other", 3, 1, Set.of(200, 500, 800), Map.of("lr", 3e-3));
        RunComparison comparison = RunComparison.of(List.of(one, other));
        RunPair pair = comparison.pairs().getFirst();
        assertThat(pair.verdict()).isEqualTo(RunPair.RiseComparison.EQUAL_STEPS);
        assertThat(pair.shared()).containsExactly(200L, 500L, 800L);
        // Half of the noise is common: correlation 1/2.
        assertThat(pair.correlation()).isBetween(0.4, 0.6);
        assertThat(comparison.differences()).containsExactly(Map.entry("lr", List.of(1e-3, 3e-3)));
        assertThat(comparison.says())
                .anyMatch(s -> s.contains("3 of 3 rises of one are at steps at which other rises"));
        assertThat(comparison.applied(List.of(one, other)).getFirst().events()).allSatisfy(rise -> {
            assertThat(rise.cause()).isEqualTo(Cause.BAD_BATCH);
            assertThat(rise.first().evidence().getFirst()).isEqualTo("other rises at the same step");
        });
    }

    @Test
    void risesAtDifferentStepsOnTheSameBatchesAreNotTheData() {
        Diagnosis one = run("one", 2, 1, Set.of(200, 500, 800), Map.of());
        Diagnosis other = run("other", 3, 1, Set.of(300, 600), Map.of());
        RunComparison comparison = RunComparison.of(List.of(one, other));
        assertThat(comparison.pairs()).allMatch(pair -> pair.verdict() == RunPair.RiseComparison.DIFFERENT_STEPS);
        assertThat(comparison.applied(List.of(one, other)).getFirst().events())
                .allMatch(rise -> rise.cause() != Cause.BAD_BATCH);
    }

    @Test
    void risesAtDifferentStepsOnOtherBatchesSayNothing() {
        Diagnosis one = run("one", 2, 1, Set.of(200, 500, 800), Map.of());
        Diagnosis other = run("other", 3, 4, Set.of(300, 600), Map.of());
        RunComparison comparison = RunComparison.of(List.of(one, other));
        RunPair pair = comparison.pairs().getFirst();
        // independent noise: within three deviations 1/√1000 of 0
        assertThat(pair.correlation()).isCloseTo(0, within(0.1));
        assertThat(pair.verdict()).isEqualTo(RunPair.RiseComparison.NOT_COMPARABLE);
        assertThat(comparison.applied(List.of(one, other))).containsExactly(one, other);
    }

    @Test
    void runsThatAgreeAtFirstPartInTheQuantityAndAtTheStepThatChangedFirst() {
        IntToDoubleFunction lr = i -> i < 300 ? 1e-3 : 2e-3;
        Diagnosis one = of("one", Map.of(), Map.of(Quantity.LOSS, i -> noise(1, i), Quantity.LR, i -> 1e-3));
        Diagnosis other = of(
                "other", Map.of(), Map.of(Quantity.LOSS, i -> noise(1, i) * (i > 300 ? 1 + 1e-9 : 1), Quantity.LR, lr));
        RunPair pair = RunComparison.of(List.of(one, other)).pairs().getFirst();
        assertThat(pair.agreed()).isTrue();
        assertThat(pair.partings())
                .containsExactly(
                        new Parting(Quantity.LR, 300, 1e-3, 2e-3, true),
                        new Parting(Quantity.LOSS, 301, noise(1, 301), noise(1, 301) * (1 + 1e-9), true));
        RunPair itself = RunComparison.of(List.of(one, of("again", Map.of(), Map.of(Quantity.LOSS, i -> noise(1, i)))))
                .pairs()
                .getFirst();
        assertThat(itself.partings()).isEmpty();
        assertThat(itself.says(false)).contains("the two agree to the last digit in all that both logged");
    }

    @Test
    void aRunHeldAgainstACalmOneTellsWhatWasHigherBeforeItRose() {
        Diagnosis spiking = of(
                "spiking",
                Map.of("beta2", 0.999),
                Map.of(
                        Quantity.LOSS, i -> noise(1, i) * (i >= 600 && i < 640 ? 8 : 1),
                        Quantity.GRADIENT_NORM, i -> i < 400 ? 1 : 3));
        Diagnosis calm = of(
                "calm", Map.of("beta2", 0.95), Map.of(Quantity.LOSS, i -> noise(1, i), Quantity.GRADIENT_NORM, _ -> 1));
        RunComparison comparison = RunComparison.against(List.of(spiking), calm);
        RunPair pair = comparison.pairs().getFirst();
        assertThat(pair.before()).singleElement().satisfies(ratio -> {
            assertThat(ratio.quantity()).isEqualTo(Quantity.GRADIENT_NORM);
            assertThat(ratio.factor()).isCloseTo(3, within(1e-12));
        });
        assertThat(pair.partings().getFirst().quantity()).isEqualTo(Quantity.GRADIENT_NORM);
        assertThat(pair.partings().getFirst().step()).isEqualTo(400);
        assertThat(comparison.differences()).containsEntry("beta2", List.of(0.999, 0.95));
    }

    @Test
    void runsOfOneNameAreToldApartAndOneRunIsNotCompared() {
        Diagnosis one = run("train.csv", 2, 1, Set.of(), Map.of());
        assertThat(RunComparison.of(List.of(one, one)).names()).containsExactly("train.csv", "train.csv (2)");
        assertThatThrownBy(() -> RunComparison.of(List.of(one)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 runs");
    }

    /// A loss whose noise is half its own, half that of the batches.
    private static Diagnosis run(String name, long own, long batches, Set<Integer> rises, Map<String, Double> hyper) {
        return of(
                name,
                hyper,
                Map.of(
                        Quantity.LOSS,
                        i -> Math.sqrt(noise(own, i) * noise(batches, i)) * (rises.contains(i) ? 1.6 : 1)));
    }

    private static Diagnosis of(String name, Map<String, Double> hyper, Map<String, IntToDoubleFunction> quantities) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers("step", "", LongStream.range(0, ROWS).toArray()));
        new TreeMap<>(quantities)
                .forEach((quantity, value) -> columns.add(new Column.Numbers(
                        quantity,
                        "",
                        IntStream.range(0, ROWS).mapToDouble(value).toArray())));
        RunLog log = RunLog.of(name, new Table("made", columns), hyper);
        return Diagnosis.of(log, Circumstances.of(log));
    }

    private static double noise(long seed, int i) {
        return 2 * Math.exp(0.02 * CountedNormal.number(seed, i));
    }
}
