package adamscope.flow;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.PlainText;
import adamscope.objective.FormulaObjective;
import adamscope.table.Table;
import java.util.List;

/// The bound of Adam flow from m = v = 0 with ε = 0 near time 0, where it moves like signGD flow:
/// ‖x' + sign(∇f)‖ < 54·M³·L·√d·t/c⁴ for t < c³/(32·M²·L·√d). [Ma, Wu & E, Proposition 3]
///
/// The proof has a gap (its step to a contradiction needs ‖x(t*) − x(0)‖ ≤ (2M/c)·√d·t*), which the range of t covers.
/// The bound is true and very far above what is measured.
///
/// @param gradientBound M, a bound of ‖∇f‖
/// @param lipschitz     L, a Lipschitz constant of ∇f
/// @param smallest      c, below every |∂f/∂xᵢ| at the start
/// @param dimension     d
public record EarlySignBound(double gradientBound, double lipschitz, double smallest, int dimension) {

    public EarlySignBound {
        for (double constant : new double[] {gradientBound, lipschitz, smallest, dimension}) {
            if (!(constant > 0 && constant < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("M, L, c and d have to be positive numbers; one of them is "
                        + new PlainText().number(constant));
            }
        }
    }

    /// The end of the times for which it holds.
    public double validUntil() {
        return Math.pow(smallest, 3) / (32 * gradientBound * gradientBound * lipschitz * Math.sqrt(dimension));
    }

    /// The bound at a time.
    ///
    /// @throws IllegalArgumentException for a time outside (0, [#validUntil()])
    public double at(double time) {
        if (!(time > 0 && time <= validUntil())) {
            throw new IllegalArgumentException("time = " + new PlainText().number(time) + " is outside (0, "
                    + new PlainText().number(validUntil()) + "]");
        }
        return 54 * Math.pow(gradientBound, 3) * lipschitz * Math.sqrt(dimension) * time / Math.pow(smallest, 4);
    }

    /// ‖x' + sign(∇f)‖ along the Adam flow with rates a and b and bias correction, at each of the times.
    public static double[] measured(double a, double b, FormulaObjective objective, List<Double> x0, double... times) {
        Table solution = new FlowRun(new Flow.Adam(a, b, 0, true), objective, x0, ClosedMap.Start.ZERO)
                .run(times)
                .table();
        VectorField gradient = new VectorField(objective.variables(), objective.gradient());
        double[][] x = FlowDistance.columns(objective, solution);
        double[] measured = new double[times.length];
        for (int row = 0; row < times.length; row++) {
            double[] point = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                point[i] = x[i][row];
            }
            double[] g = gradient.at(point);
            double square = 0;
            for (int i = 0; i < x.length; i++) {
                String variable = objective.variables().get(i);
                double m = solution.numbers(ClosedMap.component(objective, "m", variable))[row];
                double v = solution.numbers(ClosedMap.component(objective, "v", variable))[row];
                double average = m / -Math.expm1(-b * times[row]);
                double root = Math.sqrt(v / -Math.expm1(-a * times[row]));
                square += Math.pow(Math.signum(g[i]) - average / root, 2);
            }
            measured[row] = Math.sqrt(square);
        }
        return measured;
    }
}
