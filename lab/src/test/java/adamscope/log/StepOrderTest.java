package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.log.Series.Points;
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
    void twoRunsMixedRowByRowAreToldApart() {
        long[] steps = LongStream.range(0, 200).map(i -> i / 2).toArray();
        StepOrder.Settled settled = StepOrder.settle(rows(steps));
        assertThat(settled.runs()).hasSize(2);
        assertThat(settled.runs().get(0).values()).startsWith(0, 2, 4);
        assertThat(settled.runs().get(1).values()).startsWith(1, 3, 5);
        assertThat(settled.what()).get().asString().contains("2 runs mixed in one file");
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
