package adamscope.page;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.OrbitDiagram;
import adamscope.stability.ReducedSystem;
import adamscope.sweep.Axis;
import adamscope.sweep.OrbitSweep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where orbits go as one hyper-parameter changes, as `bifurcation` has it.
final class OrbitAnswer {
    private static final int KEPT = 120;
    private static final int MEMORIES = 10;
    private static final int LEAST_DISCARDED = 1000;
    private static final int LEAST_STEPS = 4000;
    private static final int MOST_STEPS = 10_000;

    private OrbitAnswer() {}

    static Reply of(Question question) {
        OptimizerRule rule = question.rule();
        FormulaObjective objective = question.objective();
        Axis x = PlaneAnswer.axis(question, "x");
        Map<String, Double> values = new HashMap<>(question.values(rule));
        values.remove(x.name());
        OrbitSweep.Variables variables = OrbitSweep.standardVariables(objective);
        boolean reduced = variables == OrbitSweep.Variables.REDUCED;
        String show =
                reduced ? ReducedSystem.RELATIVE_STEP : objective.variables().getFirst();
        double memory = MEMORIES * OrbitSweep.memory(rule, objective, values, x).steps();
        OrbitDiagram.Length length = new OrbitDiagram.Length(
                (int) Math.clamp(memory, LEAST_DISCARDED, MOST_STEPS),
                (int) Math.clamp(memory, LEAST_STEPS, MOST_STEPS),
                KEPT);
        OrbitSweep sweep = new OrbitSweep(
                rule, objective, values, x, show, variables, reduced ? List.of(0.1) : question.x0(), length);
        OrbitSweep.Result found = sweep.run();
        return new Reply()
                .with("show", show)
                .with("reduced", reduced)
                .with("discarded", length.discarded())
                .with("steps", length.steps())
                .with("kept", KEPT)
                .with("x", found.orbits().numbers(x.name()))
                .with("shown", found.orbits().numbers(show))
                .with("at", found.exponents().numbers(x.name()))
                .with("exponent", found.exponents().numbers("lyapunovExponent"))
                .with("fixedPoint", found.exponents().numbers("fixedPoint"))
                .with("radius", found.exponents().numbers("spectralRadius"))
                .withTexts("motion", found.exponents().words("motion"));
    }
}
