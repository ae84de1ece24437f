package adamscope.spark;

import adamscope.sweep.Engine;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.Tile;
import adamscope.sweep.TileSink;
import adamscope.sweep.TileWork;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
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
    public void run(FormulaSweep sweep, Iterator<Tile> tiles, TileSink finished, BooleanSupplier stopped) {
        SweepText text = SweepText.of(sweep);
        int round = Math.max(1, context.defaultParallelism() * TASKS_PER_PROCESSOR);
        while (tiles.hasNext()) {
            if (stopped.getAsBoolean()) {
                throw new CancellationException("stopped between rounds of tasks");
            }
            List<Tile> next = new ArrayList<>();
            while (next.size() < round && tiles.hasNext()) {
                next.add(tiles.next());
            }
            context.parallelize(next, context.defaultParallelism())
                    .mapPartitions(part -> rows(text, part))
                    .collect()
                    .forEach(rows -> finished.accept(rows.tile(), rows.toTable()));
        }
    }

    /// What an executor does: read the sweep, compile it once, run its tiles.
    private static Iterator<TileRows> rows(SweepText text, Iterator<Tile> tiles) {
        TileWork work = text.toSweep().prepared();
        List<TileRows> rows = new ArrayList<>();
        tiles.forEachRemaining(tile -> rows.add(TileRows.of(tile, work.rows(tile.points(), () -> false))));
        return rows.iterator();
    }
}
