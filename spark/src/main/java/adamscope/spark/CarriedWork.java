package adamscope.spark;

import adamscope.sweep.Tile;
import java.io.Serializable;

/// What travels to executors and makes the rows of tiles there, the same wherever and however often it is done.
sealed interface CarriedWork extends Serializable permits CarriedSweep, ChildWork {

    /// The rows of a tile.
    TileRows rows(Tile tile);
}
