package adamscope.sweep;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.LossHistory;
import adamscope.dynamics.Outcome;
import adamscope.kernel.Arithmetic;
import adamscope.kernel.Recurrence;
import adamscope.kernel.TileResult;
import adamscope.kernel.TileRun;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/// One run for each cell of a plane of two hyper-parameters: the phase diagram of a rule.
///
/// The table has a row for each cell, x varying fastest: the two hyper-parameters, `outcome`, `minLog10Loss` (over all
/// steps), `sustainedMinLog10Loss` (the lowest maximum over a window of 50 steps), `finalLog10Loss`,
/// `medianLog10Coupling` and `maxLog10Coupling` (of v/g²), and where theory decides, `theoryRegime` (I, II, III).
/// Results of a cell do not depend on tiles, threads or order.
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

    /// Runs every cell.
    ///
    /// @param finished receives the number of cells of each tile that ends, from any thread
    /// @param stopped  asked often; true ends the sweep
    /// @throws CancellationException if stopped
    public Table run(int threads, LongConsumer finished, BooleanSupplier stopped) {
        Recurrence map = ClosedMap.of(rule, objective, start);
        int window = LossHistory.windowLength(steps);
        TileRun tiles = TileRun.of(map, values, arithmetic, steps, window);
        Cells cells = new Cells(cells());
        int count = (cells() + TILE - 1) / TILE;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = IntStream.range(0, count)
                    .<Future<?>>mapToObj(tile -> pool.submit(() -> {
                        int from = tile * TILE;
                        int to = Math.min(cells(), from + TILE);
                        cells.keep(from, tiles.run(inputs(from, to), stopped), objective.dimension());
                        finished.accept(to - from);
                    }))
                    .toList();
            await(running, pool);
        }
        return cells.table(this);
    }

    private static void await(List<Future<?>> running, ExecutorService pool) {
        try {
            for (Future<?> tile : running) {
                tile.get();
            }
        } catch (ExecutionException e) {
            pool.shutdownNow();
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private Map<String, double[]> inputs(int from, int to) {
        Map<String, double[]> inputs = new HashMap<>();
        for (int i = 0; i < x0.size(); i++) {
            double[] start = new double[to - from];
            Arrays.fill(start, x0.get(i));
            inputs.put(objective.variables().get(i), start);
        }
        inputs.put(
                x.name(),
                IntStream.range(from, to)
                        .mapToDouble(c -> x.value(c % x.points()))
                        .toArray());
        inputs.put(
                y.name(),
                IntStream.range(from, to)
                        .mapToDouble(c -> y.value(c / x.points()))
                        .toArray());
        return inputs;
    }

    /// The theory at a cell: present for Adam or RMSProp with ε = 0 on a power law, where it decides the outcome.
    ///
    /// It does not decide below β₂ = ((k−2)/k)^(2(k−2)) when only the flip makes the fixed point unstable: there the
    /// loss
    /// may converge through cycles and chaos.
    public Optional<PowerLawTheory> theory(int cell) {
        OptionalDouble degree = PowerLawTheory.degreeOf(objective);
        Map<String, Double> at = new HashMap<>(values);
        at.put(x.name(), x.value(cell % x.points()));
        at.put(y.name(), y.value(cell / x.points()));
        boolean applies = degree.isPresent()
                && PowerLawTheory.appliesTo(rule)
                && at.getOrDefault("eps", 0.0) == 0
                && at.get("beta2") > 0;
        return applies ? PowerLawTheory.of(rule, at, degree.getAsDouble()).filter(t -> decides(t)) : Optional.empty();
    }

    private static boolean decides(PowerLawTheory theory) {
        return theory.stable()
                || theory.beta2() >= theory.flipFreeBeta2()
                || theory.beta1() >= theory.stabilityBoundary();
    }

    /// The columns of the result while they fill.
    private static final class Cells {
        private final Outcome[] outcomes;
        private final double[] min;
        private final double[] sustained;
        private final double[] last;
        private final double[] median;
        private final double[] max;

        Cells(int cells) {
            outcomes = new Outcome[cells];
            min = new double[cells];
            sustained = new double[cells];
            last = new double[cells];
            median = new double[cells];
            max = new double[cells];
        }

        void keep(int from, TileResult tile, int variables) {
            double[] levels = new double[tile.windows()];
            for (int lane = 0; lane < tile.lanes(); lane++) {
                for (int w = 0; w < levels.length; w++) {
                    levels[w] = tile.windowMax()[w][lane];
                }
                LossHistory history = new LossHistory(levels, tile.firstLoss()[lane]);
                int cell = from + lane;
                outcomes[cell] = outcome(tile, lane, history);
                min[cell] = tile.minLoss()[lane];
                sustained[cell] = history.sustainedMinimum();
                last[cell] = tile.finalLoss()[lane];
                median[cell] = tile.medianCoupling()[lane];
                max[cell] = tile.maxCoupling()[lane];
            }
        }

        private static Outcome outcome(TileResult tile, int lane, LossHistory history) {
            if (tile.leftDoubleAt()[lane] >= 0) {
                return new Outcome.LeftRange(tile.leftDoubleAt()[lane], "a state");
            }
            if (tile.notFiniteAt()[lane] >= 0) {
                return new Outcome.Diverged(tile.notFiniteAt()[lane]);
            }
            return history.outcome();
        }

        Table table(PhaseSweep sweep) {
            int cells = outcomes.length;
            double[] xs = IntStream.range(0, cells)
                    .mapToDouble(c -> sweep.x.value(c % sweep.x.points()))
                    .toArray();
            double[] ys = IntStream.range(0, cells)
                    .mapToDouble(c -> sweep.y.value(c / sweep.x.points()))
                    .toArray();
            List<String> regimes = IntStream.range(0, cells)
                    .mapToObj(c -> sweep.theory(c).map(t -> t.regime().name()).orElse(""))
                    .toList();
            return new Table(
                    "phase",
                    List.of(
                            new Column.Numbers(sweep.x.name(), "", xs),
                            new Column.Numbers(sweep.y.name(), "", ys),
                            new Column.Words(
                                    "outcome",
                                    Arrays.stream(outcomes).map(Outcome::word).toList()),
                            new Column.Numbers("minLog10Loss", "decades", min),
                            new Column.Numbers("sustainedMinLog10Loss", "decades", sustained),
                            new Column.Numbers("finalLog10Loss", "decades", last),
                            new Column.Numbers("medianLog10Coupling", "decades", median),
                            new Column.Numbers("maxLog10Coupling", "decades", max),
                            new Column.Words("theoryRegime", regimes)));
        }
    }
}
