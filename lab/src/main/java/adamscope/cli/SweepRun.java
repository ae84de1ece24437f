package adamscope.cli;

import adamscope.experiment.NetworkTraining;
import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.report.RunReport;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.store.SweepRows;
import adamscope.store.TileStore;
import adamscope.sweep.Axis;
import adamscope.sweep.Engine;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.Refinement;
import adamscope.sweep.Tile;
import adamscope.sweep.TileSink;
import adamscope.table.Table;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

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
        boolean everywhere = sweep.refine().equals(Sweep.EVERYWHERE);
        Map<String, Object> found = everywhere ? everyPoint(sweep, stopped) : refined(sweep, stopped);
        found.put("seconds", (System.nanoTime() - begin) * 1e-9);
        found.put("folder", run.folder().toString());
        RunReport.write(run);
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

    private Map<String, Object> everyPoint(Sweep sweep, BooleanSupplier stopped) {
        List<Tile> all = new ArrayList<>();
        Tile.all(sweep.space().points(), tiles.tileSize()).forEachRemaining(all::add);
        long kept = missing(all).kept();
        runMissing(sweep, all, stopped);
        String sha256 = merged("sweep", all);
        SweepRows rows = SweepRows.of(run.folder(), sweep.space());
        run.write(rows.picture());
        long points = sweep.space().points();
        return JsonDocument.object(
                "points",
                points,
                "pointsRun",
                points - kept,
                "pointsKept",
                kept,
                "tilesRepaired",
                tiles.repaired(),
                "outcomes",
                sweep.keep().contains("outcome") ? outcomes(rows) : Map.of(),
                "ranShare",
                ranShare(sweep, rows),
                "sha256",
                sha256);
    }

    private String merged(String table, List<Tile> all) {
        try (Progress progress = console.progress("table", 1, "table")) {
            String sha256 = tiles.merge(run, table, all.iterator());
            progress.advance(1);
            return sha256;
        }
    }

    private Map<String, Long> outcomes(SweepRows rows) {
        Table found = rows.outcomes();
        run.write(found);
        Map<String, Long> outcomes = new TreeMap<>();
        for (int row = 0; row < found.rows(); row++) {
            outcomes.put(found.words("outcome").get(row), (long) found.numbers("points")[row]);
        }
        return outcomes;
    }

    /// Level after level, each decided by the outcomes of those before it.
    private Map<String, Object> refined(Sweep sweep, BooleanSupplier stopped) {
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
            kept += missing(pieces).kept();
            runMissing(sweep, pieces, stopped);
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
        return JsonDocument.object(
                "points", sweep.space().points(),
                "pointsRun", plane.pointsRun() - kept,
                "pointsKept", kept,
                "tilesRepaired", tiles.repaired(),
                "outcomes", outcomes(rows),
                "areas", areas(areas),
                "coarseGrid", plane.coarsest(),
                "sha256", sha256);
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

    private record Missing(List<Tile> tiles, long points, long kept) {}

    private Missing missing(List<Tile> all) {
        List<Tile> missing = all.stream().filter(tile -> !tiles.has(tile)).toList();
        long points = missing.stream().mapToLong(Tile::size).sum();
        return new Missing(missing, points, all.stream().mapToLong(Tile::size).sum() - points);
    }

    private void runMissing(Sweep sweep, List<Tile> all, BooleanSupplier stopped) {
        Missing missing = missing(all);
        try (Progress progress = console.progress("sweep", missing.points(), "points")) {
            TileSink kept = (tile, rows) -> {
                tiles.accept(tile, rows);
                progress.advance(rows.rows());
            };
            if (sweep.base() instanceof NetworkTraining) {
                refuseSpark();
                LocalEngine.ofThisMachine()
                        .run(NetworkSweep.of(sweep), missing.tiles().iterator(), kept, stopped);
            } else {
                engine.run(sweep.formula(), missing.tiles().iterator(), kept, stopped);
            }
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(e.getMessage() + "; " + continuation(), e.getCause());
        }
    }

    private void refuseSpark() {
        if (!(engine instanceof LocalEngine)) {
            throw new IllegalArgumentException("--engine spark runs sweeps of simulations; trainings run here");
        }
    }

    private String continuation() {
        return "finished tiles are kept; continue with: adamscope sweep --resume " + run.folder();
    }
}
