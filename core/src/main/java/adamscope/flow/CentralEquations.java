package adamscope.flow;

import adamscope.flow.FlowEquations.Unknown;
import adamscope.formula.Derivative;
import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Rewriting;
import adamscope.objective.FormulaObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/// The right-hand side of a central flow: the rule's own flow for a given gradient, the preconditioned top eigenpair,
/// and its change along the flow.
final class CentralEquations {
    private final FormulaObjective objective;
    private final List<Unknown> components;
    private final List<String> gradientNames;
    private final VectorField velocity;
    private final VectorField gradient;
    private final VectorField hessian;
    private final VectorField third;
    private final VectorField scales;
    private final VectorField scaleSlopes;
    private final int n;
    private final double[] start;
    private final double lr;
    final int states;
    final double threshold;

    /// The top eigenpair of P⁻¹H: `value`·P·u = H·u, u'Pu = 1; `second` is the next eigenvalue, −∞ in one dimension.
    record Top(double value, double second, double[] vector, double[] scales) {}

    CentralEquations(CentralFlow central) {
        this.objective = central.objective();
        this.n = objective.dimension();
        this.threshold = central.threshold();
        this.lr = central.values().get("lr");
        this.gradientNames =
                objective.variables().stream().map(v -> "gradient of " + v).toList();
        FormulaObjective symbolic = new FormulaObjective(
                objective.text(),
                objective.variables(),
                Expression.ZERO,
                gradientNames.stream().<Expression>map(Symbol::new).toList());
        FlowEquations rule = RuleLimit.equations(central.limit(), symbolic, central.start());
        Map<String, Expression> fast = fastAverages(rule);
        this.components = rule.components().stream()
                .filter(c -> !fast.containsKey(c.name()))
                .map(c -> new Unknown(c.name(), c.start(), Rewriting.substitute(c.velocity(), fast)))
                .toList();
        this.states = rule.states() - fast.size();
        List<String> names = names();
        List<String> withGradient = new ArrayList<>(names);
        withGradient.addAll(gradientNames);
        this.velocity = new VectorField(
                withGradient, components.stream().map(Unknown::velocity).toList());
        this.gradient = new VectorField(objective.variables(), objective.gradient());
        List<Expression> second =
                objective.hessian().stream().flatMap(List::stream).toList();
        this.hessian = new VectorField(objective.variables(), second);
        this.third = new VectorField(objective.variables(), derivatives(second, objective.variables()));
        this.scales = new VectorField(names, rule.scales());
        this.scaleSlopes = new VectorField(names, derivatives(rule.scales(), names));
        this.start = startingState(central.x0());
    }

    /// Averages that relax to the gradient itself, s' = rate·(g − s), each with the gradient it averages.
    private Map<String, Expression> fastAverages(FlowEquations rule) {
        Map<String, Expression> fast = new LinkedHashMap<>();
        for (int s = n; s < n + rule.states(); s++) {
            Unknown state = rule.components().get(s);
            Symbol average = new Symbol(gradientNames.get((s - n) % n));
            Expression relaxed = Rewriting.substitute(state.velocity(), Map.of(state.name(), average));
            boolean vanishes =
                    List.of(0.3, -1.7, 2.9).stream().allMatch(g -> Math.abs(Evaluation.value(relaxed, _ -> g)) < 1e-9);
            boolean scales =
                    rule.scales().stream().anyMatch(p -> Rewriting.names(p).contains(state.name()));
            if (vanishes && !scales) {
                fast.put(state.name(), average);
            }
        }
        return fast;
    }

    private static List<Expression> derivatives(List<Expression> formulas, List<String> names) {
        return formulas.stream()
                .flatMap(formula -> names.stream().map(name -> Derivative.of(formula, name)))
                .toList();
    }

    private double[] startingState(List<Double> x0) {
        Map<String, Double> at = new HashMap<>();
        double[] point = x0.stream().mapToDouble(Double::doubleValue).toArray();
        double[] g = gradient.at(point);
        for (int i = 0; i < n; i++) {
            at.put(objective.variables().get(i), point[i]);
            at.put(gradientNames.get(i), g[i]);
        }
        return components.stream()
                .mapToDouble(c -> Evaluation.value(c.start(), at::get))
                .toArray();
    }

