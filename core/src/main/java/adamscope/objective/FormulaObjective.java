package adamscope.objective;

import adamscope.formula.Derivative;
import adamscope.formula.Enclosure;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.FormulaException;
import adamscope.formula.FormulaReader;
import adamscope.formula.PlainText;
import adamscope.formula.Rewriting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;

/// A loss given as a formula of its variables, such as `x^4/4 + y^2/2`, with its gradient derived symbolically.
///
/// @param text      the formula as written
/// @param variables the coordinates, in natural order (x, y; x1, x2, …, x10)
/// @param loss      the loss L
/// @param gradient  ∂L/∂variable for each variable
/// @param minimum   the least value, where the user has named it
public record FormulaObjective(
        String text, List<String> variables, Expression loss, List<Expression> gradient, OptionalDouble minimum) {

    public FormulaObjective {
        variables = List.copyOf(variables);
        gradient = List.copyOf(gradient);
    }

    /// An objective whose least value nobody has named.
    public FormulaObjective(String text, List<String> variables, Expression loss, List<Expression> gradient) {
        this(text, variables, loss, gradient, OptionalDouble.empty());
    }

    /// The same objective with its least value as the user names it, or without.
    ///
    /// @throws IllegalArgumentException if it is not a finite number
    public FormulaObjective withMinimum(OptionalDouble minimum) {
        if (minimum.isPresent() && !Double.isFinite(minimum.getAsDouble())) {
            throw new IllegalArgumentException(
                    "minimum = " + new PlainText().number(minimum.getAsDouble()) + " is not a finite number");
        }
        return new FormulaObjective(text, variables, loss, gradient, minimum);
    }

    /// The least value: as named, else found.
    ///
    /// @param x0         a start to descend from, beside others
    /// @param parameters values of [#parameters()]
    public Minimum minimum(List<Double> x0, Map<String, Double> parameters) {
        return MinimumSearch.of(this, x0, parameters);
    }

    /// Whether the loss is a constant plus what is 0 at the origin, grows on every way out of it and is known to all
    /// its digits: then it is least at the origin, and one minus the other says how far a run is.
    ///
    /// @param parameters where each of [#parameters()] lies
    public boolean growsFromOrigin(Function<String, Enclosure> parameters) {
        return SplitLoss.of(this).growsFromZero(parameters);
    }

    /// What the loss is without its constant terms where `minimum` is the sum of those; elsewhere the difference.
    public Expression over(Expression minimum) {
        return SplitLoss.of(this).over(minimum);
    }

    /// The terms without a variable, 0 if there are none.
    public Expression constant() {
        return SplitLoss.of(this).constant();
    }

    /// Reads an objective: a formula, or one of [NamedObjectives].
    ///
    /// @throws FormulaException if the text is not a formula, has no variable, or reduces over coordinates
    public static FormulaObjective read(String text) {
        return read(text, List.of());
    }

    /// Reads an objective in which some names are parameters: numbers that no optimizer moves.
    ///
    /// @throws FormulaException         as [#read(String)] does
    /// @throws IllegalArgumentException if the formula lacks a parameter, or has no variable beside them
    public static FormulaObjective read(String text, List<String> parameters) {
        Expression loss = FormulaReader.read("objective", NamedObjectives.formula(text));
        Rewriting.rewrite(loss, node -> {
            if (node instanceof Reduction(var kind, var _)) {
                throw new FormulaException(
                        "objective", 1, 1, kind.word() + " has no meaning in an objective; write the sum out");
            }
            return null;
        });
        parameters.forEach(parameter -> {
            if (!Rewriting.names(loss).contains(parameter)) {
                throw new IllegalArgumentException("objective " + text + " has no '" + parameter + "'; it has "
                        + new TreeSet<>(Rewriting.names(loss)));
            }
        });
        List<String> variables = Rewriting.names(loss).stream()
                .filter(name -> !parameters.contains(name))
                .sorted(Comparator.comparing((String name) -> name.replaceAll("[0-9]+$", ""))
                        .thenComparing(String::length)
                        .thenComparing(name -> name))
                .toList();
        if (variables.isEmpty()) {
            throw new FormulaException("objective", 1, 1, "'" + text + "' has no variable");
        }
        List<Expression> gradient =
                variables.stream().map(v -> Derivative.of(loss, v)).toList();
        return new FormulaObjective(text, variables, loss, gradient);
    }

    /// x^k/k, the degenerate polynomial of degree k.
    public static FormulaObjective power(int degree) {
        return read("x^" + degree + "/" + degree);
    }

    /// ∂²L/∂aᵢ∂aⱼ, row by row.
    public List<List<Expression>> hessian() {
        List<List<Expression>> rows = new ArrayList<>();
        for (Expression derivative : gradient) {
            rows.add(variables.stream().map(v -> Derivative.of(derivative, v)).toList());
        }
        return rows;
    }

    /// The names that are no variables: numbers that no optimizer moves.
    public List<String> parameters() {
        return Rewriting.names(loss).stream()
                .filter(name -> !variables.contains(name))
                .sorted()
                .toList();
    }

    /// The number of coordinates.
    public int dimension() {
        return variables.size();
    }

    @Override
    public String toString() {
        return new PlainText().write(loss);
    }
}
