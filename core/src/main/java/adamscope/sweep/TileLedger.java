package adamscope.sweep;

import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which tiles of a sweep have not answered yet. Engines may run a tile again, run it twice, and answer late and in any
/// order: the first answer of each is kept, and an engine that ends has to have answered for all.
public final class TileLedger implements TileSink {
    private final List<Tile> missing;
    private final Map<String, Tile> awaited = new ConcurrentHashMap<>();
    private final TileSink kept;

    /// @param missing the tiles that are to be run
    /// @param kept    takes the first answer of each
    public TileLedger(List<Tile> missing, TileSink kept) {
        this.missing = List.copyOf(missing);
        this.missing.forEach(tile -> awaited.put(tile.name(), tile));
        this.kept = kept;
    }

    /// The tiles that are to be run, in order.
    public Iterator<Tile> tiles() {
        return missing.iterator();
    }

    @Override
    public void accept(Tile tile, Table rows) {
        if (rows.rows() != tile.size()) {
            throw new IllegalStateException(
                    "tile " + tile.name() + " came with " + rows.rows() + " rows, it has " + tile.size() + " points");
        }
        if (awaited.remove(tile.name()) != null) {
            kept.accept(tile, rows);
        }
    }

    /// Refuses an engine that ended before all had answered.
    public void requireAll() {
        if (!awaited.isEmpty()) {
            throw new IllegalStateException("the engine ended without " + new ArrayList<>(awaited.keySet()));
        }
    }
}
