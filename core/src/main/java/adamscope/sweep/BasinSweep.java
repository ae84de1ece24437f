package adamscope.sweep;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.LossHistory;
import adamscope.formula.Expression;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.kernel.TileRun;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/// One run from each start in a plane, all with the same hyper-parameters: which starts lead to which outcome.
///
/// An axis is a variable of the objective or a state of the rule, such as `v`; a state that is no axis begins as
/// `start`
/// says. The table has a row for each start, x varying fastest: the two coordinates, `outcome`, `minLog10Loss`,
/// `sustainedMinLog10Loss`, `finalLog10Loss`, `medianLog10Coupling` and `maxLog10Coupling`.
///
/// @param iteration with every hyper-parameter; values of variables that are axes are not used
public record BasinSweep(Iteration iteration, Axis x, Axis y, int steps) {

    private static final int TILE = 512;

    public BasinSweep {
        iteration = iteration.complete();
        OptimizerRule rule = iteration.rule();
        List<String> allowed = coordinates(rule, iteration.objective());
        for (Axis axis : List.of(x, y)) {
            if (!allowed.contains(axis.name())) {
                throw new IllegalArgumentException("axis " + axis.name() + ": a plane of starts spans two of " + allowed
                        + (rule.hyperNames().contains(axis.name()) ? ", not hyper-parameters" : ""));
            }
        }
    }

    /// What an axis may be: the variables, and the states of each.
    public static List<String> coordinates(OptimizerRule rule, FormulaObjective objective) {
        List<String> names = new ArrayList<>(objective.variables());
        rule.states()
                .forEach(state -> objective
                        .variables()
                        .forEach(variable -> names.add(ClosedMap.component(objective, state.name(), variable))));
        return names;
    }

    /// The number of starts.
    public int cells() {
        return Math.toIntExact((long) x.points() * y.points());
    }

    /// Runs from every start.
    ///
    /// @param finished receives the number of starts of each tile that ends, from any thread
    /// @param stopped  asked often; true ends the sweep
    /// @throws java.util.concurrent.CancellationException if stopped
    public Table run(LocalEngine engine, LongConsumer finished, BooleanSupplier stopped) {
        TileWork work = prepared();
        return engine.run(
                (cells() + TILE - 1) / TILE,
                tile -> work.rows(
                        LongStream.range((long) tile * TILE, Math.min(cells(), (tile + 1) * TILE))
                                .toArray(),
                        stopped),
                finished);
    }

    /// The same made ready to run from some of the starts.
    public TileWork prepared() {
        Judge judge = new Judge(iteration.objective(), iteration.x0(), Map.of(), Map.of());
        TileRun kernel = TileRun.of(
                judge.judging(given()),
                iteration.values(),
                iteration.arithmetic(),
                steps,
                LossHistory.windowLength(steps));
        return (points, stopped) -> {
            Map<String, double[]> starts = inputs(points);
            List<Column> columns = new ArrayList<>(List.of(
                    new Column.Numbers(x.name(), "", starts.get(x.name())),
                    new Column.Numbers(y.name(), "", starts.get(y.name()))));
            columns.addAll(RunColumns.of(kernel.run(starts, stopped), judge, starts));
            return new Table("basin", columns);
        };
    }

    /// The closed map with the starts of the axes given from outside.
    private Recurrence given() {
        Recurrence map = iteration.map();
        List<Component> components = map.components().stream()
                .map(c -> List.of(x.name(), y.name()).contains(c.name())
                        ? new Component(c.name(), new Expression.Symbol(c.name()), c.next())
                        : c)
                .toList();
        return new Recurrence(map.parameters(), components, map.observables());
    }

    private Map<String, double[]> inputs(long[] points) {
        Map<String, double[]> inputs = new HashMap<>();
        for (int i = 0; i < iteration.x0().size(); i++) {
            double[] same = new double[points.length];
            Arrays.fill(same, iteration.x0().get(i));
            inputs.put(iteration.objective().variables().get(i), same);
        }
        inputs.put(
                x.name(),
                Arrays.stream(points)
                        .mapToDouble(c -> x.value((int) (c % x.points())))
                        .toArray());
        inputs.put(
                y.name(),
                Arrays.stream(points)
                        .mapToDouble(c -> y.value((int) (c / x.points())))
                        .toArray());
        return inputs;
    }
}
