package adamscope.flow;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.dynamics.Yardstick;
import adamscope.formula.PlainText;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Decimal;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An iteration and flows from the same start on one axis of time ηt.
///
/// @param values every hyper-parameter of the iteration; the flows take their rates from it, rate = (1 − β)/η
/// @param time   end of the comparison
/// @param rows   about how many rows the table gets, at least 2
/// @param flows  which flows, none twice
public record FlowComparison(
        OptimizerRule rule,
        Map<String, Double> values,
        FormulaObjective objective,
        List<Double> x0,
        ClosedMap.Start start,
        double time,
        int rows,
        List<FlowKind> flows) {

    /// The name of the iteration in columns.
    public static final String ITERATION = "iteration";

    private static final double MOST_STEPS = 5e6;

    /// What a flow did beside the iteration.
    ///
    /// @param distance largest distance from the iteration while the flow lasts; from its average over three steps for
    ///                 the central flow
    public record Found(FlowKind flow, FlowOutcome outcome, double distance) {}

    /// Columns `time`, and for each curve, the iteration first: `log10Loss[curve]`, each variable `x[curve]`, and for
    /// flows `distance[curve]`; for the central flow `variance[central]`, that of its oscillation around the average in
    /// the units of x², and `relativeSharpness[central]`, P⁻¹H over its threshold. NaN where a flow had ended.
    public record Result(List<Found> found, Table table, long steps) {}

    public FlowComparison {
        values = rule.values(values);
        x0 = List.copyOf(x0);
        flows = List.copyOf(flows);
        FlowRun.evenly(time, rows);
        if (flows.isEmpty() || flows.stream().distinct().count() < flows.size()) {
            throw new IllegalArgumentException("flows = "
                    + flows.stream().map(FlowKind::word).toList() + " has to name one flow or more, none twice");
        }
        double lr = values.get(rule.hyper("lr").name());
        if (!(time >= lr && time / lr <= MOST_STEPS)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "time = %s at lr = %s makes %s steps; 1 to 5000000 are allowed",
                    new PlainText().number(time),
                    new PlainText().number(lr),
                    new PlainText().number(Math.floor(time / lr))));
        }
    }

    /// Refuses flows that do not exist for this rule or not from this start, before anything long is computed.
    ///
    /// @throws IllegalArgumentException for the first such flow
    public void requireSolvable() {
        FormulaObjective over = overMinimum();
        flows.forEach(kind -> solved(kind, over, new double[] {1e-6 * values.get("lr")}));
    }

    /// Runs the iteration and solves the flows.
    ///
    /// @throws IllegalArgumentException if a flow does not exist for this rule, or not from this start
    public Result run() {
        double lr = values.get("lr");
        long steps = Math.max(1, Math.round(time / lr));
        Table iteration = new SingleRun(
                        new Iteration(rule, objective, values, x0, start, Arithmetic.DOUBLE), steps, stride(steps))
                .run()
                .table();
        double[] times =
                Arrays.stream(iteration.numbers("step")).map(step -> step * lr).toArray();
        double[][] positions = FlowDistance.columns(objective, iteration);
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Numbers("time", "", times));
        add(columns, ITERATION, iteration, times.length);
        List<Found> found = new ArrayList<>();
        FormulaObjective over = overMinimum();
        for (FlowKind kind : flows) {
            FlowTrajectory solution = solved(kind, over, times);
            add(columns, kind.word(), solution.table(), times.length);
            for (String name : kind == FlowKind.CENTRAL ? CentralFlow.OSCILLATION : List.<String>of()) {
                double[] values = padded(solution.table().numbers(name), solution.table(), times.length);
                columns.add(new Column.Numbers(column(name, kind.word()), "", values));
            }
            double[][] reference = kind == FlowKind.CENTRAL ? average() : positions;
            double[] distances = distances(reference, solution.table(), times.length);
            columns.add(new Column.Numbers(column("distance", kind.word()), "", distances));
            double largest =
                    Arrays.stream(distances).filter(d -> !Double.isNaN(d)).max().orElse(Double.NaN);
            found.add(new Found(kind, solution.outcome(), largest));
        }
        return new Result(found, new Table("flow", columns), steps);
    }

    /// The rates that the flows take from the hyper-parameters, by the name of the decay.
    public Map<String, Double> rates() {
        return new LinkedHashMap<>(Flow.Limit.of(rule, values).rates());
    }

    private long stride(long steps) {
        return Math.max(1, steps / (rows - 1));
    }

    /// The objective with its loss over its minimum, as the iteration's is measured.
    private FormulaObjective overMinimum() {
        return new FormulaObjective(
                objective.text(),
                objective.variables(),
                Yardstick.of(objective, x0).loss(),
                objective.gradient(),
                objective.minimum());
    }

    private FlowTrajectory solved(FlowKind kind, FormulaObjective over, double[] times) {
        return switch (kind) {
            case LIMIT -> plain(Flow.Limit.of(rule, values), over, times);
            case GRADIENT -> plain(new Flow.Gradient(), over, times);
            case SIGN -> plain(new Flow.Sign(), over, times);
            case SMOOTHED_SIGN -> plain(new Flow.SmoothedSign(positive("eps", kind)), over, times);
            case RMSPROP ->
                plain(
                        new Flow.Rmsprop(
                                MemoryRates.rate("beta2", required("beta2", kind), values.get("lr")),
                                required("eps", kind)),
                        over,
                        times);
            case CENTRAL -> new CentralFlow(rule, values, over, x0, start).run(times);
        };
    }

    private FlowTrajectory plain(Flow flow, FormulaObjective over, double[] times) {
        return new FlowRun(flow, over, x0, start).run(times);
    }

    private double required(String name, FlowKind flow) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("the " + flow.word() + " flow takes its " + name
                    + " from the optimizer, and " + rule.name() + " has none; it has " + rule.hyperNames());
        }
        return values.get(name);
    }

    private double positive(String name, FlowKind flow) {
        double value = required(name, flow);
        if (!(value > 0)) {
            throw new IllegalArgumentException("the " + flow.word() + " flow needs " + name + " > 0, and " + name
                    + " = " + Decimal.written(value) + "; set another, or leave " + flow.word() + " out of the flows");
        }
        return value;
    }

    /// The iteration averaged over three steps, at the rows of the table.
    private double[][] average() {
        long steps = Math.max(1, Math.round(time / values.get("lr")));
        Table every = new SingleRun(new Iteration(rule, objective, values, x0, start, Arithmetic.DOUBLE), steps, 1)
                .run()
                .table();
        double[][] smoothed = smoothed(FlowDistance.columns(objective, every));
        int stride = Math.toIntExact(stride(steps));
        double[][] kept = new double[smoothed.length][(smoothed[0].length - 1) / stride + 1];
        for (int i = 0; i < kept.length; i++) {
            for (int row = 0; row < kept[i].length; row++) {
                kept[i][row] = smoothed[i][row * stride];
            }
        }
        return kept;
    }

    /// The average of period two away: (xₙ₋₁ + 2xₙ + xₙ₊₁)/4; the start as it is, the last step left out.
    static double[][] smoothed(double[][] columns) {
        double[][] smoothed = new double[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            double[] x = columns[i];
            smoothed[i] = Arrays.copyOf(x, Math.max(1, x.length - 1));
            for (int row = 1; row < smoothed[i].length; row++) {
                smoothed[i][row] = 0.25 * (x[row - 1] + 2 * x[row] + x[row + 1]);
            }
        }
        return smoothed;
    }

    private void add(List<Column> columns, String curve, Table table, int rows) {
        columns.add(
                new Column.Numbers(column("log10Loss", curve), "", padded(table.numbers("log10Loss"), table, rows)));
        for (String variable : objective.variables()) {
            columns.add(new Column.Numbers(column(variable, curve), "", padded(table.numbers(variable), table, rows)));
        }
    }

    /// The name of a column of a curve.
    public static String column(String quantity, String curve) {
        return quantity + "[" + curve + "]";
    }

    /// NaN where the curve has no row; a row between two of the table's, where a flow stopped, is left out.
    private static double[] padded(double[] values, Table table, int rows) {
        double[] padded = Arrays.copyOf(values, rows);
        Arrays.fill(padded, Math.min(rows, onGrid(table, rows)), rows, Double.NaN);
        return padded;
    }

    private static int onGrid(Table table, int rows) {
        return table.rows() < rows ? Math.max(1, table.rows() - 1) : rows;
    }

    private double[] distances(double[][] reference, Table solution, int rows) {
        double[][] flow = FlowDistance.columns(objective, solution);
        double[] distances = new double[rows];
        Arrays.fill(distances, Double.NaN);
        for (int row = 0; row < Math.min(reference[0].length, onGrid(solution, rows)); row++) {
            double square = 0;
            for (int i = 0; i < flow.length; i++) {
                square += Math.pow(reference[i][row] - flow[i][row], 2);
            }
            distances[row] = Math.sqrt(square);
        }
        return distances;
    }
}
