package adamscope.sweep;

import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/// Tiles over the threads of this machine.
public record LocalEngine(int threads) implements Engine {

    /// As many threads as there are processors.
    public static LocalEngine ofThisMachine() {
        return new LocalEngine(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public Table run(PhaseSweep sweep, LongConsumer finished, BooleanSupplier stopped) {
        PhaseSweep.Prepared prepared = sweep.prepared();
        return run(sweep.tiles(), tile -> prepared.table(tile, stopped), finished);
    }

    /// Runs any tiles and puts their rows together.
    Table run(int tiles, IntFunction<Table> tileRows, LongConsumer finished) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Table>> running = IntStream.range(0, tiles)
                    .mapToObj(tile -> pool.submit(() -> {
                        Table rows = tileRows.apply(tile);
                        finished.accept(rows.rows());
                        return rows;
                    }))
                    .toList();
            return Table.concatenated(inOrder(running, pool));
        }
    }

    private static List<Table> inOrder(List<Future<Table>> running, ExecutorService pool) {
        List<Table> tables = new ArrayList<>();
        try {
            for (Future<Table> tile : running) {
                tables.add(tile.get());
            }
            return tables;
        } catch (ExecutionException e) {
            pool.shutdownNow();
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
