package adamscope.spark;

import adamscope.sweep.Engine;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.Tile;
import adamscope.sweep.TileSink;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/// Tiles over the executors of a Spark cluster, one task a tile, each handed over as it finishes. A task that is run
/// twice, or again after its executor was lost, gives the same rows, so nothing has to be known of that here.
///
/// Executors need the vector module, `spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector`; without it
/// the interpreter runs, slower. A sweep that is stopped ends between rounds of tasks.
public record SparkEngine(JavaSparkContext context) implements Engine {
    /// Tasks per processor and round: the end of a round leaves processors idle, its beginning asks who has stopped.
    private static final int TASKS_PER_PROCESSOR = 64;

    private interface TaskWork
            extends Function2<TaskContext, scala.collection.Iterator<Tile>, TileRows>, Serializable {}

    @Override
    public void run(FormulaSweep sweep, Iterator<Tile> tiles, TileSink finished, BooleanSupplier stopped) {
        run(
                new CarriedSweep(SweepText.of(sweep)),
                tiles,
                rows -> finished.accept(rows.tile(), rows.toTable()),
                stopped);
    }

    void run(CarriedWork work, Iterator<Tile> tiles, Consumer<TileRows> finished, BooleanSupplier stopped) {
        Broadcast<CarriedWork> carried = context.broadcast(work);
        int round = Math.max(1, context.defaultParallelism() * TASKS_PER_PROCESSOR);
        while (tiles.hasNext()) {
            if (stopped.getAsBoolean()) {
                throw new CancellationException("stopped between rounds of tasks");
            }
            List<Tile> next = new ArrayList<>();
            while (next.size() < round && tiles.hasNext()) {
                next.add(tiles.next());
            }
            runRound(context.parallelize(next, next.size()), carried, finished);
        }
        carried.destroy();
    }

    private void runRound(JavaRDD<Tile> tiles, Broadcast<CarriedWork> carried, Consumer<TileRows> finished) {
        TaskWork work = (_, tile) -> carried.value().rows(tile.next());
        Function2<Object, TileRows, BoxedUnit> handler = (_, rows) -> {
            finished.accept(rows);
            return BoxedUnit.UNIT;
        };
        List<Object> partitions = IntStream.range(0, tiles.getNumPartitions())
                .<Object>mapToObj(i -> i)
                .toList();
        context.sc()
                .runJob(
                        tiles.rdd(),
                        work,
                        CollectionConverters.asScala(partitions).toSeq(),
                        handler,
                        ClassTag$.MODULE$.<TileRows>apply(TileRows.class));
    }
}
