package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpaceTest {

    @Test
    void theFirstAxisVariesFastest() {
        Space space =
                new Space(List.of(new Axis("a", 0, 2, 3, Axis.Spacing.LINEAR), new Listed("b", List.of(7.0, 5.0))), 0);
        Map<String, double[]> at = space.at(LongStream.range(0, space.points()).toArray());
        assertThat(at.get("a")).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(at.get("b")).containsExactly(7, 7, 7, 5, 5, 5);
    }

    @Test
    void aPointLiesWhereItsNumberSaysWhateverElseIsAsked() {
        Space space = new Space(
                List.of(
                        new Sampled("a", 1e-4, 1e-1, Axis.Spacing.LOG),
                        new Listed("b", List.of(7.0, 5.0)),
                        new Sampled("c", 0.5, 0.999, Axis.Spacing.ONE_MINUS_LOG)),
                64);
        Map<String, double[]> all = space.at(LongStream.range(0, 128).toArray());
        long[] some = {101, 3, 64};
        Map<String, double[]> few = space.at(some);
        for (String name : List.of("a", "b", "c")) {
            assertThat(few.get(name))
                    .isEqualTo(Arrays.stream(some)
                            .mapToDouble(point -> all.get(name)[(int) point])
                            .toArray());
        }
    }

    /// The first points of the sequence in two dimensions [Sobol 1967; Joe & Kuo 2008].
    @Test
    void sampledCoordinatesFollowTheSobolSequence() {
        Space space = new Space(
                List.of(new Sampled("a", 0, 1, Axis.Spacing.LINEAR), new Sampled("b", 0, 1, Axis.Spacing.LINEAR)), 8);
        Map<String, double[]> at = space.at(LongStream.range(0, 8).toArray());
        assertThat(at.get("a")).containsExactly(0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125);
        assertThat(at.get("b")).containsExactly(0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625);
    }

    /// A quarter of π from 4,096 points: chance would be off by 0.0064 · √(π/4·(1−π/4)) · 100 % in one of three cases.
    @Test
    void aSampleFillsThePlaneMoreEvenlyThanChance() {
        Space space = new Space(
                List.of(new Sampled("a", 0, 1, Axis.Spacing.LINEAR), new Sampled("b", 0, 1, Axis.Spacing.LINEAR)),
                4096);
        Map<String, double[]> at = space.at(LongStream.range(0, 4096).toArray());
        long inside = LongStream.range(0, 4096)
                .filter(i -> Math.hypot(at.get("a")[(int) i], at.get("b")[(int) i]) < 1)
                .count();
        assertThat(inside / 4096.0).isCloseTo(Math.PI / 4, within(0.001)); // one over n, times a few
    }

    @Test
    void everyTileOfASizeHoldsItsPointsOnce() {
        long[] seen = new long[1000];
        Tile.all(1000, 96).forEachRemaining(tile -> Arrays.stream(tile.points()).forEach(p -> seen[(int) p]++));
        assertThat(seen).containsOnly(1);
    }

    @Test
    void mistakesAreNamed() {
        Axis a = new Axis("a", 0, 1, 3, Axis.Spacing.LINEAR);
        assertThatThrownBy(() -> new Space(List.of(), 0)).hasMessageContaining("no axis");
        assertThatThrownBy(() -> new Space(List.of(a, a), 0)).hasMessageContaining("two axes are called a");
        assertThatThrownBy(() -> new Space(List.of(a), 4)).hasMessageContaining("samples = 4");
        assertThatThrownBy(() -> new Space(List.of(new Sampled("b", 0, 1, Axis.Spacing.LINEAR)), 0))
                .hasMessageContaining("samples = 0");
        assertThatThrownBy(() -> new Listed("b", List.of(1.0))).hasMessageContaining("1 values given");
        assertThatThrownBy(() -> new Listed("b", List.of(1.0, Double.NaN))).hasMessageContaining("not finite");
        assertThatThrownBy(() -> new Listed("b", List.of(1.0, 1.0))).hasMessageContaining("twice");
        assertThatThrownBy(() -> new Space(
                        List.of(
                                new Axis("a", 0, 1, 1_000_000, Axis.Spacing.LINEAR),
                                new Axis("b", 0, 1, 1_000_000, Axis.Spacing.LINEAR)),
                        0))
                .hasMessageContaining("1.00e+12 points");
    }
}
