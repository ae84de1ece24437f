package adamscope.sweep;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.LossHistory;
import adamscope.kernel.Arithmetic;
import adamscope.kernel.TileResult;
import adamscope.kernel.TileRun;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// One run for each cell of a plane of two hyper-parameters: the phase diagram of a rule, cut into tiles.
///
/// The table has a row for each cell, x varying fastest: the two hyper-parameters, `outcome`, `minLog10Loss` (over all
/// steps), `sustainedMinLog10Loss` (the lowest maximum over a window of 50 steps), `finalLog10Loss`,
/// `medianLog10Coupling` and `maxLog10Coupling` (of v/g²), and where theory decides, `theoryRegime` (I, II, III).
/// A cell's row does not depend on the engine, the tile, the thread or the order.
///
/// @param values  every hyper-parameter that is not an axis
/// @param x0      start, one number for each variable
public record PhaseSweep(
        OptimizerRule rule,
        FormulaObjective objective,
        Map<String, Double> values,
        Axis x,
        Axis y,
        List<Double> x0,
        ClosedMap.Start start,
        Arithmetic arithmetic,
        int steps) {

    /// Cells that run side by side in one tile.
    private static final int TILE = 512;

    public PhaseSweep {
        values = Map.copyOf(values);
        x0 = List.copyOf(x0);
        for (Axis axis : List.of(x, y)) {
            rule.checked(axis.name(), axis.from());
            rule.checked(axis.name(), axis.to());
        }
    }

    /// The number of cells.
    public int cells() {
        return Math.toIntExact((long) x.points() * y.points());
    }

    /// The number of tiles.
    public int tiles() {
        return (cells() + TILE - 1) / TILE;
    }

    /// The number of cells of a tile.
    public int cellsOf(int tile) {
        return Math.min(cells(), (tile + 1) * TILE) - tile * TILE;
    }

    /// The sweep compiled, so that its tiles can be run, in any thread.
    public Prepared prepared() {
        int window = LossHistory.windowLength(steps);
        return new Prepared(TileRun.of(ClosedMap.of(rule, objective, start), values, arithmetic, steps, window));
    }

    /// A compiled sweep.
    public final class Prepared {
        private final TileRun kernel;

        private Prepared(TileRun kernel) {
            this.kernel = kernel;
        }

        /// The rows of a tile.
        ///
        /// @param stopped asked often; true ends the run
        /// @throws java.util.concurrent.CancellationException if stopped
        public Table table(int tile, BooleanSupplier stopped) {
            int from = tile * TILE;
            return PhaseSweep.this.table(from, kernel.run(inputs(from, from + cellsOf(tile)), stopped));
        }
    }

    private Map<String, double[]> inputs(int from, int to) {
        Map<String, double[]> inputs = new HashMap<>();
        for (int i = 0; i < x0.size(); i++) {
            double[] start = new double[to - from];
            Arrays.fill(start, x0.get(i));
            inputs.put(objective.variables().get(i), start);
        }
        inputs.put(x.name(), IntStream.range(from, to).mapToDouble(this::xOf).toArray());
        inputs.put(y.name(), IntStream.range(from, to).mapToDouble(this::yOf).toArray());
        return inputs;
    }

    private double xOf(int cell) {
        return x.value(cell % x.points());
    }

    private double yOf(int cell) {
        return y.value(cell / x.points());
    }

    private Table table(int from, TileResult tile) {
        int to = from + tile.lanes();
        List<Column> columns = new ArrayList<>(List.of(
                new Column.Numbers(
                        x.name(),
                        "",
                        IntStream.range(from, to).mapToDouble(this::xOf).toArray()),
                new Column.Numbers(
                        y.name(),
                        "",
                        IntStream.range(from, to).mapToDouble(this::yOf).toArray())));
        columns.addAll(RunColumns.of(tile));
        columns.add(new Column.Words(
                "theoryRegime",
                IntStream.range(from, to)
                        .mapToObj(
                                cell -> theory(cell).map(t -> t.regime().name()).orElse(""))
                        .toList()));
        return new Table("phase", columns);
    }

    /// The theory at a cell: present for Adam or RMSProp with ε = 0 on a power law, where it decides the outcome.
    ///
    /// It does not decide below β₂ = ((k−2)/k)^(2(k−2)) when only the flip makes the fixed point unstable: there the
    /// loss
    /// may converge through cycles and chaos.
    public Optional<PowerLawTheory> theory(int cell) {
        OptionalDouble degree = PowerLawTheory.degreeOf(objective);
        Map<String, Double> at = new HashMap<>(values);
        at.put(x.name(), xOf(cell));
        at.put(y.name(), yOf(cell));
        boolean applies = degree.isPresent()
                && PowerLawTheory.appliesTo(rule)
                && at.getOrDefault("eps", 0.0) == 0
                && at.get("beta2") > 0;
        return applies
                ? PowerLawTheory.of(rule, at, degree.getAsDouble()).filter(PhaseSweep::decides)
                : Optional.empty();
    }

    private static boolean decides(PowerLawTheory theory) {
        return theory.stable()
                || theory.beta2() >= theory.flipFreeBeta2()
                || theory.beta1() >= theory.stabilityBoundary();
    }
}
