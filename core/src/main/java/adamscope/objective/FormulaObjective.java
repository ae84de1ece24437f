package adamscope.objective;

import adamscope.formula.Derivative;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.FormulaException;
import adamscope.formula.FormulaReader;
import adamscope.formula.PlainText;
import adamscope.formula.Rewriting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// A loss given as a formula of its variables, such as `x^4/4 + y^2/2`, with its gradient derived symbolically.
///
/// @param text      the formula as written
/// @param variables the coordinates, in natural order (x, y; x1, x2, …, x10)
/// @param loss      the loss L
/// @param gradient  ∂L/∂variable for each variable
public record FormulaObjective(String text, List<String> variables, Expression loss, List<Expression> gradient) {

    public FormulaObjective {
        variables = List.copyOf(variables);
        gradient = List.copyOf(gradient);
    }

    /// Reads an objective.
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
        Expression loss = FormulaReader.read("objective", text);
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
