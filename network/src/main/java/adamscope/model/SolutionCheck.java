package adamscope.model;

import adamscope.formula.Algebra;
import adamscope.formula.Derivative;
import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Rewriting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// Whether a stated solution solves its equation: both sides with it in place of u, by symbolic derivatives, at points
/// inside and on the boundary.
final class SolutionCheck {
    private static final int POINTS = 64;

    /// Of both sides, against the largest of u and its derivatives there and 1: rounding is far below.
    private static final double ALLOWED = 1e-6;

    private static final String NORMAL = "n";

    private final int dimension;
    private final Expression u;

    private SolutionCheck(GalerkinProblem problem) {
        dimension = problem.dimension();
        u = numbered(Equation.function(problem.exact().orElseThrow(), dimension));
    }

    /// Refuses one that does not, with both sides at the point where they differ most.
    static void refuseWrong(GalerkinProblem problem) {
        if (problem.exact().isEmpty()) {
            return;
        }
        SolutionCheck check = new SolutionCheck(problem);
        List<Region.Edge> edges = new ArrayList<>();
        List<Region.Edge> inside = new ArrayList<>();
        for (int point = 0; point < POINTS; point++) {
            inside.add(new Region.Edge(problem.region().inside(0, point), new double[problem.dimension()]));
            edges.add(problem.region().onBoundary(0, point));
        }
        check.refuse(problem, "equation", problem.equation(), inside);
        check.refuse(problem, "boundary", problem.boundary(), edges);
    }

    private void refuse(GalerkinProblem problem, String key, Equation equation, List<Region.Edge> points) {
        Map<String, Expression> known = new HashMap<>();
        List.of(equation.left(), equation.right())
                .forEach(side ->
                        Rewriting.names(side).forEach(name -> meaning(name).ifPresent(m -> known.put(name, m))));
        Expression left = Rewriting.substitute(equation.left(), known);
        Expression right = Rewriting.substitute(equation.right(), known);
        double scale = 1;
        double worst = 0;
        String where = "";
        for (Region.Edge at : points) {
            double l = value(left, at);
            double r = value(right, at);
            for (Expression part : known.values()) {
                double size = Math.abs(value(part, at));
                scale = Double.isFinite(size) ? Math.max(scale, size) : scale;
            }
            if (Math.abs(l - r) > worst) {
                worst = Math.abs(l - r);
                where = String.format(
                        Locale.ROOT,
                        "left %.6g, right %.6g at %s",
                        l,
                        r,
                        Arrays.stream(at.point())
                                .mapToObj(x -> String.format(Locale.ROOT, "%.4g", x))
                                .toList());
            }
        }
        if (worst > ALLOWED * scale) {
            throw new IllegalArgumentException("exact: u = " + problem.exact().orElseThrow() + " does not solve " + key
                    + ": " + equation.text() + ": " + where);
        }
    }

    /// What a name of an equation is for this u; empty for coordinates and π, which stay.
    private Optional<Expression> meaning(String name) {
        int coordinate = Equation.coordinate(name, dimension);
        if (coordinate >= 0) {
            return Optional.of(new Symbol(number(coordinate)));
        }
        return switch (name) {
            case Equation.PI -> Optional.empty();
            case Equation.SOLUTION -> Optional.of(u);
            case Equation.LAPLACIAN -> Optional.of(sum(k -> derived(derived(u, k), k)));
            case Equation.GRADIENT_SQUARED -> Optional.of(sum(k -> Algebra.multiply(derived(u, k), derived(u, k))));
            case Equation.NORMAL_DERIVATIVE ->
                Optional.of(sum(k -> Algebra.multiply(derived(u, k), new Symbol(NORMAL + k))));
            default -> {
                Expression value = u;
                for (int k : Equation.derivedBy(name, dimension)) {
                    value = derived(value, k);
                }
                yield Optional.of(value);
            }
        };
    }

    private Expression sum(IntFunction<Expression> term) {
        Expression sum = term.apply(0);
        for (int k = 1; k < dimension; k++) {
            sum = Algebra.add(sum, term.apply(k));
        }
        return sum;
    }

    private static Expression derived(Expression e, int coordinate) {
        return Derivative.of(e, number(coordinate));
    }

    /// With each coordinate under one of its names.
    private Expression numbered(Expression e) {
        return Rewriting.rewrite(
                e,
                node -> node instanceof Symbol(String name) && Equation.coordinate(name, dimension) >= 0
                        ? new Symbol(number(Equation.coordinate(name, dimension)))
                        : null);
    }

    private static String number(int coordinate) {
        return "x" + (coordinate + 1);
    }

    private double value(Expression e, Region.Edge at) {
        return Evaluation.value(
                e,
                name -> name.equals(Equation.PI)
                        ? Math.PI
                        : name.startsWith(NORMAL)
                                ? at.normal()[Integer.parseInt(name.substring(1))]
                                : at.point()[Equation.coordinate(name, dimension)]);
    }
}
