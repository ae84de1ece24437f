package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegimeBorderTest {
    private static final Axis BETA1 = new Axis("beta1", 0, 0.99, 5, Axis.Spacing.LINEAR);
    private static final Axis BETA2 = new Axis("beta2", 0.01, 0.99, 5, Axis.Spacing.LINEAR);

    private static List<RegimeBorder> borders(String rule, Map<String, Double> values, String objective, Axis x) {
        OptimizerRule found = Catalogue.shipped(rule);
        Map<String, Double> all = new HashMap<>(found.values(Map.of()));
        all.putAll(values);
        return RegimeBorder.of(found, all, FormulaObjective.read(objective), x, BETA2);
    }

    /// Theorem 4.1 for k = 4: β₁ = β₂, and β₁ = β₂^(3/4).
    @Test
    void theBordersOfAdamOnAQuarticAreThoseOfTheTheorem() {
        List<RegimeBorder> borders = borders("adam", Map.of("eps", 0.0), "x^4/4", BETA1);
        assertThat(borders).hasSize(2);
        for (int i = 0; i < borders.getFirst().y().length; i++) {
            double beta2 = borders.getFirst().y()[i];
            assertThat(borders.getFirst().x()[i]).isCloseTo(beta2, within(1e-9));
            assertThat(borders.getLast().x()[i]).isCloseTo(Math.pow(beta2, 0.75), within(1e-9));
        }
    }

    @Test
    void thereAreNoneWhereTheTheoremDoesNotHold() {
        Map<String, Double> without = Map.of("eps", 0.0);
        assertThat(borders("adam", Map.of(), "x^4/4", BETA1)).isEmpty();
        assertThat(borders("adam", without, "x^2/2", BETA1)).isEmpty();
        assertThat(borders("adam", without, "x^4/4", new Axis("lr", 0.01, 0.1, 5, Axis.Spacing.LINEAR)))
                .isEmpty();
        assertThat(borders("nadam", without, "x^4/4", BETA1)).isEmpty();
    }
}
