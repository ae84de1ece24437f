package adamscope.stability;

import adamscope.formula.Expression;
import adamscope.kernel.BlockInterpreter;
import adamscope.kernel.Program;
import adamscope.kernel.WideInterpreter;
import adamscope.kernel.WideNumber;
import adamscope.linear.Spectrum;
import adamscope.objective.FormulaObjective;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// log₁₀ of the sharpness along a run: of the largest eigenvalue of P^(−1/2) H P^(−1/2), or of H itself; NaN where it
/// is not positive.
///
/// In one dimension it is L″(x)/P in log-scaled numbers, also where x is below the least double.
public final class RunSharpness {
    private static final double LOG10_OF_2 = Math.log10(2);

    private final List<String> variables;
    private final List<List<Expression>> hessian;
    private final WideInterpreter second;
    private final Map<String, double[]> columns = new HashMap<>();
    private final double[] sharpness;
    private final boolean preconditioned;

    private RunSharpness(FormulaObjective objective, Table run, boolean preconditioned) {
        this.preconditioned = preconditioned;
        this.variables = objective.variables();
        this.hessian = objective.hessian();
        this.second = new WideInterpreter(Program.of(hessian.getFirst()));
        run.columns().forEach(column -> columns.put(column.name(), run.numbers(column.name())));
        this.sharpness = new double[run.rows()];
    }

    /// The preconditioned sharpness in each row of a trajectory; of a rule without a preconditioner, the sharpness.
    public static double[] preconditioned(FormulaObjective objective, Table run) {
        return new RunSharpness(objective, run, true).read();
    }

    /// The sharpness in each row of a trajectory.
    public static double[] plain(FormulaObjective objective, Table run) {
        return new RunSharpness(objective, run, false).read();
    }

    private double[] read() {
        if (variables.size() > 1) {
            return largest();
        }
        double[] preconditioner = preconditioner("");
        Arrays.setAll(sharpness, row -> curvature(row) - preconditioner[row]);
        return sharpness;
    }

    private double curvature(int row) {
        String x = variables.getFirst();
        double plain = columns.get(x)[row];
        double log10 = columns.get("log10Abs[" + x + "]")[row];
        WideNumber at = Math.abs(plain) >= Double.MIN_NORMAL || !Double.isFinite(log10)
                ? WideNumber.of(plain)
                : wide(Math.copySign(1, plain), log10);
        WideNumber curvature = second.evaluate(_ -> at)[0];
        return curvature.mantissa() > 0 ? curvature.log10Magnitude() : Double.NaN;
    }

    private static WideNumber wide(double sign, double log10) {
        double exponent = Math.floor(log10 / LOG10_OF_2);
        return WideNumber.normalised(sign * Math.pow(10, log10 - exponent * LOG10_OF_2), (long) exponent);
    }

    /// The upper triangle of H in all rows, each subexpression once.
    private double[][] entries() {
        List<Expression> upper = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            upper.addAll(hessian.get(i).subList(i, variables.size()));
        }
        double[][] entries = new double[upper.size()][sharpness.length];
        new BlockInterpreter(Program.of(upper), sharpness.length).evaluate(columns, entries);
        return entries;
    }

    private double[] largest() {
        int n = variables.size();
        double[][] entries = entries();
        List<double[]> roots =
                variables.stream().map(name -> preconditioner("[" + name + "]")).toList();
        double[][] matrix = new double[n][n];
        for (int row = 0; row < sharpness.length; row++) {
            int entry = 0;
            for (int i = 0; i < n; i++) {
                for (int j = i; j < n; j++) {
                    double decades = roots.get(i)[row] + roots.get(j)[row];
                    matrix[i][j] = entries[entry++][row] * Math.pow(10, -0.5 * decades);
                    matrix[j][i] = matrix[i][j];
                }
            }
            boolean finite =
                    Arrays.stream(matrix).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
            double top = finite ? Spectrum.ofSymmetric(matrix)[n - 1] : Double.NaN;
            sharpness[row] = top > 0 ? Math.log10(top) : Double.NaN;
        }
        return sharpness;
    }

    /// log₁₀ of P along the run; zeros where the rule has none, or none is asked for.
    private double[] preconditioner(String suffix) {
        double[] column = columns.get("log10Preconditioner" + suffix);
        return column == null || !preconditioned ? new double[sharpness.length] : column;
    }
}
