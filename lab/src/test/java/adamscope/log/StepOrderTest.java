package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.log.LoggedSeries.Points;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StepOrderTest {

    /// Values are the positions in the file.
    private static Points rows(long... steps) {
        return new Points(
                steps, IntStream.range(0, steps.length).asDoubleStream().toArray());
    }

    private static long[] joined(LongStream... parts) {
        return Arrays.stream(parts).flatMapToLong(part -> part).toArray();
    }

    @Test
    void aResumedRunReplacesWhatItRepeats() {
        Points points = rows(joined(LongStream.rangeClosed(1, 60), LongStream.rangeClosed(51, 100)));
        StepOrder.Settled settled = StepOrder.settle(points);
        assertThat(settled.runs()).hasSize(1);
        assertThat(settled.runs().getFirst().steps())
                .isEqualTo(LongStream.rangeClosed(1, 100).toArray());
        assertThat(settled.runs().getFirst().values()[50]).isEqualTo(60); // the first row of the second stretch
        assertThat(settled.what())
                .get()
                .asString()
                .contains("go back once, first to 51")
                .contains("replaced 10");
    }

    @Test
    void aRunThatBeginsAgainIsAnotherRun() {
        StepOrder.Settled settled = StepOrder.settle(rows(joined(LongStream.range(0, 50), LongStream.range(0, 70))));
        assertThat(settled.runs()).extracting(run -> run.steps().length).containsExactly(50, 70);
    }

    @Test
    void twoRunsOnLevelsOfTheirOwnMixedRowByRowAreToldApart() {
        long[] steps = LongStream.range(0, 200).map(i -> i / 2).toArray();
        double[] values = IntStream.range(0, 200)
                .mapToDouble(i -> i % 2 == 0 ? 1 - 0.001 * i : 100 - i)
                .toArray();
        StepOrder.Settled settled = StepOrder.settle(new Points(steps, values));
        assertThat(settled.runs()).hasSize(2);
        assertThat(settled.runs().get(0).values()).startsWith(1, 1 - 0.001 * 2);
        assertThat(settled.runs().get(1).values()).startsWith(99, 97, 95);
        assertThat(settled.what()).get().asString().contains("2 runs mixed in one file");
    }

    @Test
    void valuesOfOneStepThatDifferNoMoreThanStepsDoAreMicroBatchesWhoseMeanCounts() {
        StepOrder.Settled settled = StepOrder.settle(new Points(
                new long[] {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2}, new double[] {4, 5, 6, 5, 4, 3, 5, 4, 3, 2, 4, 3}));
        assertThat(settled.runs()).hasSize(1);
        assertThat(settled.runs().getFirst().steps()).containsExactly(0, 1, 2);
        assertThat(settled.runs().getFirst().values()).containsExactly(5, 4, 3);
    }

    @Test
    void fortyRestartsAreOneRunWithFortySeams() {
        LongStream steps = LongStream.empty();
        for (int restart = 0; restart <= 40; restart++) {
            // Each runs 30 steps, of which the next repeats the last 10.
            steps = LongStream.concat(steps, LongStream.range(20L * restart, 20L * restart + 30));
        }
        StepOrder.Settled settled = StepOrder.settle(rows(steps.toArray()));
        assertThat(settled.runs()).hasSize(1);
        assertThat(settled.runs().getFirst().steps())
                .isEqualTo(LongStream.range(0, 830).toArray());
        assertThat(settled.seams().getFirst()).hasSize(40);
        assertThat(settled.seams().getFirst().get(0).step()).isEqualTo(20);
        assertThat(settled.seams().getFirst().get(0).left()).isEqualTo(29);
    }

    @Test
    void aRunThatIsResumedAndSoonStopsAgainGoesOnFromTheLastRestart() {
        long[] steps = joined(LongStream.range(0, 1000), LongStream.range(500, 600), LongStream.range(500, 2000));
        StepOrder.Settled settled = StepOrder.settle(rows(steps));
        assertThat(settled.runs()).hasSize(1);
        assertThat(settled.runs().getFirst().steps())
                .isEqualTo(LongStream.range(0, 2000).toArray());
        assertThat(settled.runs().getFirst().values()[550]).isEqualTo(1150);
        assertThat(settled.seams().getFirst()).hasSize(1);
    }

    @Test
    void rowsThatRunNothingAgainAreAnotherRun() {
        StepOrder.Settled settled =
                StepOrder.settle(rows(joined(LongStream.range(9000, 9020), LongStream.range(4000, 4020))));
        assertThat(settled.runs()).hasSize(2);
        settled = StepOrder.settle(
                rows(joined(LongStream.range(4000, 4020), LongStream.range(9000, 9020), LongStream.range(6000, 6020))));
        assertThat(settled.runs()).extracting(run -> run.steps().length).containsExactly(40, 20);
    }

    @Test
    void aLateValueIsPutWhereItsStepBelongs() {
        StepOrder.Settled settled = StepOrder.settle(rows(1, 2, 3, 5, 4, 6, 7, 8));
        assertThat(settled.runs().getFirst().steps()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(settled.runs().getFirst().values()).containsExactly(0, 1, 2, 4, 3, 5, 6, 7);
    }

    @Test
    void reversedStepsAreSorted() {
        long[] steps = LongStream.range(0, 100).map(i -> 100 - i).toArray();
        assertThat(StepOrder.settle(rows(steps)).runs().getFirst().steps())
                .isEqualTo(LongStream.rangeClosed(1, 100).toArray());
    }

    @Test
    void repeatedRowsAreDropped() {
        long[] steps = LongStream.range(0, 200).map(i -> i / 2).toArray();
        double[] values = Arrays.stream(steps).asDoubleStream().toArray();
        StepOrder.Settled settled = StepOrder.settle(new Points(steps, values));
        assertThat(settled.runs()).hasSize(1);
        assertThat(settled.what()).get().asString().contains("100 values were dropped, all alike");
    }

    @Test
    void stepsThatStandStillAreNumbered() {
        assertThat(StepOrder.settle(rows(0, 0, 0, 0, 0)).runs().getFirst().steps())
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void stepsAtTheEndsOfTheRangeAreSorted() {
        long[] steps = {Long.MAX_VALUE, Long.MIN_VALUE, 5, 4, 3};
        assertThat(StepOrder.settle(rows(steps)).runs().getFirst().steps()).isSorted();
    }
}