    List<String> names() {
        return components.stream().map(Unknown::name).toList();
    }

    double[] start() {
        return start.clone();
    }

    /// The top eigenpair at a state.
    Top top(double[] z) {
        double[] p = scales.at(z);
        double[] h = hessian.at(z);
        double[][] symmetric = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                symmetric[i][j] = 0.5 * (h[i * n + j] + h[j * n + i]) / Math.sqrt(p[i] * p[j]);
            }
        }
        var eigen = new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(symmetric), 0x1p-52, true);
        double[] vector = eigen.getEigenvector(0).toArray(); // eigenvalues decrease
        for (int i = 0; i < n; i++) {
            vector[i] /= Math.sqrt(p[i]);
        }
        return new Top(eigen.getEigenvalue(0), n > 1 ? eigen.getEigenvalue(1) : Double.NEGATIVE_INFINITY, vector, p);
    }

    /// z' when the gradient alternates with the variance `q` along the top eigenvector.
    double[] velocity(double[] z, Top top, double q) {
        double[] g = gradient.at(z);
        double[] slope = slope(z, top);
        double spread = Math.sqrt(Math.max(0, q));
        double[] up = new double[z.length + n];
        double[] down = new double[z.length + n];
        System.arraycopy(z, 0, up, 0, z.length);
        System.arraycopy(z, 0, down, 0, z.length);
        for (int i = 0; i < n; i++) {
            double average = g[i] + 0.5 * q * slope[i];
            double swing = spread * top.value() * top.scales()[i] * top.vector()[i];
            up[z.length + i] = average + swing;
            down[z.length + i] = average - swing;
        }
        double[] first = velocity.at(up);
        double[] second = velocity.at(down);
        for (int i = 0; i < first.length; i++) {
            first[i] = 0.5 * (first[i] + second[i]);
        }
        return first;
    }

    /// dλ₁(P⁻¹H)/dt along z' = `along`: ∇S·x' − λ·Σuᵢ²·Pᵢ'.
    double change(double[] z, Top top, double[] along) {
        double[] slope = slope(z, top);
        double[] scale = scaleSlopes.at(z);
        double change = 0;
        for (int i = 0; i < n; i++) {
            double moved = 0;
            for (int c = 0; c < z.length; c++) {
                moved += scale[i * z.length + c] * along[c];
            }
            change += slope[i] * along[i] - top.value() * top.vector()[i] * top.vector()[i] * moved;
        }
        return change;
    }

    /// The variance q that keeps the sharpness where it is; NaN where an oscillation does not lower it.
    ///
    /// Its change is c + b·q + a·q²: the average gradient is affine in q, a second moment takes its square. The root is
    /// the one that grows from 0 with c.
    double variance(double[] z, Top top) {
        double square = Arrays.stream(top.vector()).map(u -> u * u).sum();
        double unit = 0.25 * lr * lr / square;
        double c = change(z, top, velocity(z, top, 0));
        double one = change(z, top, velocity(z, top, unit)) - c;
        double two = change(z, top, velocity(z, top, 2 * unit)) - c;
        double a = 0.5 * (two - 2 * one);
        double b = one - a;
        double root = 2 * c / (-b + Math.sqrt(b * b - 4 * a * c));
        double left = change(z, top, velocity(z, top, root * unit));
        if (Math.abs(left) > 1e-6 * (Math.abs(c) + Math.abs(b * root)) && root > 0) {
            throw new IllegalArgumentException(
                    "the sharpness does not change as a parabola of the variance of the oscillation: this rule is not"
                            + " covered by the central flow");
        }
        return b < 0 ? root * unit : Double.NaN;
    }

    /// ∇S, S = u'H(·)u with u fixed.
    private double[] slope(double[] z, Top top) {
        double[] t = third.at(z);
        double[] slope = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    slope[k] += top.vector()[i] * top.vector()[j] * t[(i * n + j) * n + k];
                }
            }
        }
        return slope;
    }
}
