package adamscope.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.formula.Derivative;
import adamscope.formula.Evaluation;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.RuleReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ClosedMapTest {
    static final List<String> NAMES = Catalogue.NAMES;

    private static Map<String, Double> somewhere(Recurrence map, Map<String, Double> hyper) {
        Map<String, Double> at = new HashMap<>(hyper);
        at.put("t", 7.0);
        for (int c = 0; c < map.components().size(); c++) {
            at.put(map.components().get(c).name(), 0.31 + 0.05 * c);
        }
        return at;
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void derivedJacobiansAgreeWithCentralDifferences(String name) {
        var rule = Catalogue.shipped(name);
        Recurrence map = ClosedMap.of(rule, FormulaObjective.read("x^4/4 + x*y + y^2/2"), ClosedMap.Start.ZERO);
        Map<String, Double> at = somewhere(map, rule.values(Map.of("lr", 0.1)));
        double h = 1e-6;
        for (Component row : map.components()) {
            for (Component column : map.components()) {
                Map<String, Double> up = new HashMap<>(at);
                Map<String, Double> down = new HashMap<>(at);
                up.merge(column.name(), h, Double::sum);
                down.merge(column.name(), -h, Double::sum);
                double difference =
                        (Evaluation.value(row.next(), up::get) - Evaluation.value(row.next(), down::get)) / (2 * h);
                double derived = Evaluation.value(Derivative.of(row.next(), column.name()), at::get);
                // h²·(third derivative) ≈ 1e-12·10, and rounding 1e-16/h = 1e-10
                assertThat(derived)
                        .as("%s: d %s / d %s", name, row.name(), column.name())
                        .isCloseTo(difference, within(1e-8 * Math.max(1, Math.abs(difference))));
            }
        }
    }

    @Test
    void normsAreTakenOverAllCoordinates() {
        var rule = RuleReader.read("n.opt", "optimizer n hyper lr = 1 x <- x - lr*g/norm(g)");
        Recurrence map = ClosedMap.of(rule, FormulaObjective.read("3*x + 4*y"), ClosedMap.Start.ZERO);
        Map<String, Double> at = Map.of("x", 0.0, "y", 0.0, "lr", 1.0);
        assertThat(Evaluation.value(map.components().get(0).next(), at::get)).isEqualTo(-0.6);
        assertThat(Evaluation.value(map.components().get(1).next(), at::get)).isEqualTo(-0.8);
    }

    @Test
    void aWarmStartHoldsTheGradientInItsAverages() {
        Recurrence map =
                ClosedMap.of(Catalogue.shipped("adam"), FormulaObjective.read("x^4/4"), ClosedMap.Start.GRADIENT);
        Map<String, Double> at = Map.of("x", 2.0);
        assertThat(Evaluation.value(map.components().get(1).start(), at::get)).isEqualTo(8);
        assertThat(Evaluation.value(map.components().get(2).start(), at::get)).isEqualTo(64);
    }

    @Test
    void namesThatTheRuleUsesAndMatrixRulesAreRefused() {
        assertThatThrownBy(() ->
                        ClosedMap.of(Catalogue.shipped("adam"), FormulaObjective.read("m^2/2"), ClosedMap.Start.ZERO))
                .hasMessageContaining("'m' is a name of the optimizer adam");
        var muon = RuleReader.read("m.opt", "optimizer m hyper lr = 1 x <- x - lr*orthogonalize(g)");
        assertThatThrownBy(() -> ClosedMap.of(muon, FormulaObjective.read("x^2/2"), ClosedMap.Start.ZERO))
                .hasMessageContaining("needs a matrix");
    }
}
