package adamscope.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.RuleReader;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CentralFlowTest {
    private static final double ROOT = Math.sqrt(2);

    private static CentralFlow central(String rule, Map<String, Double> values, String objective, Double... x0) {
        return new CentralFlow(
                Catalogue.shipped(rule),
                values,
                FormulaObjective.read(objective),
                List.of(x0),
                ClosedMap.Start.GRADIENT);
    }

    /// Sharpness 1 + y² along x, threshold 2/η = 3: y runs to √2 as y = 2 − 1.5·e^(−t/10) and stays, held by an
    /// oscillation of variance x² = (2 − y)/(10y), which is also the exact 2-cycle of gradient descent.
    @Test
    void gradientDescentIsHeldAtTheEdgeByTheVarianceOfItsTwoCycle() {
        CentralFlow flow = central("gd", Map.of("lr", 2.0 / 3), "x^2*(1 + y^2)/2 + (y - 2)^2/20", 0.0, 0.5);
        double reached = 10 * Math.log(1.5 / (2 - ROOT));
        FlowTrajectory solution = flow.run(1, reached - 1e-3, reached + 1, 100);
        double[] y = solution.table().numbers("y");
        double[] variance = solution.table().numbers("variance");
        assertThat(y[0]).isCloseTo(2 - 1.5 * Math.exp(-0.1), within(1e-10));
        assertThat(variance[1]).isZero();
        assertThat(y[2]).isCloseTo(ROOT, within(1e-9));
        assertThat(y[3]).isCloseTo(ROOT, within(1e-9));
        assertThat(variance[2]).isCloseTo((2 - ROOT) / (10 * ROOT), within(1e-9));
        assertThat(solution.table().numbers("relativeSharpness")[3]).isCloseTo(1, within(1e-9));
        assertThat(solution.outcome()).isInstanceOf(FlowOutcome.AtEnd.class);
    }

    /// On x²/2 the 2-cycle of RMSProp is ±η/2: at the edge v stays at (η/2)² and variance plus squared mean make it.
    @Test
    void rmspropOnAParabolaEndsInTheOscillationOfHalfTheLearningRate() {
        double lr = 0.01;
        CentralFlow flow = central("rmsprop", Map.of("lr", lr, "beta2", 0.99, "eps", 0.0), "x^2/2", 1.0);
        FlowTrajectory solution = flow.run(FlowRun.evenly(40, 401));
        double[] x = solution.table().numbers("x");
        double[] v = solution.table().numbers("v");
        double[] variance = solution.table().numbers("variance");
        int last = x.length - 1;
        assertThat(v[last]).isCloseTo(lr * lr / 4, within(1e-12));
        for (int row = 0; row < x.length; row++) {
            if (variance[row] > 0) {
                assertThat(variance[row] + x[row] * x[row]).isCloseTo(lr * lr / 4, within(1e-10));
            }
        }
        assertThat(variance[last]).isCloseTo(lr * lr / 4, within(1e-10));
    }

    /// The same with one second moment for both coordinates, a rule of one's own.
    @Test
    void aScalarSecondMomentKeepsTheSharpnessAtTheEdgeToo() {
        var rule = RuleReader.read("own.opt", """
            # RMSProp with one second moment for all coordinates.
            optimizer own
            hyper lr = 0.01 in (0, inf) "learning rate" symbol η
            hyper beta2 = 0.99 in [0, 1) "decay" symbol β₂
            state v = 0 warm norm(g)^2
            v <- beta2*v + (1 - beta2)*norm(g)^2
            precondition P = sqrt(v)
            x <- x - lr*g/P
            """);
        CentralFlow flow = new CentralFlow(
                rule, Map.of(), FormulaObjective.read("x^2/2 + y^2/50"), List.of(1.0, 1.0), ClosedMap.Start.GRADIENT);
        FlowTrajectory solution = flow.run(FlowRun.evenly(30, 301));
        int last = solution.table().rows() - 1;
        // λ₁(P⁻¹H) = 1/√v = 2/η, and v' = 0 needs E‖g‖² = v: variance η²/4 once the mean is at the minimum
        assertThat(solution.table().numbers("v[x]")[last]).isCloseTo(2.5e-5, within(1e-12));
        assertThat(solution.table().numbers("v[y]")[last]).isCloseTo(2.5e-5, within(1e-12));
        assertThat(solution.table().numbers("relativeSharpness")[last]).isCloseTo(1, within(1e-8));
    }

    /// The run swings around the edge (it has a slow oscillation of its own), the central flow goes through its middle.
    @Test
    void alongTheEdgeItFollowsTheSmoothedRunWhereThePlainFlowDoesNot() {
        CentralDistance descent = CentralDistance.of(
                central(
                        "gd",
                        Map.of("lr", 0.05),
                        "x^2*(30 + 6*y^2 + 4*z)/2 + (y - 2)^2/4 + (z - 1)^2/20",
                        0.2,
                        1.3,
                        -0.3),
                4);
        assertThat(descent.distance()).isLessThan(descent.plain() / 10);
        for (String rule : List.of("rmsprop", "adam-uncorrected")) {
            Map<String, Double> values = new java.util.HashMap<>(Map.of("lr", 0.1, "beta2", 0.95, "eps", 1e-8));
            if (rule.startsWith("adam")) {
                values.put("beta1", 0.1);
            }
            CentralDistance adaptive =
                    CentralDistance.of(central(rule, values, "x^2*(1 + y^2)/2 + (y - 2)^2/400", 0.5, 0.5), 20);
            // the run swings far around the edge here; its average is still closer to the central flow
            assertThat(adaptive.distance()).isLessThan(0.8 * adaptive.plain());
        }
    }

    @Test
    void theMeterTellsWhereItDoesNotDescribeTheRun() {
        // with momentum the oscillation dies out below the edge and comes back in bursts
        CentralDistance bursts = CentralDistance.of(
                central(
                        "heavy-ball-ema",
                        Map.of("lr", 0.02, "beta1", 0.5),
                        "x^2*(240 + 30*y^2 + 24*z)/2 + (y - 2)^2/4 + (z - 1)^2/20",
                        0.08,
                        1.44,
                        -0.3),
                4);
        assertThat(bursts.relative()).isGreaterThan(0.5);
    }

    /// The same well as above under momentum: threshold 2(1 + β₁)/((1 − β₁)η) = 3, and the same variance.
    @Test
    void momentumIsHeldAtItsOwnThreshold() {
        FlowTrajectory solution = central(
                        "heavy-ball-ema", Map.of("lr", 2.0, "beta1", 0.5), "x^2*(1 + y^2)/2 + (y - 2)^2/20", 0.0, 0.5)
                .run(100);
        assertThat(solution.x()[1]).isCloseTo(ROOT, within(1e-9));
        assertThat(solution.table().numbers("variance")[0]).isCloseTo((2 - ROOT) / (10 * ROOT), within(1e-9));
    }

    @Test
    void theThresholdIsThatOfTheRule() {
        assertThat(central("adam", Map.of("lr", 0.01), "x^2/2", 1.0).threshold())
                .isCloseTo(3800, within(1e-6));
    }

    @Test
    void twoDirectionsAtTheEdgeAreSaidToBeOutsideTheDescription() {
        FlowTrajectory solution = central(
                        "gd", Map.of("lr", 2.0 / 3), "(x^2 + w^2)*(1 + y^2)/2 + (y - 2)^2/20", 0.0, 0.0, 0.5)
                .run(100);
        assertThat(solution.outcome()).isInstanceOf(FlowOutcome.NotCovered.class);
        assertThat(solution.outcome().sentence()).contains("two directions");
    }

    @Test
    void aStartBeyondTheEdgeIsSaidToBeOutsideTheDescription() {
        FlowTrajectory solution = central("gd", Map.of("lr", 3.0), "x^2/2", 1.0).run(1);
        assertThat(solution.outcome().sentence()).contains("beyond the edge", "threshold 0.666667");
    }

    @Test
    void onAParabolaNoOscillationLowersTheSharpnessOfGradientDescent() {
        FlowTrajectory solution = central("gd", Map.of("lr", 0.5), "x^2*(3 + y)/2 - y/10", 0.0, 0.0)
                .run(20);
        // S = 3 + y rises to 4 at time 10; ∇S = 1: held there by variance 2·(1/10)
        assertThat(solution.table().numbers("variance")[0]).isCloseTo(0.2, within(1e-9));
        FlowTrajectory runaway =
                central("gd", Map.of("lr", 0.5), "x^2/2 - y/10", 0.0, 0.0).run(20);
        assertThat(runaway.table().numbers("variance")[0]).isZero();
    }

    @Test
    void aSignMethodHasNoCentralFlow() {
        assertThatThrownBy(() -> central("signgd", Map.of(), "x^2/2", 1.0).run(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("signgd");
    }

    @Test
    void theComparisonExportsTheVarianceOfTheCentralFlow() {
        FlowComparison comparison = new FlowComparison(
                Catalogue.shipped("gd"),
                Map.of("lr", 2.0 / 3),
                FormulaObjective.read("x^2*(1 + y^2)/2 + (y - 2)^2/20"),
                List.of(0.0, 0.5),
                ClosedMap.Start.ZERO,
                100,
                50,
                List.of(FlowKind.CENTRAL, FlowKind.GRADIENT));
        Table table = comparison.run().table();
        double[] variance = table.numbers("variance[central]");
        double[] sharpness = table.numbers("relativeSharpness[central]");
        // at the edge the sharpness 1 + y² stays at 2/lr = 3; before it nothing oscillates
        assertThat(variance[0]).isZero();
        assertThat(variance[variance.length - 1]).isPositive();
        assertThat(sharpness[sharpness.length - 1]).isCloseTo(1, within(1e-6));
        assertThat(table.columns()).noneMatch(column -> column.name().equals("variance[gradient]"));
    }
}
