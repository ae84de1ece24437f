package adamscope.run;

import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.spark.SparkProcess;
import adamscope.store.ResultStore;
import adamscope.store.TileStore;
import adamscope.sweep.Engine;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.Tile;
import adamscope.sweep.TileLedger;
import adamscope.sweep.TileSink;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// The tiles of a sweep that are still to be run, and where.
///
/// @param run    the folder
/// @param tiles  what is there of it
/// @param engine where points are run
record TileQueue(Host host, ResultStore run, TileStore tiles, Function<Path, Engine> engine) {

    /// How many points of these tiles are there.
    long kept(List<Tile> all) {
        return all.stream().filter(tiles::has).mapToLong(Tile::size).sum();
    }

    /// Runs those that are not there.
    ///
    /// @throws java.util.concurrent.CancellationException if stopped
    void run(List<Tile> all, BooleanSupplier stopped) {
        List<Tile> missing = all.stream().filter(tile -> !tiles.has(tile)).toList();
        long points = missing.stream().mapToLong(Tile::size).sum();
        Sweep sweep = (Sweep) run.experiment();
        try (Progress progress = host.progress("sweep", points, "points")) {
            TileLedger wanted = new TileLedger(missing, (tile, rows) -> {
                tiles.accept(tile, rows);
                progress.advance(rows.rows());
            });
            Engine here = engine.apply(run.folder());
            if (sweep.base() instanceof Train train) {
                train(here, new TrainingSweep(sweep, train, TrainingTask.points(run.folder())), wanted, stopped);
            } else {
                here.run(sweep.formula(), wanted.tiles(), wanted, stopped);
            }
            wanted.requireAll();
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(
                    e.getMessage() + "; finished tiles are kept; " + Run.wayOn(run.folder(), sweep), e.getCause());
        }
    }

    /// From checkpoints in the run folder, which are taken away when the rows are there; on a cluster each tile in a
    /// process of its own.
    private void train(Engine engine, TrainingSweep here, TileLedger wanted, BooleanSupplier stopped) {
        TileSink sink = (tile, rows) -> {
            wanted.accept(tile, rows);
            for (long point : tile.points()) {
                TrainingTask.clear(here.folder(point));
            }
        };
        switch (engine) {
            case LocalEngine local -> local.run(here, wanted.tiles(), sink, stopped);
            case SparkProcess cluster -> cluster.run(TrainingTask.of(run.folder()), wanted.tiles(), sink, stopped);
            default -> throw new IllegalStateException("no engine for trainings: " + engine);
        }
        TrainingTask.clear(TrainingTask.points(run.folder()), point -> tiles.has(tileOf(point)));
    }

    private Tile tileOf(long point) {
        Sweep sweep = (Sweep) run.experiment();
        return Tile.numbered(point / tiles.tileSize(), sweep.space().points(), tiles.tileSize());
    }
}
