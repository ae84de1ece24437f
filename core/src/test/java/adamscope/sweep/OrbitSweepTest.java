package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.stability.OrbitDiagram;
import adamscope.stability.RuleMemory;
import adamscope.sweep.OrbitSweep.Variables;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrbitSweepTest {
    private static final OrbitDiagram.Length SHORT = new OrbitDiagram.Length(1000, 500, 50);

    @Test
    void rmspropIsTheMapOfEquation18WithGammaOneOverTheRootOfBeta2() {
        Table exponents = new OrbitSweep(
                        Catalogue.shipped("rmsprop"),
                        FormulaObjective.power(4),
                        Map.of("lr", 1e-3, "eps", 0.0),
                        Axis.read("beta2=0.013:0.2:60"),
                        "relativeStep",
                        Variables.REDUCED,
                        List.of(0.1),
                        SHORT)
                .run()
                .exponents();
        double[] beta2 = exponents.numbers("beta2");
        for (int i = 0; i < beta2.length; i++) {
            double gamma = 1 / Math.sqrt(beta2[i]);
            // theory 5.1: u* = 1 − γ^(−1/2), multiplier 3 − 2√γ
            assertThat(exponents.numbers("fixedPoint")[i]).isCloseTo(1 - 1 / Math.sqrt(gamma), within(1e-12));
            assertThat(exponents.numbers("spectralRadius")[i])
                    .isCloseTo(Math.abs(3 - 2 * Math.sqrt(gamma)), within(1e-11));
            if (beta2[i] > 0.07) {
                // the exponent of a stable fixed point is ln of its multiplier; e^(−λ·1000) of the approach is left
                assertThat(exponents.numbers("lyapunovExponent")[i])
                        .isCloseTo(Math.log(Math.abs(3 - 2 * Math.sqrt(gamma))), within(1e-9));
            }
        }
    }

    @Test
    void inItsOwnVariablesARuleMayHaveAnyObjective() {
        // x ← x + η(x − x³) has the fixed point 1 with multiplier 1 − 2η
        OrbitSweep.Result result = new OrbitSweep(
                        Catalogue.shipped("gd"),
                        FormulaObjective.read("x^4/4 - x^2/2"),
                        Map.of(),
                        Axis.read("lr=0.1:1.5:15"),
                        "x",
                        Variables.ORIGINAL,
                        List.of(0.5),
                        SHORT)
                .run();
        double[] lr = result.exponents().numbers("lr");
        for (int i = 0; i < lr.length; i++) {
            assertThat(result.exponents().numbers("fixedPoint")[i]).isCloseTo(1, within(1e-12));
            assertThat(result.exponents().numbers("spectralRadius")[i])
                    .isCloseTo(Math.abs(1 - 2 * lr[i]), within(1e-12));
        }
        assertThat(result.orbits().rows()).isEqualTo(15 * 50);
    }

    @Test
    void theStartHasOneNumberForEachVariable() {
        assertThatThrownBy(() -> new OrbitSweep(
                        Catalogue.shipped("gd"),
                        FormulaObjective.read("x^2 + y^2"),
                        Map.of(),
                        Axis.read("lr=0.1:1.5:15"),
                        "x",
                        Variables.ORIGINAL,
                        List.of(0.5),
                        SHORT))
                .hasMessageContaining("one for each of [x, y]");
    }

    private static OrbitSweep heavyBall(String axis) {
        return new OrbitSweep(
                Catalogue.shipped("heavy-ball"),
                FormulaObjective.read("x^2/2 + x^4/40"),
                Map.of("beta1", 0.3),
                Axis.read(axis),
                "x",
                Variables.ORIGINAL,
                List.of(0.1),
                SHORT);
    }

    @Test
    void theBorderOfStabilityIsSolvedForHoweverCoarseTheAxis() {
        // 2(1 + beta1) at the minimum, where the curvature is 1
        for (String axis : List.of("lr=1:6:5", "lr=1:6:2", "lr=2:3:41", "lr=0.5:9:7:log")) {
            assertThat(heavyBall(axis).stabilityChanges())
                    .as(axis)
                    .satisfiesExactly(at -> assertThat(at).isCloseTo(2.6, within(1e-13)));
        }
    }

    @Test
    void theBorderOfAReducedMapIsSolvedForToo() {
        // w <- γw(1 − w)² with γ = 1/√β₂: stable for 1/16 < β₂, of an axis of two points beyond and below
        OrbitSweep diagram = new OrbitSweep(
                Catalogue.shipped("rmsprop"),
                FormulaObjective.power(4),
                Map.of("lr", 1e-3, "eps", 0.0),
                Axis.read("beta2=0.013:0.9:2"),
                "relativeStep",
                Variables.REDUCED,
                List.of(0.1),
                SHORT);
        assertThat(diagram.stabilityChanges())
                .satisfiesExactly(at -> assertThat(at).isCloseTo(1.0 / 16, within(1e-14)));
    }

    @Test
    void theMemoryIsThatOfTheSlowestDecay() {
        FormulaObjective quartic = FormulaObjective.power(4);
        Map<String, Double> adam = Map.of("lr", 1e-3, "beta1", 0.9, "eps", 0.0);
        RuleMemory of = OrbitSweep.memory(Catalogue.shipped("adam"), quartic, adam, Axis.read("beta2=0.5:0.999:3"));
        assertThat(of.state()).isEqualTo("v");
        assertThat(of.steps()).isCloseTo(1000, within(1e-9));
        // there m is slower
        assertThat(OrbitSweep.memory(Catalogue.shipped("adam"), quartic, adam, Axis.read("beta2=0.1:0.5:3"))
                        .steps())
                .isCloseTo(10, within(1e-9));
        // without a state, or with one that grows, nothing is remembered; a sum is never forgotten
        assertThat(RuleMemory.of(Catalogue.shipped("gd"), quartic, Map.of("lr", 0.1))
                        .steps())
                .isEqualTo(1);
        assertThat(RuleMemory.of(Catalogue.shipped("gd-exponential"), quartic, Map.of("lr", 0.1, "factor", 3.0))
                        .steps())
                .isEqualTo(1);
        assertThat(RuleMemory.of(Catalogue.shipped("gd-exponential"), quartic, Map.of("lr", 0.1, "factor", 1.0))
                        .steps())
                .isEqualTo(1);
        assertThat(RuleMemory.of(Catalogue.shipped("adagrad"), quartic, Map.of("lr", 0.1, "eps", 0.0))
                        .steps())
                .isInfinite();
    }

    @Test
    void anExponentThatMovesAsFarAsItIsLargeTellsNothing() {
        // |multiplier|² = beta1 while complex, for lr up to (1 + √0.5)² = 2.9; unstable above 3
        Table damped = new OrbitSweep(
                        Catalogue.shipped("heavy-ball"),
                        FormulaObjective.read("x^2/2"),
                        Map.of("beta1", 0.5),
                        Axis.read("lr=0.5:4:8"),
                        "x",
                        Variables.ORIGINAL,
                        List.of(0.5),
                        new OrbitDiagram.Length(0, 1000, 1))
                .run()
                .exponents();
        assertThat(damped.words("motion").subList(0, 5)).containsOnly("regular");
        assertThat(damped.words("motion").subList(6, 8)).containsOnly("escaped");
        // nearly a rotation: ln of the multiplier is −5e-7, far below what a deviation breathes in 1,000 steps
        Table quasi = new OrbitSweep(
                        Catalogue.shipped("heavy-ball"),
                        FormulaObjective.read("x^2/2"),
                        Map.of("lr", 1.0),
                        Axis.read("beta1=0.999999:0.9999999:2"),
                        "x",
                        Variables.ORIGINAL,
                        List.of(0.5),
                        new OrbitDiagram.Length(0, 1000, 1))
                .run()
                .exponents();
        assertThat(quasi.words("motion")).containsOnly("unsettled");
    }
}
