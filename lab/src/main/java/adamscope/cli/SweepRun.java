package adamscope.cli;

import adamscope.experiment.NetworkTraining;
import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.report.RunReport;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.store.SweepRows;
import adamscope.store.TileStore;
import adamscope.sweep.Engine;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.Tile;
import adamscope.sweep.TileSink;
import adamscope.table.Table;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;

/// Runs what is missing of a sweep, tile by tile, and puts its table together.
///
/// @param run    the folder
/// @param tiles  what is there of it
/// @param engine where formulas are run; trainings run here
record SweepRun(Console console, ResultStore run, TileStore tiles, Engine engine) {
    private static final long SECONDS_FOR_RUNNING_TILES = 30;

    /// Runs, merges, reports; ends the folder.
    ///
    /// @return what was found, in short
    Map<String, Object> complete() {
        AtomicBoolean ending = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().unstarted(() -> await(ending, ended));
        Runtime.getRuntime().addShutdownHook(hook);
        Thread self = Thread.currentThread();
        try {
            return complete(() -> ending.get() || self.isInterrupted());
        } catch (CancellationException e) {
            String stopped = "stopped; " + tiles.finished().size() + " " + continuation();
            if (ending.get()) {
                console.remark("adamscope: " + stopped);
            }
            throw new CancellationException(stopped);
        } finally {
            tiles.close();
            ended.countDown();
            if (!ending.get()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    /// Holds the end of the process (Ctrl-C) until running tiles have stopped.
    private void await(AtomicBoolean ending, CountDownLatch ended) {
        ending.set(true);
        try {
            if (!ended.await(SECONDS_FOR_RUNNING_TILES, TimeUnit.SECONDS)) {
                console.remark("adamscope: a tile did not stop in time; it is lost, nothing else");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> complete(BooleanSupplier stopped) {
        Sweep sweep = (Sweep) run.experiment();
        long begin = System.nanoTime();
        long kept = pointsThere(sweep);
        runMissing(sweep, stopped);
        double seconds = (System.nanoTime() - begin) * 1e-9;
        String sha256;
        try (Progress progress = console.progress("table", 1, "table")) {
            sha256 = tiles.merge(run, "sweep", Tile.all(sweep.space().points(), tiles.tileSize()));
            progress.advance(1);
        }
        SweepRows rows = SweepRows.of(run.folder(), sweep.space());
        run.write(rows.picture());
        Map<String, Long> outcomes = new TreeMap<>();
        if (sweep.keep().contains("outcome")) {
            Table found = rows.outcomes();
            run.write(found);
            for (int row = 0; row < found.rows(); row++) {
                outcomes.put(found.words("outcome").get(row), (long) found.numbers("points")[row]);
            }
        }
        RunReport.write(run);
        Map<String, Object> found = JsonDocument.object(
                "points",
                sweep.space().points(),
                "pointsKept",
                kept,
                "tilesRepaired",
                tiles.repaired(),
                "seconds",
                seconds,
                "outcomes",
                outcomes,
                "ranShare",
                ranShare(sweep, rows),
                "sha256",
                sha256,
                "folder",
                run.folder().toString());
        run.finish(Map.of(), found);
        tiles.removeTiles();
        return found;
    }

    /// The share of all steps that was computed, or null where it was not kept.
    private static Double ranShare(Sweep sweep, SweepRows rows) {
        return sweep.keep().contains("ranSteps") && sweep.base() instanceof Simulation simulation
                ? rows.ranSteps() / ((double) sweep.space().points() * simulation.steps())
                : null;
    }

    private long pointsThere(Sweep sweep) {
        AtomicLong there = new AtomicLong();
        Tile.all(sweep.space().points(), tiles.tileSize())
                .forEachRemaining(tile -> there.addAndGet(tiles.has(tile) ? tile.size() : 0));
        return there.get();
    }

    private void runMissing(Sweep sweep, BooleanSupplier stopped) {
        long points = sweep.space().points();
        Iterator<Tile> missing = StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(Tile.all(points, tiles.tileSize()), Spliterator.ORDERED),
                        false)
                .filter(tile -> !tiles.has(tile))
                .iterator();
        try (Progress progress = console.progress("sweep", points - pointsThere(sweep), "points")) {
            TileSink kept = (tile, rows) -> {
                tiles.accept(tile, rows);
                progress.advance(rows.rows());
            };
            if (sweep.base() instanceof NetworkTraining) {
                LocalEngine.ofThisMachine().run(NetworkSweep.of(sweep), missing, kept, stopped);
            } else {
                engine.run(sweep.formula(), missing, kept, stopped);
            }
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(e.getMessage() + "; " + continuation(), e.getCause());
        }
    }

    private String continuation() {
        return "finished tiles are kept; continue with: adamscope sweep --resume " + run.folder();
    }
}
