package adamscope.bench;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.sweep.Axis;
import adamscope.sweep.Ending;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.Space;
import adamscope.sweep.SweptRun;
import adamscope.sweep.Tile;
import adamscope.sweep.TileWork;
import adamscope.table.Table;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// A rule over a grid of β₁ × β₂ with all columns of a phase diagram: what sweeps are timed on.
///
/// β₁ is kept off the line β₁ = β₂.
///
/// @param side  points of each axis
/// @param steps steps of each run
record PhaseWork(int side, int steps) {
    /// Learning rate of every run.
    static final double LR = 1e-3;

    /// Of the 16 that two processors share, as a sweep cuts them: by the last of 8 one processor would be idle for
    /// 7 % of the time, however fast they are.
    private static final int TILES = 16;

    /// A rule of the catalogue, with values for its hyper-parameters, on an objective from a start.
    record Case(String rule, Map<String, Double> values, String objective, List<Double> start) {
        /// Adam without bias correction and epsilon on x⁴/4 from 1.
        static final Case ADAM = new Case("adam-uncorrected", Map.of("eps", 0.0), "x^4/4", List.of(1.0));
    }

    TileWork prepared(Case on, Arithmetic arithmetic, Ending ending) {
        Map<String, Double> values = new java.util.TreeMap<>(on.values());
        values.put("lr", LR);
        SweptRun run = new SweptRun(
                new Iteration(
                        Catalogue.shipped(on.rule()),
                        FormulaObjective.read(on.objective()),
                        values,
                        on.start(),
                        ClosedMap.Start.ZERO,
                        arithmetic),
                steps,
                ending);
        Space plane = new Space(
                List.of(
                        new Axis("beta1", 0.0131, 0.9898, side, Axis.Spacing.LINEAR),
                        new Axis("beta2", 0.01, 0.99, side, Axis.Spacing.LINEAR)),
                0);
        return new FormulaSweep(run, plane, Map.of(), FormulaSweep.COLUMNS).prepared();
    }

    Table rows(TileWork work) {
        return work.rows(LongStream.range(0, (long) side * side).toArray(), () -> false);
    }

    /// Nanoseconds of processor time a point and asked step, on this thread.
    double processor(TileWork work) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int rows = rows(work).rows();
        long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return (end - begin) / ((double) rows * steps);
    }

    /// Nanoseconds by the clock a point and asked step.
    double clock(TileWork work, int threads) {
        long points = (long) side * side;
        long begin = System.nanoTime();
        new LocalEngine(threads)
                .run(work, Tile.all(points, Math.toIntExact(Math.ceilDiv(points, TILES))), (_, _) -> {}, () -> false);
        return (System.nanoTime() - begin) / ((double) points * steps);
    }
}
