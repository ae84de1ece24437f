package adamscope.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.table.Column;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LossShapeTest {
    private static final int STEPS = 1000;

    private static LossShape shape(IntToDoubleFunction loss) {
        Table table = new Table(
                "run",
                java.util.List.of(
                        new Column.Integers(
                                "step", "steps", LongStream.range(0, STEPS + 1).toArray()),
                        new Column.Numbers(
                                "loss",
                                "loss",
                                IntStream.rangeClosed(0, STEPS)
                                        .mapToDouble(loss)
                                        .toArray())));
        return LossShape.of(table);
    }

    @Test
    void aFallingLossHasNeitherSpikesNorTurns() {
        LossShape run = shape(t -> Math.pow(10, -t / 500.0));
        assertThat(run.spikes(0.1, 0)).isZero();
        assertThat(run.tallest(0)).isZero();
        assertThat(run.turns(0, STEPS)).isZero();
        assertThat(run.firstBelow(0.1)).isEqualTo(501);
        assertThat(run.decadesTo(run.lowest())).isCloseTo(2, within(1e-12)); // 1,000/500
    }

    @Test
    void spikesAreCountedByHeightAndOnset() {
        // rises by three decades at 300 and by two at 700, each gone after ten steps
        LossShape run = shape(t -> 1e-4 * (t >= 300 && t < 310 ? 1000 : t >= 700 && t < 710 ? 100 : 1));
        assertThat(run.spikes(1, 0)).isEqualTo(2);
        assertThat(run.spikes(1, 500)).isEqualTo(1);
        assertThat(run.spikes(2.5, 0)).isEqualTo(1);
        assertThat(run.tallest(500)).isCloseTo(2, within(1e-12));
        assertThat(run.roughness(500)).isCloseTo(1000 * 2 / 500.0, within(1e-9));
        assertThat(run.median(0)).isEqualTo(1e-4);
    }

    @Test
    void aLossThatAlternatesTurnsAtEveryStep() {
        assertThat(shape(t -> t % 2 == 0 ? 1 : 2).turns(0, STEPS)).isEqualTo(1);
    }

    @Test
    void aLossThatIsNoNumberIsNoSmallLoss() {
        LossShape run = shape(t -> t < 400 ? 1 : Double.NaN);
        assertThat(run.median(500)).isInfinite();
        assertThat(run.mean(500)).isInfinite();
        assertThat(run.lowest()).isEqualTo(1);
    }

    @Test
    void theDensityOfASpectrumIntegratesToOne() {
        HessianSpectrum spectrum = new HessianSpectrum(new double[] {-0.2, 0, 0.1}, new double[] {0.1, 0.7, 0.2});
        var line = (adamscope.figure.Mark.Line) spectrum.density("", 1);
        double width = line.x()[1] - line.x()[0];
        double sum = Arrays.stream(line.y()).filter(y -> !Double.isNaN(y)).sum() * width;
        assertThat(sum).isCloseTo(1, within(2e-6)); // densities below 1e-6 are cut off, over a length of 2
        assertThat(spectrum.within(0.1)).isCloseTo(0.9, within(1e-12));
    }
}
