package adamscope.run;

import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.store.ResultStore;
import adamscope.store.SweepRows;
import adamscope.store.TileStore;
import adamscope.sweep.Axis;
import adamscope.sweep.Engine;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.Refinement;
import adamscope.sweep.Tile;
import adamscope.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Runs what is missing of a sweep, tile by tile, and puts its table together.
///
/// @param run   the folder
/// @param tiles what is there of it
/// @param means how points are run
public record SweepRun(Host host, ResultStore run, TileStore tiles, Means means) {
    private static final int LEAST_TILE = 512;
    /// Tiles of a processor, and of a shard, at least, where there are so many points.
    private static final int TILES_OF_PROCESSOR = 8;

    private static final long TILES_OF_SHARD = 8;

    /// How the points of a sweep are run; no number depends on it.
    ///
    /// @param engine where points are run
    /// @param tile   points of a tile, the most that an interruption loses for each processor; empty: about a second
    ///               of work
    public record Means(Function<Path, Engine> engine, OptionalInt tile) {
        /// On this machine.
        public static final Means DEFAULT = new Means(_ -> LocalEngine.ofThisMachine(), OptionalInt.empty());

        /// Points of a tile of a sweep that begins.
        ///
        /// @param shards how many there are; 0: one process runs all of it
        public int tileSize(Sweep sweep, int shards) {
            return tile.orElseGet(() -> shards == 0
                    ? fairTile(sweep, TILES_OF_PROCESSOR * Runtime.getRuntime().availableProcessors(), LEAST_TILE)
                    // The same on every machine, whatever processors it has.
                    : fairTile(sweep, TILES_OF_SHARD * shards, 1));
        }
    }

    /// A sweep in its folder, with what is there of it.
    ///
    /// @throws IllegalArgumentException if another process works in its folder, or the experiment in it was changed
    public static SweepRun open(ResultStore run, Host host, Means means) {
        host.wayOn(Run.wayOn(run.folder(), run.experiment()));
        TileStore tiles = TileStore.open(run, means.tileSize((Sweep) run.experiment(), 0));
        remark(tiles, means, host);
        return new SweepRun(host, run, tiles, means);
    }

    /// Says what of a folder differs from what was asked for or left there.
    static void remark(TileStore tiles, Means means, Host host) {
        means.tile().ifPresent(asked -> {
            if (asked != tiles.tileSize()) {
                host.remark("adamscope: tiles of " + tiles.tileSize() + " points, not " + asked
                        + ": the folder was begun so; --tile is for one that begins");
            }
        });
        if (tiles.repaired() > 0) {
            host.remark("adamscope: " + tiles.repaired() + " damaged or foreign tiles were taken away and run again");
        }
    }

    /// About a second of work on one thread, and at least `tiles` of them.
    ///
    /// @param least points, fewer only where there are not more
    private static int fairTile(Sweep sweep, long tiles, int least) {
        if (!(sweep.base() instanceof Simulation simulation)) {
            return 1;
        }
        double seconds = 1e-6 + 4e-9 * simulation.steps();
        double fair = (double) sweep.space().points() / tiles;
        return (int) Math.clamp(Math.min(1 / seconds, fair), least, 1 << 18);
    }

    /// Runs, merges, reports; ends the folder.
    ///
    /// @throws CancellationException if the host ends it; the message says how to continue
    public SweepFound complete() {
        try (tiles) {
            SweepFound found = complete(host.stopping());
            tiles.removeTiles();
            return found;
        } catch (CancellationException _) {
            throw new CancellationException("interrupted; " + tiles.finished().size() + " finished tiles are kept; "
                    + Run.wayOn(run.folder(), run.experiment()));
        }
    }

    private TileQueue missing() {
        return new TileQueue(host, run, tiles, means.engine());
    }

    private SweepFound complete(BooleanSupplier stopped) {
        Sweep sweep = (Sweep) run.experiment();
        SweepEnd end = SweepEnd.of(run);
        boolean everywhere = sweep.refine().equals(Sweep.EVERYWHERE);
        SweepFound found;
        try {
            found = everywhere ? everyPoint(sweep, end, stopped) : refined(sweep, end, stopped);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw run.isComplete() ? overtaken(e) : e;
        }
        end.complete(found, stopped);
        return found;
    }

    /// Where no lock holds between two processes, one takes the tiles away that the other still works on.
    private UncheckedIOException overtaken(RuntimeException failure) {
        return new UncheckedIOException(
                "another process has completed " + run.folder()
                        + " meanwhile, and there is nothing left to do; locks do"
                        + " not hold between the two, see docs/scale.md",
                new IOException(failure));
    }

    private SweepFound everyPoint(Sweep sweep, SweepEnd end, BooleanSupplier stopped) {
        List<Tile> all = new ArrayList<>();
        Tile.all(sweep.space().points(), tiles.tileSize()).forEachRemaining(all::add);
        long kept = missing().kept(all);
        missing().run(all, stopped);
        return end.found(merged("sweep", all), kept, tiles.repaired());
    }

    private String merged(String table, List<Tile> all) {
        try (Progress progress = host.progress("table", 1, "table")) {
            String sha256 = tiles.merge(run, table, all.iterator());
            progress.advance(1);
            return sha256;
        }
    }

    /// Level after level, each decided by the outcomes of those before it.
    private SweepFound refined(Sweep sweep, SweepEnd end, BooleanSupplier stopped) {
        Refinement plane = new Refinement(
                (Axis) sweep.space().coordinates().get(0),
                (Axis) sweep.space().coordinates().get(1),
                sweep.refine());
        List<Tile> all = new ArrayList<>();
        long kept = 0;
        int level = 0;
        for (long[] points = plane.wanted(); points.length > 0; points = plane.wanted()) {
            List<Tile> pieces = new ArrayList<>();
            for (int from = 0; from < points.length; from += tiles.tileSize()) {
                int to = Math.min(points.length, from + tiles.tileSize());
                pieces.add(new Tile.Chosen(level, pieces.size(), Arrays.copyOfRange(points, from, to)));
            }
            kept += missing().kept(pieces);
            missing().run(pieces, stopped);
            pieces.forEach(piece -> plane.take(piece.points(), tiles.rows(piece).words("outcome")));
            all.addAll(pieces);
            level++;
        }
        String sha256 = merged("points", all);
        run.write(plane.picture());
        run.write(plane.boundary());
        Table areas = plane.areas();
        run.write(areas);
        SweepRows rows = SweepRows.of(run.folder(), sweep.space());
        run.write(rows.picture());
        return new SweepFound(
                sweep.space().points(),
                plane.pointsRun() - kept,
                kept,
                tiles.repaired(),
                end.outcomes(rows),
                Optional.empty(),
                areas(areas),
                OptionalInt.of(plane.coarsest()),
                sha256,
                end.seconds());
    }

    private static Map<String, String> areas(Table areas) {
        Map<String, String> found = new TreeMap<>();
        for (int row = 0; row < areas.rows(); row++) {
            found.put(
                    areas.words("outcome").get(row),
                    String.format(
                            Locale.ROOT,
                            "%.6f ± %.6f (at most %.6f)",
                            areas.numbers("area")[row],
                            areas.numbers("areaError")[row],
                            areas.numbers("areaBound")[row]));
        }
        return found;
    }
}
