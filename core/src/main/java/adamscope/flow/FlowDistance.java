package adamscope.flow;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/// How far an iteration is from a flow, sup over n·η ≤ T of ‖Xₙ − x(nη)‖, for smaller and smaller learning rates, and
/// the order p of distance ~ η^p. [Ma, Wu & E, Propositions 1 and 2]
///
/// @param order slope of the least-squares line through (ln lr, ln distance); NaN for a single learning rate
public record FlowDistance(List<Row> rows, double order) {

    /// The distance at one learning rate.
    public record Row(double lr, double distance) {}

    /// Where iteration and flow start and how long they run.
    ///
    /// @param time end T of the comparison, in units of ηt
    public record Course(FormulaObjective objective, List<Double> x0, ClosedMap.Start start, double time) {
        public Course {
            x0 = List.copyOf(x0);
            FlowRun.evenly(time, 2);
        }
    }

    public FlowDistance {
        rows = List.copyOf(rows);
    }

    /// Proposition 2: decays go to 1 with the learning rate, β = 1 − rate·η.
    ///
    /// @throws IllegalArgumentException if the flow is no limit of a rule, or a learning rate makes a decay negative
    public static FlowDistance alongRates(Flow flow, Course course, double... lrs) {
        Flow.Limit limit = flow.limit()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the " + flow.word() + " flow is reached at fixed decays, not along rates"));
        return measured(limit.rule(), limit::values, flow, course, lrs);
    }

    /// Proposition 1: all other hyper-parameters stay fixed; the flow is the smoothed sign flow of the same ε, or
    /// another that is to be compared.
    public static FlowDistance atFixedDecays(
            OptimizerRule rule, Map<String, Double> values, Flow flow, Course course, double... lrs) {
        return measured(
                rule,
                lr -> {
                    Map<String, Double> all = new java.util.LinkedHashMap<>(values);
                    all.put("lr", lr);
                    return rule.values(all);
                },
                flow,
                course,
                lrs);
    }

    private static FlowDistance measured(
            OptimizerRule rule, DoubleFunction<Map<String, Double>> values, Flow flow, Course course, double[] lrs) {
        List<Row> rows = new ArrayList<>();
        for (double lr : lrs) {
            rows.add(new Row(lr, distance(rule, values.apply(lr), flow, course)));
        }
        return new FlowDistance(rows, order(rows));
    }

    private static double distance(OptimizerRule rule, Map<String, Double> values, Flow flow, Course course) {
        Table iteration = iteration(rule, values, course);
        double lr = values.get("lr");
        double[] times = new double[iteration.rows()];
        for (int row = 0; row < times.length; row++) {
            times[row] = row * lr;
        }
        Table solution = new FlowRun(flow, course.objective(), course.x0(), course.start())
                .run(times)
                .table();
        return largestDistance(course.objective(), columns(course.objective(), iteration), solution);
    }

    /// The iteration, one row for each step.
    static Table iteration(OptimizerRule rule, Map<String, Double> values, Course course) {
        long steps = Math.max(1, Math.round(course.time() / values.get("lr")));
        return new SingleRun(
                        new Iteration(rule, course.objective(), values, course.x0(), course.start(), Arithmetic.DOUBLE),
                        steps,
                        1)
                .run()
                .table();
    }

    static double[][] columns(FormulaObjective objective, Table table) {
        return objective.variables().stream().map(table::numbers).toArray(double[][]::new);
    }

    /// The largest Euclidean distance over the rows that both have.
    static double largestDistance(FormulaObjective objective, double[][] iteration, Table solution) {
        double[][] flow = columns(objective, solution);
        double largest = 0;
        for (int row = 0; row < Math.min(iteration[0].length, solution.rows()); row++) {
            double square = 0;
            for (int i = 0; i < flow.length; i++) {
                square += Math.pow(iteration[i][row] - flow[i][row], 2);
            }
            largest = Math.max(largest, Math.sqrt(square));
        }
        return largest;
    }

    private static double order(List<Row> rows) {
        double meanX =
                rows.stream().mapToDouble(r -> Math.log(r.lr())).average().orElse(Double.NaN);
        double meanY =
                rows.stream().mapToDouble(r -> Math.log(r.distance())).average().orElse(Double.NaN);
        double across = 0;
        double square = 0;
        for (Row row : rows) {
            double x = Math.log(row.lr()) - meanX;
            across += x * (Math.log(row.distance()) - meanY);
            square += x * x;
        }
        return across / square;
    }
}
