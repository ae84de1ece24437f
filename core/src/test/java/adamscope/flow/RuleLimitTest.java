package adamscope.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.formula.Evaluation;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleLimitTest {
    private static final FormulaObjective QUARTIC = FormulaObjective.power(4);

    private static double velocity(FlowEquations equations, String component, Map<String, Double> at) {
        return equations.components().stream()
                .filter(c -> c.name().equals(component))
                .mapToDouble(c -> Evaluation.value(c.velocity(), at::get))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFlowOfAdamIsTheOneOfThePaper() {
        double a = 1.5;
        double b = 30;
        double time = 0.07;
        Map<String, Double> at = Map.of(
                "x",
                0.8,
                "m",
                0.3,
                "v",
                0.2,
                "1-(beta1)^t",
                -Math.expm1(-b * time),
                "1-(beta2)^t",
                -Math.expm1(-a * time));
        FlowEquations flow = FlowEquations.of(new Flow.Adam(a, b, 0.01, true), QUARTIC, ClosedMap.Start.ZERO);
        double g = 0.8 * 0.8 * 0.8;
        double step = 0.3 / (1 - Math.exp(-b * time)) / (Math.sqrt(0.2 / (1 - Math.exp(-a * time))) + 0.01);
        assertThat(velocity(flow, "x", at)).isCloseTo(-step, within(1e-14));
        assertThat(velocity(flow, "m", at)).isCloseTo(b * (g - 0.3), within(1e-14));
        assertThat(velocity(flow, "v", at)).isCloseTo(a * (g * g - 0.2), within(1e-14));
        assertThat(velocity(flow, "1-(beta1)^t", at)).isCloseTo(b * Math.exp(-b * time), within(1e-13));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gd",
                "gd-exponential",
                "heavy-ball-ema",
                "nesterov-ema",
                "frozen-adam",
                "rmsprop",
                "adam",
                "adam-uncorrected",
                "adamw",
                "nadam",
                "padam"
            })
    void aDerivedFlowIsWhatOneStepTendsToPerLearningRate(String name) {
        OptimizerRule rule = Catalogue.shipped(name);
        FormulaObjective objective = FormulaObjective.read("x^4/4 + x*y + y^2");
        Flow.Limit limit = Flow.Limit.of(rule, Map.of());
        List<Double> x0 = List.of(0.7, -0.4);
        ClosedMap.Start start =
                name.equals("adam") || name.equals("adamw") ? ClosedMap.Start.ZERO : ClosedMap.Start.GRADIENT;
        double[] flow = new FlowRun(limit, objective, x0, start).run(0.2).x();
        double lr = 1e-5;
        double[] step = iterated(rule, limit.values(lr), objective, x0, start, (int) Math.round(0.2 / lr));
        for (int i = 0; i < 2; i++) {
            // order 1 with a constant of the size of the fastest rate times the way
            assertThat(step[i]).isCloseTo(flow[i], within(2e-3));
        }
    }

    private static double[] iterated(
            OptimizerRule rule,
            Map<String, Double> values,
            FormulaObjective objective,
            List<Double> x0,
            ClosedMap.Start start,
            int steps) {
        return new adamscope.dynamics.SingleRun(
                        new Iteration(rule, objective, values, x0, start, adamscope.kernel.Arithmetic.DOUBLE),
                        steps,
                        steps)
                .run()
                .x();
    }

    @ParameterizedTest
    @CsvSource({
        "adagrad, v to v +",
        "heavy-ball, m to",
        "adamax, u to",
        "signgd, takes a sign",
        "lion, takes a sign",
    })
    void aRuleWithoutSuchALimitIsRefusedWithTheReason(String name, String reason) {
        Flow.Limit limit = Flow.Limit.of(Catalogue.shipped(name), Map.of());
        assertThatThrownBy(() -> FlowEquations.of(limit, QUARTIC, ClosedMap.Start.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(reason);
    }

    @Test
    void everyShippedRuleHasAFlowOrIsNamedInTheReasonWhyNot() {
        for (String name : Catalogue.NAMES) {
            Flow.Limit limit = Flow.Limit.of(Catalogue.shipped(name), Map.of());
            try {
                assertThat(FlowEquations.of(limit, QUARTIC, ClosedMap.Start.ZERO)
                                .names())
                        .startsWith("x");
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).startsWith(name);
            }
        }
    }

    @Test
    void aFloorInsideAnAverageIsNoDecay() {
        assertThat(RuleLimit.decays(Catalogue.shipped("adabelief"))).containsExactlyInAnyOrder("beta1", "beta2");
        assertThat(RuleLimit.decays(Catalogue.shipped("adam"))).containsExactly("beta1", "beta2");
        assertThat(RuleLimit.decays(Catalogue.shipped("gd-exponential"))).containsExactly("factor");
    }

    @Test
    void aRateOfSomethingThatIsNoDecayIsRefused() {
        Flow.Limit limit = new Flow.Limit(Catalogue.shipped("adam"), Map.of("eps", 1.0), Map.of());
        assertThatThrownBy(() -> FlowEquations.of(limit, QUARTIC, ClosedMap.Start.ZERO))
                .hasMessageContaining("eps is no decay of an average; those are [beta1, beta2]");
    }

    @Test
    void ratesAndDecaysConvertBothWays() {
        MemoryRates defaults = rates(0.9, 0.999, 1e-3);
        assertThat(defaults.a()).isCloseTo(1, within(1e-12));
        assertThat(defaults.b()).isCloseTo(100, within(1e-12));
        MemoryRates half = rates(0.9, 0.999, 5e-4);
        assertThat(half.a()).isCloseTo(2, within(1e-12));
        assertThat(half.b()).isCloseTo(200, within(1e-12));
        assertThat(half.beta1(5e-4)).isCloseTo(0.9, within(1e-15));
        assertThat(half.beta2(5e-4)).isCloseTo(0.999, within(1e-15));
        assertThatThrownBy(() -> MemoryRates.rate("beta1", 1, 1e-3))
                .hasMessageContaining("beta1 = 1 is outside [0, 1)");
        assertThatThrownBy(() -> defaults.beta1(0.1)).hasMessageContaining("is negative");
    }

    private static MemoryRates rates(double beta1, double beta2, double lr) {
        return new MemoryRates(MemoryRates.rate("beta2", beta2, lr), MemoryRates.rate("beta1", beta1, lr));
    }
}
