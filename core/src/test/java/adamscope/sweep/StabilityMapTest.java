package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StabilityMapTest {
    private static StabilityMap adam(int points) {
        return new StabilityMap(
                Catalogue.shipped("adam"),
                FormulaObjective.power(4),
                Map.of("lr", 1e-3, "eps", 0.0),
                Axis.read("beta1=1e-4:0.99:" + points + ":log"),
                Axis.read("beta2=0.003:0.99:" + points + ":log"),
                List.of(1.0));
    }

    @Test
    void aMapOf160000CellsAgreesWithTheClosedForms() {
        Table cells = adam(400).run().cells();
        double[] beta1 = cells.numbers("beta1");
        double[] beta2 = cells.numbers("beta2");
        double[] radius = cells.numbers("spectralRadius");
        int wrong = 0;
        for (int cell = 0; cell < cells.rows(); cell++) {
            PowerLawTheory theory = new PowerLawTheory(4, beta1[cell], beta2[cell]);
            boolean found = !Double.isNaN(radius[cell]);
            if (found != theory.exists() || found && Math.abs(radius[cell] / theory.spectralRadius() - 1) > 1e-8) {
                wrong++;
            }
        }
        assertThat(wrong).isZero();
    }

    @Test
    void theCurvesAreThoseOfTheTheory() {
        Table curves = adam(120).run().curves();
        double[] beta1 = curves.numbers("beta1");
        double[] beta2 = curves.numbers("beta2");
        List<String> kinds = curves.words("kind");
        assertThat(new java.util.TreeSet<>(kinds)).containsExactly("existence", "flip", "rotation");
        for (int i = 0; i < curves.rows(); i++) {
            PowerLawTheory theory = new PowerLawTheory(4, 0, beta2[i]);
            // existence: the fixed point runs away to infinity there and is lost at about 1e-6 of the border
            switch (kinds.get(i)) {
                case "flip" -> assertThat(beta1[i]).isCloseTo(theory.flipBoundary(), within(1e-8));
                case "rotation" -> assertThat(beta1[i]).isCloseTo(theory.stabilityBoundary(), within(1e-8));
                case "existence" -> assertThat(beta1[i]).isCloseTo(theory.existenceBoundary(), within(1e-5));
                default -> throw new AssertionError(kinds.get(i));
            }
        }
        // the two curves of stability meet at β₂ = (2 − √3)⁴, below which nothing is stable (theory 4.4)
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < curves.rows(); i++) {
            lowest = kinds.get(i).equals("existence") ? lowest : Math.min(lowest, beta2[i]);
        }
        assertThat(lowest).isCloseTo(Math.pow(2 - Math.sqrt(3), 4), within(1e-4));
    }

    @Test
    void onAQuadraticTheFixedPointIsTheRulesOwn() {
        StabilityMap map = new StabilityMap(
                Catalogue.shipped("heavy-ball"),
                FormulaObjective.read("x^2/2"),
                Map.of(),
                Axis.read("lr=0.13:4.07:40"),
                Axis.read("beta1=0:0.95:40"),
                List.of(1.0));
        StabilityMap.Result result = map.run();
        double[] lr = result.cells().numbers("lr");
        double[] beta1 = result.cells().numbers("beta1");
        for (int cell = 0; cell < lr.length; cell++) {
            // theory 3.1: stable below lr = 2 + 2β₁, a flip beyond
            assertThat(result.cells().words("regime").get(cell))
                    .isEqualTo(lr[cell] < 2 + 2 * beta1[cell] ? "stable" : "flip");
        }
        double[] x = result.curves().numbers("lr");
        double[] y = result.curves().numbers("beta1");
        assertThat(x.length).isGreaterThan(50);
        for (int i = 0; i < x.length; i++) {
            assertThat(x[i]).isCloseTo(2 + 2 * y[i], within(1e-8));
        }
    }

    @Test
    void aRuleWithoutScaleSymmetryIsRefused() {
        StabilityMap map = new StabilityMap(
                Catalogue.shipped("adam"),
                FormulaObjective.power(4),
                Map.of("lr", 1e-3, "eps", 1e-8),
                Axis.read("beta1=0:0.9:10"),
                Axis.read("beta2=0.1:0.9:10"),
                List.of(1.0));
        assertThatThrownBy(map::run).hasMessageContaining("it has one with eps = 0");
    }

    /// exp(−x) has no critical point. At 0 the curvature of x³ vanishes, so that a multiplier of gradient
    /// descent with momentum is 1. At that of x²/2 + x³ they are those of x²/2: −1 at lr = 2(1 + β₁).
    @ParameterizedTest
    @CsvSource({
        "exp(-x), no fixed point",
        "1/(1 + exp(-x)), no fixed point",
        "x^3, marginal",
        "x^2/2 + x^3, stable flip"
    })
    void whereNoFixedPointIsOrItsMultipliersDoNotTellIsSaid(String objective, String regimes) {
        Table cells = new StabilityMap(
                        Catalogue.shipped("heavy-ball"),
                        FormulaObjective.read(objective),
                        Map.of(),
                        Axis.read("lr=0.1:4.1:5"),
                        Axis.read("beta1=0.1:0.9:5"),
                        List.of(1.0))
                .run()
                .cells();
        for (int cell = 0; cell < cells.rows(); cell++) {
            String expected = regimes;
            if (regimes.contains(" flip")) {
                boolean stable = cells.numbers("lr")[cell] < 2 * (1 + cells.numbers("beta1")[cell]);
                expected = stable ? "stable" : "flip";
            }
            assertThat(cells.words("regime").get(cell)).isEqualTo(expected);
        }
    }

    /// Of x²/2 the multipliers of gradient descent with β₁ = 0 are 0 and 1 − lr: −1 at lr = 2.
    @Test
    void aCellOnABorderIsMarginalAndTheBorderPassesThere() {
        StabilityMap.Result found = new StabilityMap(
                        Catalogue.shipped("heavy-ball"),
                        FormulaObjective.read("x^2/2"),
                        Map.of(),
                        Axis.read("lr=0.5:4:8"),
                        Axis.read("beta1=0:0.9:10"),
                        List.of(1.0))
                .run();
        assertThat(found.cells().words("regime").subList(0, 8))
                .containsExactly("stable", "stable", "stable", "marginal", "flip", "flip", "flip", "flip");
        double[] lr = found.curves().numbers("lr");
        double[] beta1 = found.curves().numbers("beta1");
        assertThat(found.curves().words("kind")).isNotEmpty().containsOnly("flip");
        for (int i = 0; i < lr.length; i++) {
            assertThat(lr[i]).isCloseTo(2 + 2 * beta1[i], within(1e-8)); // Newton's residual on a line
        }
    }
}
