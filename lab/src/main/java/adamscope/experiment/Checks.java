package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Expression;
import adamscope.kernel.Program;
import adamscope.kernel.WideInterpreter;
import adamscope.kernel.WideNumber;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Decimal;
import adamscope.sweep.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What must hold in several kinds of experiments.
final class Checks {

    private Checks() {}

    static void positive(String name, long count) {
        if (count <= 0) {
            throw new IllegalArgumentException(name + " = " + count + " must be at least 1");
        }
    }

    static void atMost(String name, long count, long most, String reason) {
        if (count > most) {
            throw new IllegalArgumentException(name + " = " + count + " is more than " + most + ": " + reason);
        }
    }

    /// The rule runs on the objective: it needs no matrix, and they do not use one name for two things.
    static void runs(OptimizerRule rule, FormulaObjective objective, ClosedMap.Start init) {
        ClosedMap.of(rule, objective, init);
    }

    static void oneOf(String name, String word, List<String> allowed) {
        if (!allowed.contains(word)) {
            throw new IllegalArgumentException(name + " = " + word + " is none of " + allowed);
        }
    }

    /// The loss and its derivatives at a start that [#start] let pass are within the range of double too.
    static void startInDouble(String objective, List<Double> x0) {
        for (WideNumber value : lossAndGradient(FormulaObjective.read(objective), x0)) {
            if (!Double.isFinite(value.toDouble())) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "x0 = %s: loss or gradient of %s has there the magnitude 10^%.0f, beyond the range of double",
                        shown(x0),
                        objective,
                        value.log10Magnitude()));
            }
        }
    }

    private static WideNumber[] lossAndGradient(FormulaObjective formula, List<Double> x) {
        List<Expression> values = new ArrayList<>(List.of(formula.loss()));
        values.addAll(formula.gradient());
        return new WideInterpreter(Program.of(values))
                .evaluate(name -> WideNumber.of(x.get(formula.variables().indexOf(name))));
    }

    /// The objective reads, and the start is a finite point of its space at which loss and gradient are numbers.
    static void start(String objective, List<Double> x0) {
        FormulaObjective formula = FormulaObjective.read(objective);
        List<String> variables = formula.variables();
        if (x0.size() != variables.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "x0 = %s: %d given, but %s takes one number for each of its variables %s%s",
                    shown(x0),
                    x0.size(),
                    objective,
                    variables,
                    constant(variables)));
        }
        for (double coordinate : x0) {
            if (!Double.isFinite(coordinate)) {
                throw new IllegalArgumentException("x0 = " + shown(x0) + " must be finite");
            }
        }
        // Log-scaled, so that only what is no number at all is refused, not what is large.
        WideNumber[] atStart = lossAndGradient(formula, x0);
        for (int i = 0; i < atStart.length; i++) {
            if (!atStart[i].isFinite()) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "x0 = %s: there %s of %s is no finite number",
                        shown(x0),
                        i == 0 ? "the loss" : "the derivative by " + variables.get(i - 1),
                        objective));
            }
        }
    }

    private static String shown(List<Double> x0) {
        return x0.stream().map(Decimal::written).collect(Collectors.joining(", ", "[", "]"));
    }

    /// Names that are constants elsewhere are variables here, which is rarely meant.
    private static String constant(List<String> variables) {
        return (variables.contains("pi") ? "; pi is a variable like others: write 3.141592653589793" : "")
                + (variables.contains("e") ? "; e is a variable like others: write exp(x) for e^x" : "");
    }

    /// Every hyper-parameter has a value or an axis within its domain, none has both.
    static void complete(TunedRule optimizer, List<Axis> axes) {
        OptimizerRule rule = optimizer.rule();
        List<String> given = new ArrayList<>(optimizer.values().keySet());
        for (Axis axis : axes) {
            rule.checked(axis.name(), axis.from());
            rule.checked(axis.name(), axis.to());
            if (given.contains(axis.name())) {
                throw new IllegalArgumentException(axis.name() + " has both a value and an axis");
            }
            given.add(axis.name());
        }
        for (String name : rule.hyperNames()) {
            if (!given.contains(name)) {
                throw new IllegalArgumentException(rule.name() + ": " + name + " has no value");
            }
        }
    }
}
