package adamscope.model;

import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.FormulaException;
import adamscope.formula.FormulaReader;
import adamscope.formula.PlainText;
import adamscope.formula.Rewriting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// An equation for a function u of the coordinates, as written: `-laplace(u) = 2*pi^2*sin(pi*x)*sin(pi*y)`.
///
/// | written | means |
/// | --- | --- |
/// | `x`, `y`, `z`, or `x1`, `x2`, … | coordinates |
/// | `u` | the solution |
/// | `laplace(u)` | Δu |
/// | `grad2(u)` | \|∇u\|² |
/// | `u_x`, `u_x2` | ∂u/∂x, ∂u/∂x₂ |
/// | `u_xx`, `u_xy`, `u_x1x2` | second derivatives |
/// | `u_n` | ∂u/∂n, outwards, on the boundary |
/// | `pi` | π |
///
/// @param text  as written
/// @param left  of the equals sign
/// @param right of it
public record Equation(String text, Expression left, Expression right) {
    /// The solution.
    static final String SOLUTION = "u";

    /// Δu.
    static final String LAPLACIAN = "laplace(u)";

    /// |∇u|².
    static final String GRADIENT_SQUARED = "grad2(u)";

    /// ∂u/∂n.
    static final String NORMAL_DERIVATIVE = "u_n";

    static final String PI = "pi";
    private static final List<String> LETTERS = List.of("x", "y", "z");

    /// The places at which an equation is asked.
    enum Where {
        /// Inside the region.
        INSIDE,
        /// On its edge, where there is a normal.
        BOUNDARY
    }

    /// Reads an equation; faults name line and column, after the word `objective`.
    ///
    /// @throws FormulaException if the text is none, or u is not in it
    static Equation read(String text, int dimension, Where where) {
        int equals = text.indexOf('=');
        if (equals < 0 || equals != text.lastIndexOf('=')) {
            throw new FormulaException(
                    "objective", 1, 1, "'" + text + "' is no equation: write one as " + example(where));
        }
        Set<String> names = new LinkedHashSet<>(coordinates(dimension));
        names.addAll(List.of(SOLUTION, LAPLACIAN, GRADIENT_SQUARED, PI));
        names.addAll(derivatives(dimension));
        if (where == Where.BOUNDARY) {
            names.add(NORMAL_DERIVATIVE);
        }
        Expression left = side(text.substring(0, equals), names);
        // spaces in place of the left side keep the columns
        Expression right = side(" ".repeat(equals + 1) + text.substring(equals + 1), names);
        Equation equation = new Equation(text.strip(), left, right);
        if (isGiven(left, dimension) && isGiven(right, dimension)) {
            throw new FormulaException("objective", 1, 1, "the solution u is not in '" + equation.text() + "'");
        }
        return equation;
    }

    /// A function of the coordinates alone.
    static Expression function(String text, int dimension) {
        List<String> names = new ArrayList<>(coordinates(dimension));
        names.add(PI);
        return side(text, names);
    }

    private static String example(Where where) {
        return where == Where.INSIDE ? "-laplace(u) = 1" : "u = 0, or u_n = 0";
    }

    private static Expression side(String text, java.util.Collection<String> names) {
        Expression side = FormulaReader.read("objective", text, names);
        Rewriting.rewrite(side, part -> {
            if (part instanceof Expression.Reduction(var kind, var _)) {
                throw new FormulaException(
                        "objective", 1, 1, "an equation holds at a point; " + kind.word() + " goes over many");
            }
            return null;
        });
        return side;
    }

    /// The names of the coordinates: letters where there are at most three, and numbered ones.
    static List<String> coordinates(int dimension) {
        List<String> names = new ArrayList<>(dimension <= LETTERS.size() ? LETTERS.subList(0, dimension) : List.of());
        for (int k = 1; k <= dimension; k++) {
            names.add("x" + k);
        }
        return names;
    }

    /// Which coordinate a name means, from 0; −1: none.
    static int coordinate(String name, int dimension) {
        int place = coordinates(dimension).indexOf(name);
        int letters = dimension <= LETTERS.size() ? dimension : 0;
        return place < letters ? place : place - letters;
    }

    private static List<String> derivatives(int dimension) {
        List<String> names = new ArrayList<>();
        for (List<String> own : alphabets(dimension)) {
            for (String a : own) {
                names.add("u_" + a);
                own.forEach(b -> names.add("u_" + a + b));
            }
        }
        return names;
    }

    /// The coordinates by which a name such as `u_xy` derives u, from 0; empty: it is no derivative.
    static List<Integer> derivedBy(String name, int dimension) {
        for (List<String> own : alphabets(dimension)) {
            for (int i = 0; i < dimension; i++) {
                String first = "u_" + own.get(i);
                if (name.equals(first)) {
                    return List.of(i);
                }
                if (name.startsWith(first) && own.contains(name.substring(first.length()))) {
                    return List.of(i, own.indexOf(name.substring(first.length())));
                }
            }
        }
        return List.of();
    }

    private static List<List<String>> alphabets(int dimension) {
        List<String> all = coordinates(dimension);
        return dimension <= LETTERS.size()
                ? List.of(all.subList(0, dimension), all.subList(dimension, 2 * dimension))
                : List.of(all);
    }

    /// Whether a side is known without the solution.
    static boolean isGiven(Expression side, int dimension) {
        List<String> known = new ArrayList<>(coordinates(dimension));
        known.add(PI);
        return known.containsAll(Rewriting.names(side));
    }

    /// A given side at a point, in double precision.
    ///
    /// @throws IllegalArgumentException where it has no value
    static double at(Expression side, double... point) {
        ToDoubleFunction<String> values = name -> name.equals(PI) ? Math.PI : point[coordinate(name, point.length)];
        double value = Evaluation.value(side, values);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s is no finite number at the point %s of the domain",
                    new PlainText().write(side),
                    Arrays.toString(point)));
        }
        return value;
    }

    /// The text says it all.
    @Override
    public boolean equals(Object other) {
        return other instanceof Equation(String same, var _, var _) && same.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
