package adamscope.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunSharpnessTest {
    /// H = [[2, 1, 0], [1, 2, 0], [0, 0, 1]] has the eigenvalues 3, 1 and 1.
    @Test
    void withoutAPreconditionerItIsTheLargestEigenvalueOfTheHessian() {
        FormulaObjective objective = FormulaObjective.read("a^2 + a*b + b^2 + c^2/2");
        for (double log10 : RunSharpness.preconditioned(objective, run("gd", objective))) {
            assertThat(log10).isCloseTo(Math.log10(3), within(1e-13));
        }
    }

    /// Of a diagonal H it is the largest h/P.
    @Test
    void aPreconditionerDividesEachCoordinate() {
        FormulaObjective objective = FormulaObjective.read("(4*a^2 + b^2 + 9*c^2)/2");
        Table run = run("adam", objective);
        double[] found = RunSharpness.preconditioned(objective, run);
        for (int row = 1; row < run.rows(); row++) {
            int at = row;
            double expected = Stream.of(Map.entry("a", 4.0), Map.entry("b", 1.0), Map.entry("c", 9.0))
                    .mapToDouble(
                            h -> Math.log10(h.getValue()) - run.numbers("log10Preconditioner[" + h.getKey() + "]")[at])
                    .max()
                    .orElseThrow();
            assertThat(found[row]).isCloseTo(expected, within(1e-12));
        }
        for (double log10 : RunSharpness.plain(objective, run)) {
            assertThat(log10).isCloseTo(Math.log10(9), within(1e-13));
        }
    }

    private static Table run(String rule, FormulaObjective objective) {
        return new SingleRun(iteration(rule, objective), 10, 1).run().table();
    }

    private static Iteration iteration(String rule, FormulaObjective objective) {
        return new Iteration(
                        Catalogue.shipped(rule),
                        objective,
                        Map.of(),
                        List.of(1.0, -0.5, 0.3),
                        ClosedMap.Start.ZERO,
                        Arithmetic.DOUBLE)
                .complete();
    }
}
