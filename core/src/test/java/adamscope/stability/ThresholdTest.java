package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {
    /// Bisection ends at two units in the last place; the radius itself is exact to about 1e-15 and crosses 1 with
    /// slope of at least 1.
    private static final double TOLERANCE = 1e-12;

    record ClosedForm(String optimizer, DoubleUnaryOperator thresholdTimesLr) {
        @Override
        public String toString() {
            return optimizer;
        }
    }

    /// Cohen et al. 2022, Table 1 and Fig. 5.
    static List<ClosedForm> closedForms() {
        DoubleUnaryOperator emaHeavyBall = b -> (2 + 2 * b) / (1 - b);
        DoubleUnaryOperator emaNesterov = b -> (2 + 2 * b) / ((1 - b) * (1 + 2 * b));
        return List.of(
                new ClosedForm("heavy-ball", b -> 2 + 2 * b),
                new ClosedForm("nesterov", b -> (2 + 2 * b) / (1 + 2 * b)),
                new ClosedForm("heavy-ball-ema", emaHeavyBall),
                new ClosedForm("nesterov-ema", emaNesterov),
                new ClosedForm("frozen-adam", emaHeavyBall),
                new ClosedForm("adam", emaHeavyBall),
                new ClosedForm("adam-uncorrected", emaHeavyBall),
                new ClosedForm("nadam", emaNesterov),
                new ClosedForm("amsgrad", emaHeavyBall),
                new ClosedForm("padam", emaHeavyBall),
                new ClosedForm("adafactor", emaHeavyBall),
                new ClosedForm("adamax", emaHeavyBall),
                new ClosedForm("adabelief", emaHeavyBall),
                new ClosedForm("adopt", emaHeavyBall));
    }

    private static double threshold(String optimizer, Map<String, Double> values) {
        return Threshold.timesLearningRate(Catalogue.shipped(optimizer), values).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("closedForms")
    void derivedThresholdsAreTheClosedForms(ClosedForm form) {
        for (double beta1 : new double[] {0, 0.3, 0.5, 0.9, 0.99}) {
            double expected = form.thresholdTimesLr().applyAsDouble(beta1);
            assertThat(threshold(form.optimizer(), Map.of("beta1", beta1)))
                    .as("beta1 = %s", beta1)
                    .isCloseTo(expected, within(TOLERANCE * expected));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gd", "gd-exponential", "rmsprop", "adagrad"})
    void withoutMomentumTheThresholdIsTwo(String optimizer) {
        assertThat(threshold(optimizer, Map.of())).isCloseTo(2, within(TOLERANCE));
    }

    @Test
    void aSmallThresholdIsFoundToo() {
        // x − lr·g/(|g| + eps) is x − (lr/eps)·g near the minimum: unstable from curvature 2·eps/lr on
        OptimizerRule normed = RuleReader.read(
                "normed.opt", "optimizer normed\nhyper lr = 1e-2\nhyper eps = 1e-12\nx <- x - lr*g/(norm(g) + eps)\n");
        assertThat(Threshold.timesLearningRate(normed, Map.of()).orElseThrow())
                .isCloseTo(2e-12, within(TOLERANCE * 2e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "stable-adamw"})
    void decoupledDecayLowersTheThreshold(String optimizer) {
        // theory: (1+β₁)(2−η·wd)/((1−β₁)η), exactly
        double lr = 0.1;
        double decay = 0.5;
        assertThat(threshold(optimizer, Map.of("lr", lr, "weight_decay", decay, "beta1", 0.9)))
                .isCloseTo(1.9 * (2 - lr * decay) / 0.1, within(1e-10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"signgd", "signum", "lion"})
    void signMethodsHaveNoThreshold(String optimizer) {
        assertThat(Threshold.timesLearningRate(Catalogue.shipped(optimizer), Map.of()))
                .isEmpty();
    }

    @Test
    void theThresholdOfAUsersRuleIsDerivedFromItsText() {
        OptimizerRule rule = RuleReader.read("mine.opt", """
            optimizer mine
            hyper lr = 1e-3 in (0, inf)
            hyper beta1 = 0.8 in [0, 1)
            state m = 0, v = 0
            m <- beta1*m + (1 - beta1)*g
            v <- max(0.9*v, abs(g))
            precondition P = v
            x <- x - lr*(0.5*m + 0.5*g)/P
            """);
        // x' = x − c(0.5 m' + 0.5 λx), m' = β m + (1−β)λx; flip at z = −1:
        // 2(1+β) = ηλ(0.5(1−β) + 0.5(1+β)) = ηλ
        assertThat(Threshold.timesLearningRate(rule, Map.of()).orElseThrow()).isCloseTo(3.6, within(1e-11));
    }

    @Test
    void aRuleThatDecaysItsStepHasAThresholdForEachStep() {
        OptimizerRule rule = RuleReader.read("decaying.opt", """
            optimizer decaying
            hyper lr = 0.1 in (0, inf)
            x <- x - lr/(1 + t)^0.5*g
            """);
        // |1 − ηλ/√(1+t)| = 1 at ηλ = 2√(1+t)
        assertThat(Threshold.timesLearningRate(rule, Map.of(), 99).orElseThrow())
                .isCloseTo(20, within(1e-10));
        assertThat(Threshold.dependsOnStep(rule, Map.of())).isTrue();
        assertThat(Threshold.dependsOnStep(Catalogue.shipped("adam"), Map.of())).isFalse();
    }

    @Test
    void aScaleThatIsNotMarkedIsRefused() {
        OptimizerRule rule = RuleReader.read("hidden.opt", """
            optimizer hidden
            hyper lr = 1e-3 in (0, inf)
            state v = 0
            v <- 0.9*v + 0.1*g^2
            x <- x - lr*g/sqrt(v)
            """);
        assertThatThrownBy(() -> Threshold.timesLearningRate(rule, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("precondition P");
    }

    @ParameterizedTest
    @CsvSource({
        // P3 Fig. 14 at 1.1 times the threshold, with the slopes 2, 2(1+β₁)(1+2β₁)/(1+3β₁) and 2(1+β₁)/(1−β₁)
        "gd, 0.2, 1.2000000, 2",
        "nesterov, 0.02, 1.282337, 2.8756756757",
        "heavy-ball, 0.02, 1.772139, 38",
    })
    void beyondTheThresholdTheRuleGrowsAsInFigure14(String name, double lr, double factor, double slope) {
        OptimizerRule rule = Catalogue.shipped(name);
        Threshold.Growth growth = Threshold.growth(rule, Map.of("lr", lr), 1.1).orElseThrow();
        // printed to six decimals
        assertThat(growth.factor()).isCloseTo(factor, within(5e-7));
        // extrapolated differences with h = 4e-6; for heavy ball the roots meet at h = 3e-4, so h³ of that: 4e-6
        assertThat(growth.slope()).isCloseTo(slope, within(1e-5 * slope));
    }

    private static StableCurvatures stable(String body, double step) {
        return Threshold.stable(
                RuleReader.read("own.opt", "optimizer own\nhyper lr = 0.5 in (0, inf)\n" + body), Map.of(), step);
    }

    @Test
    void aRuleThatIsUnstableAtSmallCurvatureHasTheIntervalInBetween() {
        // x ← (1 + 3·lr)x − lr·g: |2.5 − 0.5λ| < 1
        StableCurvatures stable = stable("x <- x*(1 + 3*lr) - lr*g\n", Threshold.LATE);
        assertThat(stable.intervals()).containsExactly(new StableCurvatures.CurvatureInterval(3, 7));
        assertThat(stable.threshold()).hasValue(7);
    }

    @Test
    void ascentIsUnstableEverywhere() {
        StableCurvatures stable = stable("x <- x + lr*g\n", Threshold.LATE);
        assertThat(stable.unstableEverywhere()).isTrue();
        assertThat(stable.threshold()).isEmpty();
    }

    @Test
    void noLongMemoryIsTooLong() {
        // 1 − β₁ as a double
        double beta1 = 1 - 1e-10;
        assertThat(threshold("adam", Map.of("beta1", beta1)))
                .isCloseTo(2 * (1 + beta1) / (1 - beta1), within(1e-12 * 4e10));
    }

    @Test
    void countersAndProductsStandWhereTheStepFindsThem() {
        // before step 400 the counter is 399, the product 0.5^399, the mean of 1 is 1 − 0.9^399
        assertThat(stable("state k = 0\nk <- k + 1\nx <- x - lr/k*g\n", 400)
                        .threshold()
                        .orElseThrow())
                .isCloseTo(1600, within(1e-9));
        assertThat(stable("state p = 1\np <- p/2\nx <- x - lr*(1 + p)*g\n", 2)
                        .threshold()
                        .orElseThrow())
                .isCloseTo(4 / 1.25, within(1e-14));
        assertThat(stable("state p = 1\np <- p/2\nx <- x - lr*(1 + p)*g\n", Threshold.LATE)
                        .threshold()
                        .orElseThrow())
                .isCloseTo(4, within(1e-14));
        // a product of factors that themselves depend on t: (1 + 1/1)(1 + 1/2)(1 + 1/3) = 4
        assertThat(stable("state p = 1\np <- p*(1 + 1/t)\nx <- x - lr*p*g\n", 3)
                        .threshold()
                        .orElseThrow())
                .isCloseTo(1, within(1e-14));
    }

    @Test
    void aScheduleThatDoesNotComeToRestHasNoLateThreshold() {
        assertThatThrownBy(() -> stable("state p = 1\np <- max(p*(1 + 1/t), 1 - p)\nx <- x - lr*p*g\n", Threshold.LATE))
                .hasMessageContaining("does not come to rest");
    }

    @Test
    void aRuleThatIsNotLinearPieceByPieceIsRefusedByName() {
        assertThatThrownBy(() -> stable(
                        "state m = 0\nm <- 0.5*m + g\nx <- x - lr*m*abs(m)/(abs(g) + 1)\n" + "x <- x - lr*m*m/g\n",
                        Threshold.LATE))
                .hasMessageContaining("own");
    }

    @Test
    void normalisedDescentHasNoThresholdAndNoNaN() {
        StableCurvatures stable = stable("x <- x - lr*g/norm(g)\n", Threshold.LATE);
        assertThat(stable.grows()).isFalse();
        assertThat(stable.threshold()).isEmpty();
        assertThat(stable.unstableEverywhere()).isFalse();
    }

    /// Near 0 these steps are of a higher order than the gradient, or 0: x comes to rest or falls, whatever λ.
    @ParameterizedTest
    @ValueSource(
            strings = {"x <- x - lr*g*abs(g)\n", "x <- x - lr*g^3\n", "x <- x - lr*max(abs(g) - 0.01, 0)*sign(g)\n"})
    void aStepThatVanishesFasterThanTheGradientIsStableAtEveryCurvature(String body) {
        StableCurvatures stable = stable(body, Threshold.LATE);
        assertThat(stable.grows()).isTrue();
        assertThat(stable.intervals())
                .containsExactly(new StableCurvatures.CurvatureInterval(0, Double.POSITIVE_INFINITY));
    }

    /// Its states grow with the curvature, its step has one length.
    @Test
    void theStepOfASignMethodWithMomentumDoesNotGrow() {
        StableCurvatures stable =
                stable("state m = 0\nm <- 0.99*m + 0.01*g\nx <- x - lr*sign(0.9*m + 0.1*g)\n", Threshold.LATE);
        assertThat(stable.grows()).isFalse();
        assertThat(stable.threshold()).isEmpty();
    }
}
