package adamscope.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormulaSweepTest {

    private static SweptRun gradientDescent(FormulaObjective objective, Map<String, Double> values) {
        return new SweptRun(
                new Iteration(
                        Catalogue.shipped("gd"),
                        objective,
                        values,
                        objective.variables().stream().map(_ -> 1.0).toList(),
                        ClosedMap.Start.ZERO,
                        Arithmetic.SCALED),
                100,
                Ending.DECIDED);
    }

    private static Table run(FormulaSweep sweep) {
        return new LocalEngine(2).table(sweep, _ -> {}, () -> false);
    }

    /// x ← (1 − lr·c)·x on c·x²/2 from x₀: the loss after n steps is c/2·x₀²·(1 − lr·c)^(2n).
    @Test
    void hyperParametersStartsAndParametersOfTheObjectiveAreSetPointByPoint() {
        FormulaObjective objective = FormulaObjective.read("c*x^2/2", List.of("c"));
        Table table = run(new FormulaSweep(
                gradientDescent(objective, Map.of("lr", 0.1, "c", 1.0)),
                new Space(
                        List.of(
                                new Axis("lr", 0.01, 0.2, 3, Axis.Spacing.LINEAR),
                                new Listed("x", List.of(0.5, 3.0)),
                                new Axis("c", 0.5, 2, 2, Axis.Spacing.LOG)),
                        0),
                Map.of(),
                List.of("finalLog10Loss")));
        assertThat(table.rows()).isEqualTo(12);
        for (int row = 0; row < 12; row++) {
            double lr = table.numbers("lr")[row];
            double c = table.numbers("c")[row];
            double x0 = table.numbers("x")[row];
            double expected = Math.log10(c / 2 * x0 * x0) + 200 * Math.log10(1 - lr * c);
            // 100 roundings of 1e-16 each, and log₁₀ of the store to 1e-9
            assertThat(table.numbers("finalLog10Loss")[row]).isCloseTo(expected, within(1e-9));
        }
    }

    /// Regime I next to regimes II and III: what is cut short there has the outcome and, to 1e-6 of its decades, the
    /// losses and coupling ratios of the full length.
    @Test
    void runsThatAreDecidedEndEarlyWithTheVerdictOfTheFullLength() {
        Table decided = run(quartic(Ending.DECIDED));
        Table full = run(quartic(Ending.FULL_LENGTH));
        assertThat(decided.words("outcome")).isEqualTo(full.words("outcome"));
        int shortened = 0;
        for (int row = 0; row < full.rows(); row++) {
            assertThat(full.numbers("ranSteps")[row]).isEqualTo(8000);
            boolean converged = full.words("outcome").get(row).equals("converged");
            shortened += converged && decided.numbers("ranSteps")[row] < 8000 ? 1 : 0;
            for (String column :
                    List.of("minLog10Loss", "sustainedMinLog10Loss", "finalLog10Loss", "medianLog10Coupling")) {
                double whole = full.numbers(column)[row];
                // A slope off by 1e-6 moves the end by 1e-6 of the fall; a cycle that is cut short is exact.
                assertThat(decided.numbers(column)[row])
                        .as("%s, row %d", column, row)
                        .isCloseTo(whole, within(converged ? 1e-5 * Math.abs(whole) + 1e-6 : 0));
            }
        }
        assertThat(shortened).isGreaterThan(50);
    }

    private static FormulaSweep quartic(Ending ending) {
        return new FormulaSweep(
                new SweptRun(
                        new Iteration(
                                Catalogue.shipped("adam-uncorrected"),
                                FormulaObjective.read("x^4/4"),
                                Map.of("lr", 1e-2, "eps", 0.0),
                                List.of(1.0),
                                ClosedMap.Start.GRADIENT,
                                Arithmetic.SCALED),
                        8000,
                        ending),
                new Space(
                        List.of(
                                new Axis("beta1", 0.0123, 0.98, 12, Axis.Spacing.LINEAR),
                                new Axis("beta2", 0.0717, 0.985, 12, Axis.Spacing.LINEAR)),
                        0),
                Map.of(),
                List.of(
                        "outcome",
                        "minLog10Loss",
                        "sustainedMinLog10Loss",
                        "finalLog10Loss",
                        "medianLog10Coupling",
                        "ranSteps"));
    }

    @Test
    void aFormulaSetsAHyperParameterFromAnAxisOfItsOwn() {
        Table table = run(new FormulaSweep(
                gradientDescent(FormulaObjective.read("x^2/2"), Map.of("lr", 0.1)),
                new Space(List.of(new Axis("a", 1, 3, 5, Axis.Spacing.LINEAR)), 0),
                Map.of("lr", "1 - exp(-a/10)"),
                List.of("finalLog10Loss", "outcome")));
        for (int row = 0; row < 5; row++) {
            double a = table.numbers("a")[row];
            assertThat(table.numbers("lr")[row]).isCloseTo(-Math.expm1(-a / 10), within(1e-15)); // a few ulp
            // 1 − lr = exp(−a/10), so the loss is exp(−200·a/10)/2
            assertThat(table.numbers("finalLog10Loss")[row])
                    .isCloseTo(Math.log10(0.5) - 20 * a / Math.log(10), within(1e-9));
        }
    }

    @Test
    void rowsDependOnTheirPointAlone() {
        FormulaSweep sweep = new PhaseSweep(
                        new Iteration(
                                Catalogue.shipped("adam"),
                                FormulaObjective.read("x^4/4"),
                                Map.of("lr", 1e-3, "eps", 0.0),
                                List.of(1.0),
                                ClosedMap.Start.ZERO,
                                Arithmetic.DOUBLE),
                        new Axis("beta1", 0.1, 0.97, 31, Axis.Spacing.LINEAR),
                        new Axis("beta2", 0.2, 0.98, 29, Axis.Spacing.ONE_MINUS_LOG),
                        700)
                .toSweep();
        Table all = run(sweep);
        long[] few = {898, 5, 511, 512, 77};
        Table some = sweep.prepared().rows(few, () -> false);
        for (int i = 0; i < few.length; i++) {
            for (String column : List.of("beta1", "beta2", "minLog10Loss", "finalLog10Loss", "maxLog10Coupling")) {
                assertThat(some.numbers(column)[i]).as(column).isEqualTo(all.numbers(column)[(int) few[i]]);
            }
            assertThat(some.words("outcome").get(i))
                    .isEqualTo(all.words("outcome").get((int) few[i]));
        }
    }

    @Test
    void mistakesAreNamedBeforeAnythingRuns() {
        SweptRun run = gradientDescent(FormulaObjective.read("x^2/2"), Map.of("lr", 0.1));
        Space a = new Space(List.of(new Axis("a", 1, 3, 5, Axis.Spacing.LINEAR)), 0);
        Space lr = new Space(List.of(new Axis("lr", -1, 3, 5, Axis.Spacing.LINEAR)), 0);
        List<String> keep = List.of("outcome");
        assertThatThrownBy(() -> new FormulaSweep(run, a, Map.of(), keep)).hasMessageContaining("axis a: a point can");
        assertThatThrownBy(() -> new FormulaSweep(run, lr, Map.of(), keep)).hasMessageContaining("lr = -1 is outside");
        assertThatThrownBy(() -> new FormulaSweep(run, a, Map.of("lr", "a*b"), keep))
                .hasMessageContaining("'b'");
        assertThatThrownBy(() -> new FormulaSweep(run, a, Map.of("mu", "a"), keep))
                .hasMessageContaining("'mu'");
        assertThatThrownBy(() -> new FormulaSweep(run, a, Map.of("lr", "a"), List.of("loss")))
                .hasMessageContaining("no column 'loss'; there are [outcome");
    }
}
