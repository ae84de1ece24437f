package adamscope.spark;

import adamscope.sweep.Engine;
import adamscope.sweep.PhaseSweep;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/// Tiles over the executors of a Spark cluster, one task for a few tiles. A task that is run twice, or again after its
/// executor was lost, gives the same rows, so nothing has to be known of that here.
///
/// Executors need the vector module: `spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector`. A sweep that
/// is stopped ends between rounds of tasks.
public record SparkEngine(JavaSparkContext context) implements Engine {
    /// Tasks per processor and round: enough to keep processors busy, few enough to report and stop in between.
    private static final int TASKS_PER_PROCESSOR = 8;

    @Override
    public Table run(PhaseSweep sweep, LongConsumer finished, BooleanSupplier stopped) {
        SweepText text = SweepText.of(sweep);
        int round = Math.max(1, context.defaultParallelism() * TASKS_PER_PROCESSOR);
        List<Table> tables = new ArrayList<>();
        for (int from = 0; from < sweep.tiles(); from += round) {
            if (stopped.getAsBoolean()) {
                throw new CancellationException("stopped after tile " + from + " of " + sweep.tiles());
            }
            List<Integer> tiles = IntStream.range(from, Math.min(from + round, sweep.tiles()))
                    .boxed()
                    .toList();
            List<TileRows> rows = new ArrayList<>(context.parallelize(tiles, context.defaultParallelism())
                    .mapPartitions(part -> rows(text, part))
                    .collect());
            rows.sort(Comparator.comparingInt(TileRows::tile));
            rows.forEach(tile -> {
                tables.add(tile.toTable());
                finished.accept(sweep.cellsOf(tile.tile()));
            });
        }
        return Table.concatenated(tables);
    }

    /// What an executor does: read the sweep, compile it once, run its tiles.
    private static Iterator<TileRows> rows(SweepText text, Iterator<Integer> tiles) {
        PhaseSweep.Prepared prepared = text.toSweep().prepared();
        List<TileRows> rows = new ArrayList<>();
        tiles.forEachRemaining(tile -> rows.add(TileRows.of(tile, prepared.table(tile, () -> false))));
        return rows.iterator();
    }
}
