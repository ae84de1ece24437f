package adamscope.sweep;

import adamscope.table.Table;

/// Takes the rows of tiles as they finish, in any order.
public interface TileSink {

    /// Takes a finished tile; called from any thread, several at a time.
    void accept(Tile tile, Table rows);
}
