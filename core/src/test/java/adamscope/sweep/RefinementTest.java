package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RefinementTest {

    private static Refinement refined(Axis x, Axis y, String boundary, LongFunction<String> outcome) {
        Refinement refinement = new Refinement(x, y, boundary);
        for (long[] points = refinement.wanted(); points.length > 0; points = refinement.wanted()) {
            refinement.take(points, Arrays.stream(points).mapToObj(outcome).toList());
        }
        return refinement;
    }

    private static List<String> everywhere(Axis x, Axis y, LongFunction<String> outcome) {
        return LongStream.range(0, (long) x.points() * y.points())
                .mapToObj(outcome)
                .toList();
    }

    /// Theorem 4.1 (ii) of the degenerate case with k = 4: stable where β₁ < β₂.
    @Test
    void aMillionCellsOfTheQuarticsBoundaryCostLessThanATenthOfThem() {
        Axis beta1 = new Axis("beta1", 0.003, 0.99, 1024, Axis.Spacing.LINEAR);
        Axis beta2 = new Axis("beta2", 0.01, 0.9850, 1024, Axis.Spacing.LINEAR);
        LongFunction<String> theory = point -> {
            PowerLawTheory at =
                    new PowerLawTheory(4, beta1.value((int) (point % 1024)), beta2.value((int) (point / 1024)));
            return at.regime().name();
        };
        Refinement refinement = refined(beta1, beta2, Refinement.ANY, theory);
        assertThat(refinement.pointsRun()).isLessThan(1024 * 1024 / 10);
        assertThat(refinement.picture().words("outcome")).isEqualTo(everywhere(beta1, beta2, theory));
    }

    @Test
    void areaAndPositionOfADiscAreWithinTheirErrorBars() {
        Axis x = new Axis("a", -1.5, 1.5, 301, Axis.Spacing.LINEAR);
        Axis y = new Axis("b", -1.5, 1.5, 301, Axis.Spacing.LINEAR);
        LongFunction<String> disc = point -> {
            String word = Math.hypot(x.value((int) (point % 301)), y.value((int) (point / 301))) < 1 ? "in" : "out";
            return word;
        };
        Refinement refinement = refined(x, y, Refinement.ANY, disc);
        assertThat(refinement.picture().words("outcome")).isEqualTo(everywhere(x, y, disc));
        Table areas = refinement.areas();
        double cell = 3.0 / 300; // the plane reaches half a cell beyond its outermost points
        double expected = Math.PI / Math.pow(3 + cell, 2);
        assertThat(areas.words("outcome")).containsExactly("in", "out");
        assertThat(areas.numbers("area")[0]).isCloseTo(expected, within(areas.numbers("areaBound")[0]));
        // neighbouring rows err alike, so three standard errors
        assertThat(areas.numbers("area")[0]).isCloseTo(expected, within(3 * areas.numbers("areaError")[0]));
        Table boundary = refinement.boundary();
        for (int i = 0; i < boundary.rows(); i++) {
            double b = boundary.numbers("b")[i];
            assertThat(Math.abs(boundary.numbers("a")[i]))
                    .isCloseTo(Math.sqrt(1 - b * b), within(boundary.numbers("aError")[i] + 1e-12)); // rounding
        }
    }

    @Test
    void aRefinedPlaneOfRunsIsThatOfAllRuns() {
        Axis beta1 = new Axis("beta1", 0.0123, 0.98, 96, Axis.Spacing.LINEAR);
        // above beta2 = 0.87 runs of this length leave islands of a single cell, which a coarse grid cannot see
        Axis beta2 = new Axis("beta2", 0.0717, 0.87, 80, Axis.Spacing.LINEAR);
        FormulaSweep sweep = new PhaseSweep(
                        new Iteration(
                                Catalogue.shipped("adam-uncorrected"),
                                FormulaObjective.read("x^4/4"),
                                Map.of("lr", 1e-3, "eps", 0.0),
                                List.of(1.0),
                                ClosedMap.Start.GRADIENT,
                                Arithmetic.SCALED),
                        beta1,
                        beta2,
                        10_000)
                .toSweep();
        List<String> all = new LocalEngine(2).table(sweep, _ -> {}, () -> false).words("outcome");
        Refinement refinement = refined(beta1, beta2, "converged", point -> all.get((int) point));
        assertThat(refinement.picture().words("outcome"))
                .isEqualTo(all.stream()
                        .map(word -> word.equals("converged") ? word : "other")
                        .toList());
        assertThat(refinement.pointsRun()).isLessThan(96 * 80 / 2); // the boundary is long beside so small a plane
    }
}
