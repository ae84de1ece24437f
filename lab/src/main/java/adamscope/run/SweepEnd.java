package adamscope.run;

import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.report.ClaimJudge;
import adamscope.report.RunReport;
import adamscope.report.SeedSections;
import adamscope.store.ResultStore;
import adamscope.store.SweepRows;
import adamscope.table.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// What follows once the rows of a sweep stand in its table: what is drawn of them, the report, the end of the folder.
///
/// @param run   the folder
/// @param begin when this process began, as [System#nanoTime()]
record SweepEnd(ResultStore run, long begin) {

    static SweepEnd of(ResultStore run) {
        return new SweepEnd(run, System.nanoTime());
    }

    /// Of a sweep of every point.
    ///
    /// @param sha256   of the table
    /// @param kept     points that are not of this process
    /// @param repaired tiles that were taken away
    SweepFound found(String sha256, long kept, int repaired) {
        Sweep sweep = (Sweep) run.experiment();
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
                repaired,
                sweep.keep().contains("outcome") ? outcomes(rows) : Map.of(),
                ranShare(sweep, rows),
                Map.of(),
                OptionalInt.empty(),
                sha256,
                seconds());
    }

    double seconds() {
        return (System.nanoTime() - begin) * 1e-9;
    }

    /// The share of all steps that was computed; empty where it was not kept.
    private static Optional<Double> ranShare(Sweep sweep, SweepRows rows) {
        return sweep.keep().contains("ranSteps") && sweep.base() instanceof Simulation simulation
                ? Optional.of(rows.ranSteps() / ((double) sweep.space().points() * simulation.steps()))
                : Optional.empty();
    }

    /// How many points have each outcome; written as a table too.
    Map<String, Long> outcomes(SweepRows rows) {
        Table found = rows.outcomes();
        run.write(found);
        Map<String, Long> outcomes = new TreeMap<>();
        for (int row = 0; row < found.rows(); row++) {
            outcomes.put(found.words("outcome").get(row), (long) found.numbers("points")[row]);
        }
        return outcomes;
    }

    /// Reports, and ends the folder.
    ///
    /// @throws CancellationException if stopped
    void complete(SweepFound found, BooleanSupplier stopped) {
        refuseEnding(stopped);
        Map<String, Long> seeds = new LinkedHashMap<>();
        ((Sweep) run.experiment()).seeds().forEach(seed -> seeds.put("training " + seeds.size(), seed));
        run.seeded(seeds);
        RunReport.write(run, ClaimJudge.NONE);
        refuseEnding(stopped);
        run.finish(seeds, found.document(run.folder()));
    }

    private static void refuseEnding(BooleanSupplier stopped) {
        if (stopped.getAsBoolean()) {
            throw new CancellationException();
        }
    }
}
