package adamscope.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.linear.CountedNormal;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeriesRisesTest {
    private static final int ROWS = 1000;

    @Test
    void aGradientThatRisesWithoutTheLossIsTold() {
        SeriesRises gradient = only(Quantity.GRADIENT_NORM, i -> noisy(i) * (i == 400 || i == 700 ? 40 : 1));
        assertThat(gradient.events()).isEqualTo(2);
        // the loss rises at 700 too
        assertThat(gradient.alone()).isEqualTo(1);
        assertThat(Math.pow(10, gradient.furthest().height())).isCloseTo(40, within(4.0));
        assertThat(gradient.sentence("epoch")).contains("at epoch 4", "1 of them without a rise of the loss");
    }

    @Test
    void aTermOfTheLossThatRisesIsToldByItsName() {
        assertThat(only(Quantity.ofGroup(Quantity.LOSS, "boundary"), i -> noisy(i) * (i >= 300 && i < 330 ? 5 : 1))
                        .quantity())
                .isEqualTo("loss/boundary");
    }

    @Test
    void halvingsOfTheLossScaleInARowAreOneFallAndItsGrowthIsNone() {
        SeriesRises scale = only(
                Quantity.LOSS_SCALE,
                i -> i < 200 ? 65536 : i < 500 ? 131072 : i == 500 ? 65536 : i == 501 ? 32768 : i < 800 ? 16384 : 8192);
        // those of 500 to 502, and that of 800
        assertThat(scale.events()).isEqualTo(2);
        assertThat(scale.furthest().onset()).isEqualTo(500);
        assertThat(scale.furthest().height()).isCloseTo(Math.log10(16384.0 / 131072), within(1e-12));
    }

    @Test
    void whatLiesAcrossAGapIsNotNear() {
        long[] steps = {0, 1, 2, 3, 4, 5, 6, 7, 8, 5000, 9000, 9001, 9002};
        double[] scale = {8, 8, 8, 8, 8, 8, 8, 8, 8, 2, 8, 8, 8};
        RunLog log = RunLog.of(
                "run",
                new Table(
                        "run",
                        List.of(
                                new Column.Integers(Quantity.STEP, "steps", steps),
                                new Column.Numbers(Quantity.LOSS_SCALE, "", scale))),
                Map.of());
        List<SpikeEvent> loss = List.of(new SpikeEvent(9001, 9001, java.util.OptionalLong.of(9002), 1, 5, 0));
        assertThat(SeriesRises.of(log, loss).getFirst().sentence("step"))
                .contains("at step 5000", "without a rise of the loss");
    }

    @Test
    void aCalmSeriesAndTheLearningRateAreNotTold() {
        assertThat(SeriesRises.of(
                        log(Map.of(
                                Quantity.STEP_NORM, SeriesRisesTest::noisy, Quantity.LR, i -> i < 100 ? 1e-3 : 1e-2)),
                        List.of()))
                .isEmpty();
    }

    @Test
    void quantitiesThatAreNotSearchedAreCounted() {
        Map<String, IntToDoubleFunction> many = new TreeMap<>();
        IntStream.range(0, 201).forEach(i -> many.put("quantity" + i, SeriesRisesTest::noisy));
        assertThat(SeriesRises.leftOut(log(many)))
                .hasValueSatisfying(said ->
                        assertThat(said).startsWith("only the first 200 of 201 quantities other than the loss"));
        many.remove("quantity0");
        assertThat(SeriesRises.leftOut(log(many))).isEmpty();
    }

    private static SeriesRises only(String quantity, IntToDoubleFunction values) {
        List<SpikeEvent> loss = List.of(new SpikeEvent(698, 700, java.util.OptionalLong.of(705), 1, 5, 0));
        List<SeriesRises> all = SeriesRises.of(log(Map.of(quantity, values)), loss);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static double noisy(int i) {
        return 1 + 0.02 * CountedNormal.number(3, i);
    }

    private static RunLog log(Map<String, IntToDoubleFunction> columns) {
        List<Column> all = new ArrayList<>();
        all.add(new Column.Integers(
                Quantity.STEP, "steps", LongStream.range(0, ROWS).toArray()));
        new TreeMap<>(columns)
                .forEach((name, values) -> all.add(new Column.Numbers(
                        name, "", IntStream.range(0, ROWS).mapToDouble(values).toArray())));
        return RunLog.of("run", new Table("run", all), Map.of());
    }
}
