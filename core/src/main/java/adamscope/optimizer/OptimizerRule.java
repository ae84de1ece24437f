package adamscope.optimizer;

import adamscope.formula.Expression;
import adamscope.formula.PlainText;
import adamscope.optimizer.Statement.Precondition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An update rule as data: from this one text simulation, sweeps, training, theory and print are derived.
///
/// In the statements `x` is the parameter, `g` the gradient at x before the step and `t` the step, counted from 1.
///
/// @param note the comment above the rule: source and variant
/// @param text the rule as written
public record OptimizerRule(
        String name,
        String note,
        String text,
        List<HyperParameter> hyperParameters,
        List<StateVariable> states,
        List<Statement> statements) {

    /// The parameter that the rule moves.
    public static final String PARAMETER = "x";

    /// The gradient.
    public static final String GRADIENT = "g";

    /// The step, from 1.
    public static final String STEP = "t";

    /// Names, by `evaluate = …`, the point at which the rule wants to be evaluated, of parameter and states.
    public static final String EVALUATE = "evaluate";

    public OptimizerRule {
        hyperParameters = List.copyOf(hyperParameters);
        states = List.copyOf(states);
        statements = List.copyOf(statements);
    }

    /// The names of the hyper-parameters, in order of declaration.
    public List<String> hyperNames() {
        return hyperParameters.stream().map(HyperParameter::name).toList();
    }

    /// The hyper-parameter of that name.
    ///
    /// @throws IllegalArgumentException if the rule has none; the message lists what it has
    public HyperParameter hyper(String hyperName) {
        return hyperParameters.stream()
                .filter(hyper -> hyper.name().equals(hyperName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " has no hyper-parameter '" + hyperName + "'; it has " + hyperNames()));
    }

    /// Values for every hyper-parameter: the default ones, overridden by `chosen`.
    ///
    /// @throws IllegalArgumentException for an unknown name or a value outside its domain
    public Map<String, Double> values(Map<String, Double> chosen) {
        Map<String, Double> values = new LinkedHashMap<>();
        hyperParameters.forEach(hyper -> values.put(hyper.name(), hyper.defaultValue()));
        chosen.forEach((key, value) -> values.put(hyper(key).name(), checked(key, value)));
        return values;
    }

    /// The value itself, if it lies in the domain of that hyper-parameter.
    public double checked(String hyperName, double value) {
        Domain domain = hyper(hyperName).domain();
        if (!domain.contains(value)) {
            throw new IllegalArgumentException(
                    name + ": " + hyperName + " = " + new PlainText().number(value) + " is outside " + domain);
        }
        return value;
    }

    /// The line that is marked as the preconditioner, if any.
    public Optional<Precondition> precondition() {
        return statements.stream()
                .filter(Precondition.class::isInstance)
                .map(Precondition.class::cast)
                .findFirst();
    }

    /// Where the rule wants to be evaluated after a step, of parameter, states and hyper-parameters; empty: at the
    /// parameter.
    public Optional<Expression> evaluation() {
        return statements.stream()
                .filter(line -> line.name().equals(EVALUATE))
                .map(Statement::expression)
                .findFirst();
    }

    /// A rule with the same states whose step goes to the point of evaluation.
    public OptimizerRule toEvaluation() {
        Statement move = new Statement.Advance(PARAMETER, evaluation().orElseThrow());
        return new OptimizerRule(name, note, text, hyperParameters, states, List.of(move));
    }

    /// Printed symbols by name: those declared, and those every rule shares.
    public Map<String, String> symbols() {
        Map<String, String> symbols = new LinkedHashMap<>();
        hyperParameters.forEach(hyper -> symbols.put(hyper.name(), hyper.symbol()));
        return symbols;
    }
}
