package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Evaluation;
import adamscope.kernel.Recurrence;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReducedSystemTest {
    private static final OptimizerRule ADAM = Catalogue.shipped("adam-uncorrected");

    private static ReducedSystem reduced(String rule, double degree) {
        OptimizerRule found = Catalogue.shipped(rule);
        Map<String, Double> fixed = found.hyperNames().contains("eps") ? Map.of("eps", 0.0) : Map.of();
        return ReducedSystem.of(found, fixed, PowerLaw.of(degree));
    }

    private static Map<String, Double> stepped(Recurrence map, Map<String, Double> at) {
        Map<String, Double> next = new HashMap<>(at);
        map.components().forEach(c -> next.put(c.name(), Evaluation.value(c.next(), at::get)));
        return next;
    }

    @Test
    void adamsStatesFollowThePowersOfTheTheory() {
        assertThat(reduced("adam", 4).meaning())
                .containsEntry("m", "m/x^(k - 1)")
                .containsEntry("w", "lr*(v/|x|^(2*k - 4))^-0.5");
        assertThat(reduced("gd-exponential", 4).meaning()).containsEntry("w", "lr*s/|x|^(-k + 2)");
    }

    @ParameterizedTest
    @CsvSource({"adam-uncorrected, 4", "adam-uncorrected, 6", "nadam, 4", "rmsprop, 8", "adabelief, 4", "adamax, 4"})
    void theExactSystemIsTheRuleInOtherVariables(String name, int degree) {
        OptimizerRule rule = Catalogue.shipped(name);
        Map<String, Double> values = new HashMap<>(rule.values(Map.of("eps", 0.0, "lr", 0.07)));
        Recurrence raw =
                LongRun.of(ClosedMap.of(rule, FormulaObjective.power(degree), ClosedMap.Start.ZERO), rule.name());
        Recurrence exact = reduced(name, degree).exact();
        Map<String, Double> direct = new HashMap<>(values);
        direct.putAll(Map.of("x", -0.6, "m", -0.1, "v", 0.05, "u", 0.3));
        Map<String, Double> normal = new HashMap<>(values);
        normal.put("degree", (double) degree);
        double size = 0.6;
        boolean maximum = name.equals("adamax");
        normal.put("x", -0.6);
        normal.put("m", -0.1 / -Math.pow(size, degree - 1));
        normal.put("w", 0.07 * Math.pow(size, degree - 2) / (maximum ? 0.3 : Math.sqrt(0.05)));
        for (int step = 0; step < 5; step++) {
            direct = stepped(raw, direct);
            normal = stepped(exact, normal);
        }
        // five steps of some twenty rounded operations
        assertThat(normal.get("x")).isCloseTo(direct.get("x"), within(1e-12));
    }

    @Test
    void gradientDescentWithAGrowingRateIsTheMapOfEquation18() {
        Recurrence limit = ReducedSystem.of(Catalogue.shipped("gd-exponential"), Map.of(), PowerLaw.of(5.5))
                .limit();
        assertThat(limit.components()).hasSize(1);
        double u = 0.3;
        double gamma = 3.7;
        double next = stepped(limit, Map.of("w", u, "factor", gamma, "lr", 0.2, "degree", 5.5))
                .get("w");
        // w' = γ·w·(1 − w)^(k − 2)
        assertThat(next).isCloseTo(gamma * u * Math.pow(1 - u, 3.5), within(1e-15));
    }

    @Test
    void genericMultipliersEqualTheClosedFormsAtTenThousandRandomHyperParameters() {
        int lanes = 10_000;
        Random random = new Random(4);
        double[][] p = new double[3][lanes];
        for (int lane = 0; lane < lanes; lane++) {
            // closer to k = 2 the ratio ρ = β₂^(1/(2(k − 2))) = 1 − wω falls below what a difference from 1 can hold
            p[0][lane] = 2.5 + 9.5 * random.nextDouble();
            p[2][lane] = 0.01 + 0.985 * random.nextDouble();
            // up to 1 - 1e-3 of the existence boundary, where the fixed point runs away to infinity
            double border = new PowerLawTheory(p[0][lane], 0, p[2][lane]).existenceBoundary();
            p[1][lane] = 0.999 * border * random.nextDouble();
        }
        FixedPointGrid found = FixedPointGrid.of(
                reduced("adam-uncorrected", 4),
                Map.of("eps", 0.0, "lr", 1e-3),
                Map.of("degree", p[0], "beta1", p[1], "beta2", p[2]));
        int missed = 0;
        double worst = 0;
        for (int lane = 0; lane < lanes; lane++) {
            PowerLawTheory theory = new PowerLawTheory(p[0][lane], p[1][lane], p[2][lane]);
            if (Double.isNaN(found.ratio()[lane]) || found.ratio()[lane] < 0) {
                missed++;
                continue;
            }
            worst = Math.max(worst, Math.abs(found.radius()[lane] / theory.spectralRadius() - 1));
        }
        assertThat(missed).isZero();
        assertThat(worst).isLessThan(1e-10);
    }

    @Test
    void aRuleWithoutTheSymmetryIsRefusedWithTheReason() {
        PowerLaw law = PowerLaw.of(4);
        assertThatThrownBy(() -> ReducedSystem.of(ADAM, Map.of("eps", 1e-8), law))
                .isInstanceOf(SymmetryException.class)
                .hasMessageContaining("it has one with eps = 0, here eps = 1e-8");
        assertThatThrownBy(() -> ReducedSystem.of(Catalogue.shipped("gd"), Map.of(), law))
                .hasMessageContaining("the step vanishes faster than x");
        assertThatThrownBy(() -> ReducedSystem.of(Catalogue.shipped("signgd"), Map.of(), law))
                .hasMessageContaining("the step does not shrink with x");
        OptimizerRule share = RuleReader.read("share.opt", """
            optimizer share
            hyper lr = 1e-3 in (0, inf)
            x <- x - lr*x
            """);
        assertThatThrownBy(() -> ReducedSystem.of(share, Map.of(), law))
                .hasMessageContaining("x changes by the same factor a step");
        assertThatThrownBy(() -> PowerLaw.of(FormulaObjective.read("x^3/3"))).hasMessageContaining("write abs(x)");
        assertThatThrownBy(() -> PowerLaw.of(FormulaObjective.read("x^2/2"))).hasMessageContaining("k > 2");
    }

    @ParameterizedTest
    @CsvSource({
        "gd-exponential, w",
        "rmsprop, w",
        "adagrad, w",
        "adam, m w",
        "adamw, m w",
        "nadam, m w",
        "adamax, m w",
        "adabelief, m w",
        "adopt, m w",
        "stable-adamw, m w",
        "amsgrad, m w vmax",
    })
    void theseCatalogueRulesAreScaleFreeBesideADegenerateMinimum(String name, String components) {
        assertThat(reduced(name, 4).limit().components().stream().map(Recurrence.Component::name))
                .containsExactly(components.split(" "));
    }
}
