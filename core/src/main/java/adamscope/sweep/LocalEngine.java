package adamscope.sweep;

import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Tiles over the threads of this machine.
public record LocalEngine(int threads) implements Engine {

    /// As many threads as there are processors.
    public static LocalEngine ofThisMachine() {
        return new LocalEngine(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public void run(FormulaSweep sweep, Iterator<Tile> tiles, TileSink finished, BooleanSupplier stopped) {
        run(sweep.prepared(), tiles, finished, stopped);
    }

    /// Runs tiles of any work; each thread takes the next one and hands its rows over itself.
    public void run(TileWork work, Iterator<Tile> tiles, TileSink finished, BooleanSupplier stopped) {
        AtomicBoolean failed = new AtomicBoolean();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    try {
                        takeTiles(work, tiles, finished, () -> failed.get() || stopped.getAsBoolean());
                    } catch (RuntimeException | Error e) {
                        if (failed.compareAndSet(false, true)) {
                            throw e;
                        }
                    }
                }));
            }
            running.forEach(worker -> outcome(worker, pool));
        }
    }

    private static void takeTiles(TileWork work, Iterator<Tile> tiles, TileSink finished, BooleanSupplier stopped) {
        while (true) {
            Tile tile;
            synchronized (tiles) {
                if (!tiles.hasNext()) {
                    return;
                }
                tile = tiles.next();
            }
            if (stopped.getAsBoolean()) {
                throw new CancellationException();
            }
            finished.accept(tile, work.rows(tile.points(), stopped));
        }
    }

    /// The phase diagram.
    ///
    /// @param finished receives the number of cells of each tile that ends, from any thread
    public Table run(PhaseSweep sweep, LongConsumer finished, BooleanSupplier stopped) {
        return new Table("phase", table(sweep.toSweep(), finished, stopped).columns());
    }

    /// The plane of starts.
    ///
    /// @param finished receives the number of starts of each tile that ends, from any thread
    public Table run(BasinSweep sweep, LongConsumer finished, BooleanSupplier stopped) {
        return new Table("basin", table(sweep.toSweep(), finished, stopped).columns());
    }

    private static <T> T outcome(Future<T> worker, ExecutorService pool) {
        try {
            return worker.get();
        } catch (ExecutionException e) {
            pool.shutdownNow();
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
