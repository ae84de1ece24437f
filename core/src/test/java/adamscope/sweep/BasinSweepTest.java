package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BasinSweepTest {
    private static Table run(String rule, String objective, Map<String, Double> values, String x, String y) {
        FormulaObjective formula = FormulaObjective.read(objective);
        return new LocalEngine(2)
                .run(
                        new BasinSweep(
                                new Iteration(
                                        Catalogue.shipped(rule),
                                        formula,
                                        values,
                                        formula.variables().stream()
                                                .map(_ -> 1.0)
                                                .toList(),
                                        ClosedMap.Start.GRADIENT,
                                        Arithmetic.SCALED),
                                Axis.read(x),
                                Axis.read(y),
                                2000),
                        _ -> {},
                        () -> false);
    }

    @Test
    void rmspropConvergesFromWhereTheRelativeStepIsBelowOne() {
        // Theorem 5.7: β₂ > 0.0625 and 0 < η·x^(k − 2)/√v < 1 with the v that holds the gradient at x; k = 4
        double beta2 = 0.1;
        Table basin = run(
                "rmsprop", "x^4/4", Map.of("lr", 1.0, "beta2", beta2, "eps", 0.0), "x=0.3:3:30", "v=0.001:100:30:log");
        double[] x = basin.numbers("x");
        double[] v = basin.numbers("v");
        int judged = 0;
        for (int cell = 0; cell < x.length; cell++) {
            double held = beta2 * v[cell] + (1 - beta2) * Math.pow(x[cell], 6);
            if (x[cell] * x[cell] / Math.sqrt(held) < 0.999) {
                assertThat(basin.words("outcome").get(cell)).isEqualTo("converged");
                judged++;
            }
        }
        assertThat(judged).isGreaterThan(100);
        // theory 5.4: the sign cycle x = ±η/2 is stable there too
        assertThat(basin.words("outcome")).contains("cycling");
    }

    @Test
    void gradientDescentOnAQuarticEscapesBeyondItsBound() {
        // x ← x − ηx³ keeps |x| < √(2/η) and escapes beyond
        Table basin = run("gd", "x^4/4 + y^4/4", Map.of("lr", 0.5), "x=0.05:3.05:31", "y=0.05:3.05:31");
        double[] x = basin.numbers("x");
        double[] y = basin.numbers("y");
        for (int cell = 0; cell < x.length; cell++) {
            assertThat(basin.words("outcome").get(cell).equals("diverged")).isEqualTo(Math.max(x[cell], y[cell]) > 2);
        }
    }

    @Test
    void anAxisThatIsNoCoordinateIsRefused() {
        assertThatThrownBy(() -> run("adam", "x^4/4", Map.of(), "x=0:1:3", "beta2=0.1:0.9:3"))
                .hasMessage("axis beta2: a plane of starts spans two of [x, m, v], not hyper-parameters");
        assertThat(BasinSweep.coordinates(Catalogue.shipped("adam"), FormulaObjective.read("x^2 + y^2")))
                .isEqualTo(List.of("x", "y", "m[x]", "m[y]", "v[x]", "v[y]"));
    }
}
