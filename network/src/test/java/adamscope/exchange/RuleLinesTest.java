package adamscope.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.exchange.RuleLines.Flag;
import adamscope.optimizer.OptimizerRule;
import adamscope.rule.TensorRule;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/// Flags that PyTorch 1.13.1 has are held against it in PyTorchCheckpointsTest; here those of other libraries, by their
/// source, and that every combination is a rule.
class RuleLinesTest {
    private static final double LR = 0.1;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.99;
    private static final double EPS = 0.01;
    private static final double DECAY = 0.3;

    /// `transformers/optimization.py`, class AdamW, 4.26: the decay shrinks what the step has made, ε stands beside √v.
    @Test
    void adamWOfTransformersDecaysAfterTheStep() {
        for (boolean correct : new boolean[] {true, false}) {
            Set<Flag> flags = correct ? EnumSet.of(Flag.DECAY_AFTER) : EnumSet.of(Flag.DECAY_AFTER, Flag.UNCORRECTED);
            double x = 1;
            double m = 0;
            double v = 0;
            for (int t = 1; t <= 4; t++) {
                double g = x * x - 0.5;
                m = BETA1 * m + (1 - BETA1) * g;
                v = BETA2 * v + (1 - BETA2) * g * g;
                double size = correct ? LR * Math.sqrt(1 - Math.pow(BETA2, t)) / (1 - Math.pow(BETA1, t)) : LR;
                x -= size * m / (Math.sqrt(v) + EPS);
                x += x * -LR * DECAY;
            }
            OptimizerRule rule = RuleLines.of("AdamW", flags);
            assertThat(PyTorchOptimizer.metadata(rule, rule.values(Map.of())))
                    .as("no class of PyTorch does it")
                    .containsKey("rule_text");
            // Some ten operations in each of four steps.
            assertThat(steps(rule, 4, at -> at * at - 0.5)).isCloseTo(x, within(1e-14));
        }
    }

    private static double steps(OptimizerRule rule, int steps, DoubleUnaryOperator slope) {
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = Place.CPU_FLOAT64.tensor(new double[] {1}, 1);
            Tensor gradient = Place.CPU_FLOAT64.zeros(1);
            Map<String, Double> hyper =
                    Map.of("lr", LR, "beta1", BETA1, "beta2", BETA2, "eps", EPS, "weight_decay", DECAY);
            TensorRule running = TensorRule.start(
                    rule,
                    hyper,
                    List.of(new Block("x", 0, List.of(1L))),
                    ClosedMap.Start.ZERO,
                    new Point(theta, gradient, Place.CPU_FLOAT64));
            for (int t = 0; t < steps; t++) {
                gradient.fill_(new org.bytedeco.pytorch.Scalar(slope.applyAsDouble(Place.numbers(theta)[0])));
                running.advance(theta, gradient);
            }
            return Place.numbers(theta)[0];
        }
    }

    @Test
    void everyCombinationOfFlagsIsARuleAndGoesBackToItsClass() {
        Map<String, Set<Flag>> allowed = Map.of(
                "Adam", EnumSet.of(Flag.MAXIMIZE, Flag.COUPLED_DECAY, Flag.AMSGRAD),
                "AdamW", EnumSet.of(Flag.MAXIMIZE, Flag.AMSGRAD),
                "RMSprop", EnumSet.of(Flag.MAXIMIZE, Flag.COUPLED_DECAY, Flag.CENTERED, Flag.MOMENTUM),
                "SGD", EnumSet.of(Flag.MAXIMIZE, Flag.COUPLED_DECAY, Flag.MOMENTUM, Flag.NESTEROV, Flag.DAMPENING));
        allowed.forEach((optimizer, flags) -> {
            List<Flag> all = List.copyOf(flags);
            for (int chosen = 0; chosen < 1 << all.size(); chosen++) {
                EnumSet<Flag> some = EnumSet.noneOf(Flag.class);
                for (int bit = 0; bit < all.size(); bit++) {
                    if ((chosen >> bit & 1) == 1) {
                        some.add(all.get(bit));
                    }
                }
                OptimizerRule rule = RuleLines.of(optimizer, some);
                Map<String, String> metadata = PyTorchOptimizer.metadata(rule, rule.values(Map.of()));
                assertThat(metadata).as(rule.name()).containsEntry("optimizer", optimizer);
                for (Flag flag : List.of(Flag.MAXIMIZE, Flag.AMSGRAD, Flag.CENTERED)) {
                    assertThat(metadata.containsKey(flag.name().toLowerCase(java.util.Locale.ROOT)))
                            .as(rule.name() + " " + flag)
                            .isEqualTo(some.contains(flag));
                }
            }
        });
    }
}
