package adamscope.sweep;

import adamscope.table.Table;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Where the tiles of a sweep are run. Every engine gives the same rows, bit for bit.
public interface Engine {

    /// Runs tiles; holds no more of them than are at work.
    ///
    /// @param finished takes each tile that ends, in any order, from any thread; what it throws ends the sweep
    /// @param stopped  asked often; true ends the sweep
    /// @throws java.util.concurrent.CancellationException if stopped
    void run(FormulaSweep sweep, Iterator<Tile> tiles, TileSink finished, BooleanSupplier stopped);

    /// Runs every point and puts the rows together in memory.
    ///
    /// @param finished receives the number of points of each tile that ends, from any thread
    default Table table(FormulaSweep sweep, LongConsumer finished, BooleanSupplier stopped) {
        Map<Long, Table> tables = new ConcurrentSkipListMap<>(Comparator.naturalOrder());
        run(
                sweep,
                Tile.all(sweep.space().points(), FormulaSweep.BLOCK),
                (tile, rows) -> {
                    tables.put(((Tile.Consecutive) tile).from(), rows);
                    finished.accept(rows.rows());
                },
                stopped);
        return Table.concatenated(java.util.List.copyOf(tables.values()));
    }
}
