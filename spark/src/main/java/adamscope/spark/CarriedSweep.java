package adamscope.spark;

import adamscope.kernel.VectorUnit;
import adamscope.sweep.Tile;
import adamscope.sweep.TileWork;

/// A sweep that is broadcast to executors; each compiles it once, when the first of its tiles arrives.
final class CarriedSweep implements CarriedWork {
    private static final long serialVersionUID = 1;

    private final SweepText text;
    private transient TileWork work;

    CarriedSweep(SweepText text) {
        this.text = text;
    }

    @Override
    public TileRows rows(Tile tile) {
        return TileRows.of(
                tile,
                work().rows(tile.points(), () -> Thread.currentThread().isInterrupted()),
                VectorUnit.doubles().isPresent());
    }

    private synchronized TileWork work() {
        if (work == null) {
            work = text.toSweep().prepared();
        }
        return work;
    }
}
