package adamscope.run;

import adamscope.experiment.Sweep;
import adamscope.store.ResultStore;
import adamscope.store.TileStore;
import adamscope.sweep.Shard;
import adamscope.sweep.Tile;
import adamscope.text.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// Runs what is missing of a shard of a sweep. Its tiles stay in the folder until [SweepMerge] takes them.
///
/// @param missing tiles, and how they are run
public record ShardRun(TileQueue missing, Shard shard) {
    /// A shard in its folder, which other shards may share, with what is there of it.
    ///
    /// @throws IllegalArgumentException if another process works on it, or the folder is cut into other shards
    public static ShardRun open(ResultStore run, Host host, SweepRun.Means means, Shard shard) {
        Sweep sweep = (Sweep) run.experiment();
        refuseRefined(sweep, shard);
        host.wayOn(wayOn(run.folder(), shard));
        TileStore tiles = TileStore.open(run, means.tileSize(sweep, shard.of()), Optional.of(shard));
        SweepRun.remark(tiles, means, host);
        return new ShardRun(new TileQueue(host, run, tiles, means.engine()), shard);
    }

    /// Refuses a sweep that cannot be cut.
    public static void refuseRefined(Sweep sweep, Shard shard) {
        if (!sweep.refine().equals(Sweep.EVERYWHERE)) {
            throw new IllegalArgumentException("--shard " + shard
                    + ": a refinement decides where it goes on by the outcomes of all points; leave --refine away");
        }
    }

    /// Runs it.
    ///
    /// @throws CancellationException if the host ends it; the message says how to continue
    public ShardFound complete() {
        try (TileStore tiles = missing.tiles()) {
            SweepEnd end = SweepEnd.of(missing.run());
            long points = ((Sweep) missing.run().experiment()).space().points();
            List<Tile> all = new ArrayList<>();
            shard.tiles(points, tiles.tileSize()).forEachRemaining(all::add);
            long kept = missing.kept(all);
            missing.run(all, missing.host().stopping());
            long own = all.stream().mapToLong(Tile::size).sum();
            return new ShardFound(shard, all.size(), own, kept, tiles.repaired(), end.seconds());
        } catch (CancellationException _) {
            throw new CancellationException(
                    "interrupted; " + missing.tiles().finished().size()
                            + " finished tiles of shard " + shard + " are kept; "
                            + wayOn(missing.run().folder(), shard));
        }
    }

    private static String wayOn(Path folder, Shard shard) {
        return "go on with: " + Shell.call("sweep", "--resume", folder, "--shard", shard);
    }
}
