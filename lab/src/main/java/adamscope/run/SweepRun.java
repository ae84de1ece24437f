package adamscope.run;

import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.report.ClaimJudge;
import adamscope.report.RunReport;
import adamscope.report.SeedSections;
import adamscope.spark.SparkProcess;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
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

    /// How the points of a sweep are run; no number depends on it.
    ///
    /// @param engine where points are run
    /// @param tile   points of a tile, the most that an interruption loses for each processor; empty: about a second
    ///               of work
    public record Means(Function<Path, Engine> engine, OptionalInt tile) {
        /// On this machine.
        public static final Means STANDARD = new Means(_ -> LocalEngine.ofThisMachine(), OptionalInt.empty());
    }

    /// A sweep in its folder, with what is there of it.
    ///
    /// @throws IllegalArgumentException if another process works in its folder, or the experiment in it was changed
    public static SweepRun open(ResultStore run, Host host, Means means) {
        TileStore tiles = TileStore.open(run, tileSize((Sweep) run.experiment(), means));
        if (tiles.repaired() > 0) {
            host.remark("adamscope: " + tiles.repaired() + " damaged or foreign tiles were taken away and run again");
        }
        return new SweepRun(host, run, tiles, means);
    }

    /// About a second of work on one thread, and at least eight tiles for each.
    private static int tileSize(Sweep sweep, Means means) {
        if (means.tile().isPresent()) {
            return means.tile().getAsInt();
        }
        if (!(sweep.base() instanceof Simulation simulation)) {
            return 1;
        }
        double seconds = 1e-6 + 4e-9 * simulation.steps();
        double fair =
                (double) sweep.space().points() / (8 * Runtime.getRuntime().availableProcessors());
        return (int) Math.clamp(Math.min(1 / seconds, fair), 512, 1 << 18);
    }

    /// Runs, merges, reports; ends the folder.
    ///
    /// @throws CancellationException if the host ends it; the message says how to continue
    public SweepFound complete() {
        try (tiles) {
            return complete(host.stopping());
        } catch (CancellationException _) {
            throw new CancellationException("interrupted; " + tiles.finished().size() + " finished tiles are kept; "
                    + Run.wayOn(run.folder(), run.experiment()));
        }
    }

    private SweepFound complete(BooleanSupplier stopped) {
        Sweep sweep = (Sweep) run.experiment();
        long begin = System.nanoTime();
        boolean everywhere = sweep.refine().equals(Sweep.EVERYWHERE);
        SweepFound found = everywhere ? everyPoint(sweep, begin, stopped) : refined(sweep, begin, stopped);
        refuseEnding(stopped);
        RunReport.write(run, ClaimJudge.NONE);
        refuseEnding(stopped);
        Map<String, Long> seeds = new LinkedHashMap<>();
        sweep.seeds().forEach(seed -> seeds.put("training " + seeds.size(), seed));
        run.finish(seeds, found.document(run.folder()));
        tiles.removeTiles();
        return found;
    }

    private static void refuseEnding(BooleanSupplier stopped) {
        if (stopped.getAsBoolean()) {
            throw new CancellationException();
        }
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) * 1e-9;
    }

    /// The share of all steps that was computed; empty where it was not kept.
    private static Optional<Double> ranShare(Sweep sweep, SweepRows rows) {
        return sweep.keep().contains("ranSteps") && sweep.base() instanceof Simulation simulation
                ? Optional.of(rows.ranSteps() / ((double) sweep.space().points() * simulation.steps()))
                : Optional.empty();
    }

    private SweepFound everyPoint(Sweep sweep, long begin, BooleanSupplier stopped) {
        List<Tile> all = new ArrayList<>();
        Tile.all(sweep.space().points(), tiles.tileSize()).forEachRemaining(all::add);
        long kept = missing(all).kept();
        runMissing(sweep, all, stopped);
        String sha256 = merged("sweep", all);
        SweepRows rows = SweepRows.of(run.folder(), sweep.space());
        Table picture = rows.picture();
        run.write(picture);
        if (!sweep.seeds().isEmpty()) {
            run.write(SeedSections.table(sweep, rows, picture));
        }
        long points = sweep.space().points();
        return new SweepFound(
                points,
                points - kept,
                kept,
                tiles.repaired(),
                sweep.keep().contains("outcome") ? outcomes(rows) : Map.of(),
                ranShare(sweep, rows),
                Map.of(),
                OptionalInt.empty(),
                sha256,
                secondsSince(begin));
    }

    private String merged(String table, List<Tile> all) {
        try (Progress progress = host.progress("table", 1, "table")) {
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
    private SweepFound refined(Sweep sweep, long begin, BooleanSupplier stopped) {
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
        return new SweepFound(
                sweep.space().points(),
                plane.pointsRun() - kept,
                kept,
                tiles.repaired(),
                outcomes(rows),
                Optional.empty(),
                areas(areas),
                OptionalInt.of(plane.coarsest()),
                sha256,
                secondsSince(begin));
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
        try (Progress progress = host.progress("sweep", missing.points(), "points")) {
            TileSink kept = (tile, rows) -> {
                tiles.accept(tile, rows);
                progress.advance(rows.rows());
            };
            Engine engine = means.engine().apply(run.folder());
            Iterator<Tile> wanted = missing.tiles().iterator();
            if (sweep.base() instanceof Train train) {
                train(engine, new TrainingSweep(sweep, train, Optional.empty()), wanted, new Taker(kept, stopped));
            } else {
                engine.run(sweep.formula(), wanted, kept, stopped);
            }
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(
                    e.getMessage() + "; finished tiles are kept; " + Run.wayOn(run.folder(), sweep), e.getCause());
        }
    }

    /// Whoever waits for rows.
    private record Taker(TileSink kept, BooleanSupplier stopped) {}

    /// Here in memory; on a cluster each tile in a process of its own, from checkpoints in the run folder.
    private void train(Engine engine, TrainingSweep here, Iterator<Tile> tiles, Taker taker) {
        switch (engine) {
            case LocalEngine local -> local.run(here, tiles, taker.kept(), taker.stopped());
            case SparkProcess cluster -> {
                Path points = TrainingTask.points(run.folder());
                TileSink sink = (tile, rows) -> {
                    taker.kept().accept(tile, rows);
                    for (long point : tile.points()) {
                        TrainingTask.clear(TrainingSweep.folder(points, point));
                    }
                };
                cluster.run(TrainingTask.of(run.folder()), tiles, sink, taker.stopped());
                TrainingTask.clear(points);
            }
            default -> throw new IllegalStateException("no engine for trainings: " + engine);
        }
    }
}
