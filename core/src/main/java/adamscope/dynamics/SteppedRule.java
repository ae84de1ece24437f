package adamscope.dynamics;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Rewriting;
import adamscope.kernel.BlockInterpreter;
import adamscope.kernel.Recurrence;
import adamscope.kernel.StepProgram;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// A rule advanced by gradients that come from outside, every hyper-parameter and state open to change between steps.
///
/// Coordinates are lanes of the reference interpreter, so the bits are those of a [SingleRun] in double. Rules with
/// norms over coordinates are refused.
public final class SteppedRule {
    private static final String GRADIENT = "gradient given";
    private static final String VARIABLE = "x given";

    private final OptimizerRule rule;
    private final StepProgram step;
    private final BlockInterpreter interpreter;
    private final Map<String, double[]> inputs = new HashMap<>();
    private final Map<String, Double> values;
    private final double[][] results;
    private long steps;

    private SteppedRule(OptimizerRule rule, double[] x0, Map<String, Double> values) {
        this.rule = rule;
        this.values = new LinkedHashMap<>(values);
        FormulaObjective given =
                new FormulaObjective(GRADIENT, List.of(VARIABLE), Expression.ZERO, List.of(new Symbol(GRADIENT)));
        Recurrence map = ClosedMap.of(rule, given, ClosedMap.Start.ZERO);
        List<String> observed = map.observables().keySet().stream()
                .filter("preconditioner"::equals)
                .toList();
        this.step = StepProgram.of(map, observed, Map.of());
        this.interpreter = new BlockInterpreter(step.program(), x0.length);
        this.results = new double[step.program().results().length][x0.length];
        values.forEach((name, value) -> inputs.put(name, filled(x0.length, value)));
        inputs.put(VARIABLE, x0.clone());
        double[][] starts = new double[step.components().size()][x0.length];
        new BlockInterpreter(step.starts(), x0.length).evaluate(inputs, starts);
        for (int c = 0; c < starts.length; c++) {
            inputs.put(step.components().get(c), starts[c]);
        }
        inputs.put(StepProgram.STEP, new double[x0.length]);
    }

    /// A rule at x₀ with its states as declared.
    ///
    /// @param chosen hyper-parameters that differ from the default ones
    /// @throws IllegalArgumentException if the rule reduces over coordinates, or a value is outside its domain
    public static SteppedRule start(OptimizerRule rule, double[] x0, Map<String, Double> chosen) {
        rule.statements()
                .forEach(statement -> Rewriting.rewrite(statement.expression(), node -> {
                    if (node instanceof Expression.Reduction(var kind, var _)) {
                        throw new IllegalArgumentException(rule.name() + " takes a " + kind.word()
                                + " over coordinates, which cannot be stepped lane by lane");
                    }
                    return null;
                }));
        return new SteppedRule(rule, x0, rule.values(chosen));
    }

    /// The same rule at the same point, independent from now on.
    public SteppedRule copy() {
        SteppedRule copy = new SteppedRule(rule, x(), values);
        inputs.forEach((name, lanes) -> copy.inputs.put(name, lanes.clone()));
        copy.steps = steps;
        return copy;
    }

    /// Takes one step.
    ///
    /// @param gradient at x(), one number for each coordinate
    public void advance(double[] gradient) {
        steps++;
        inputs.put(GRADIENT, gradient);
        Arrays.fill(inputs.get(StepProgram.STEP), steps);
        interpreter.evaluate(inputs, results);
        for (int c = 0; c < step.components().size(); c++) {
            System.arraycopy(results[c], 0, inputs.get(step.components().get(c)), 0, results[c].length);
        }
    }

    /// Steps taken.
    public long steps() {
        return steps;
    }

    /// The parameters; a view, which may be written to.
    public double[] x() {
        return inputs.get(VARIABLE);
    }

    /// A state such as `v`; a view, which may be written to.
    ///
    /// @throws IllegalArgumentException if the rule has none of that name
    public double[] state(String name) {
        if (rule.states().stream().noneMatch(state -> state.name().equals(name))) {
            throw new IllegalArgumentException(rule.name() + " has no state '" + name + "'; it has "
                    + rule.states().stream().map(state -> state.name()).toList());
        }
        return inputs.get(name);
    }

    /// Whether the rule has a hyper-parameter of that name.
    public boolean hasHyper(String name) {
        return rule.hyperNames().contains(name);
    }

    /// Whether the rule has a state of that name.
    public boolean hasState(String name) {
        return rule.states().stream().anyMatch(state -> state.name().equals(name));
    }

    /// Replaces a state, coordinate by coordinate.
    public void replace(String name, DoubleUnaryOperator change) {
        double[] state = state(name);
        Arrays.setAll(state, lane -> change.applyAsDouble(state[lane]));
    }

    /// A hyper-parameter as it stands now.
    public double value(String hyper) {
        return values.get(rule.hyper(hyper).name());
    }

    /// Sets a hyper-parameter from the next step on.
    ///
    /// @throws IllegalArgumentException if the rule has none of that name, or the value is outside its domain
    public void set(String hyper, double value) {
        values.put(hyper, rule.checked(hyper, value));
        Arrays.fill(inputs.get(hyper), value);
    }

    /// The preconditioner P of the last step, by coordinate; 1 for rules without one.
    public double[] preconditioner() {
        return step.observed().isEmpty() ? filled(x().length, 1) : results[step.resultOf("preconditioner")].clone();
    }

    private static double[] filled(int lanes, double value) {
        double[] filled = new double[lanes];
        Arrays.fill(filled, value);
        return filled;
    }
}
