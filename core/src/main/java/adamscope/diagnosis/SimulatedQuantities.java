package adamscope.diagnosis;

import adamscope.objective.FormulaObjective;
import adamscope.regime.Quantity;
import adamscope.stability.RunSharpness;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a trajectory of a formula says under the names of a log: norms, v/g², |m|/√v, sharpness.
///
/// v is the one that holds the gradient of its row, as in the logs of trainers. NaN where a number is below the range
/// of doubles, and in the last row, where no update was computed.
public final class SimulatedQuantities {
    /// log₁₀ of numbers whose squares a double still holds.
    private static final double LEAST = -150;

    /// Percentiles of v/g² that a diagnosis reads; a formula has few coordinates.
    private static final List<Integer> LEVELS = List.of(1, 90);

    private final List<String> variables;
    private final Map<String, double[]> columns = new HashMap<>();
    private final int rows;

    private SimulatedQuantities(FormulaObjective objective, Table trajectory) {
        this.variables = objective.variables();
        this.rows = trajectory.rows();
        for (Column column : trajectory.columns()) {
            if (!(column instanceof Column.Words)) {
                columns.put(column.name(), trajectory.numbers(column.name()));
            }
        }
    }

    /// By the names of [Quantity], in its order; those that the rule does not have are left out.
    ///
    /// @param trajectory as [adamscope.dynamics.Trajectory] has it
    public static Map<String, double[]> of(FormulaObjective objective, Table trajectory) {
        SimulatedQuantities read = new SimulatedQuantities(objective, trajectory);
        Map<String, double[]> quantities = new HashMap<>();
        quantities.put(Quantity.GRADIENT_NORM, read.norm(read.each("log10Gradient")));
        quantities.put(Quantity.WEIGHT_NORM, read.norm(read.states("")));
        quantities.put(Quantity.STEP_NORM, read.norm(read.moves()));
        if (read.has("log10Coupling")) {
            double[][] coupling = finite(read.each("log10Coupling"));
            double[][] gradient = read.each("log10Gradient");
            double[][] root = new double[coupling.length][];
            Arrays.setAll(root, i -> sum(gradient[i], coupling[i], 0.5));
            quantities.put(Quantity.ROOT_SECOND_MOMENT_NORM, read.norm(root));
            LEVELS.forEach(level -> quantities.put(Quantity.couplingRatio(level), read.quantile(coupling, level)));
            if (read.everyStep() && columnsOf(read, "m") && columnsOf(read, "v")) {
                double[][] m = read.states("m");
                double[][] v = read.states("v");
                double[][] ratio = new double[m.length][];
                Arrays.setAll(ratio, i -> next(sum(m[i], v[i], -0.5)));
                quantities.put(Quantity.stepRatio(99), read.quantile(ratio, 99));
            }
        }
        quantities.put(Quantity.SHARPNESS, powers(RunSharpness.plain(objective, trajectory)));
        if (read.has("log10Preconditioner")) {
            quantities.put(
                    Quantity.PRECONDITIONED_SHARPNESS, powers(RunSharpness.preconditioned(objective, trajectory)));
        }
        Map<String, double[]> ordered = new LinkedHashMap<>();
        for (String name : Quantity.ALL) {
            double[] values = quantities.getOrDefault(name, new double[0]);
            if (!Arrays.stream(values).allMatch(Double::isNaN)) {
                ordered.put(name, values);
            }
        }
        return ordered;
    }

    private static boolean columnsOf(SimulatedQuantities read, String state) {
        return read.variables.stream().allMatch(variable -> read.columns.containsKey(read.component(state, variable)));
    }

    private boolean has(String name) {
        return columns.containsKey(variables.size() == 1 ? name : name + "[" + variables.getFirst() + "]");
    }

    private boolean everyStep() {
        double[] steps = columns.get(Quantity.STEP);
        return rows > 1 && steps[rows - 1] - steps[0] == rows - 1;
    }

    /// One column for each coordinate.
    private double[][] each(String name) {
        return variables.stream()
                .map(variable -> columns.get(variables.size() == 1 ? name : name + "[" + variable + "]"))
                .toArray(double[][]::new);
    }

    private String component(String state, String variable) {
        String inner = state.isEmpty() ? variable : variables.size() == 1 ? state : state + "[" + variable + "]";
        return "log10Abs[" + inner + "]";
    }

    /// log₁₀ of the magnitudes of a state, of the variables themselves where it has no name.
    private double[][] states(String state) {
        return variables.stream()
                .map(variable -> columns.get(component(state, variable)))
                .toArray(double[][]::new);
    }

    /// log₁₀ of |Δx| of each coordinate.
    private double[][] moves() {
        double[][] relative = each("relativeStep");
        double[][] at = states("");
        double[][] moves = new double[relative.length][rows];
        for (int i = 0; i < moves.length; i++) {
            for (int row = 0; row < rows; row++) {
                moves[i][row] = Math.log10(Math.abs(relative[i][row])) + at[i][row];
            }
        }
        return moves;
    }

    /// NaN where a gradient of 0 leaves no quotient.
    private static double[][] finite(double[][] logs) {
        return Arrays.stream(logs)
                .map(log -> Arrays.stream(log)
                        .map(each -> each == Double.POSITIVE_INFINITY ? Double.NaN : each)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double[] sum(double[] a, double[] b, double times) {
        double[] sum = new double[a.length];
        Arrays.setAll(sum, row -> a[row] + times * b[row]);
        return sum;
    }

    /// What the next row holds: the states after the update.
    private static double[] next(double[] values) {
        double[] next = Arrays.copyOfRange(values, 1, values.length + 1);
        next[next.length - 1] = Double.NaN;
        return next;
    }

    /// √Σ 10^2a over the coordinates; 0 only where every coordinate is.
    private double[] norm(double[][] logs) {
        double[] norm = new double[rows];
        for (int row = 0; row < rows; row++) {
            double square = 0;
            boolean lost = false;
            for (double[] log : logs) {
                boolean below = log[row] < LEAST;
                square += below ? 0 : Math.pow(10, 2 * log[row]);
                lost |= below && log[row] > Double.NEGATIVE_INFINITY;
            }
            norm[row] = square == 0 && lost ? Double.NaN : Math.sqrt(square);
        }
        return norm;
    }

    /// 10^a at a percentile over the coordinates, the nearest of them.
    private double[] quantile(double[][] logs, int percent) {
        double[] quantile = new double[rows];
        double[] sorted = new double[logs.length];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = logs[i][row];
            }
            Arrays.sort(sorted);
            double log = sorted[(int) Math.round(percent / 100.0 * (sorted.length - 1))];
            quantile[row] = power(log);
        }
        return quantile;
    }

    private static double[] powers(double[] logs) {
        return Arrays.stream(logs).map(SimulatedQuantities::power).toArray();
    }

    private static double power(double log) {
        return log < 2 * LEAST ? Double.NaN : Math.pow(10, log);
    }
}
