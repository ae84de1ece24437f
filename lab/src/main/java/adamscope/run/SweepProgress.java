package adamscope.run;

import adamscope.experiment.Sweep;
import adamscope.figure.Figure;
import adamscope.report.SweepPreview;
import adamscope.store.RefinedRows;
import adamscope.store.ResultStore;
import adamscope.store.SweepRows;
import adamscope.sweep.Axis;
import java.nio.file.Path;
import java.util.Optional;

/// How far a sweep is that another process may be running.
///
/// @param points    of the space
/// @param done      of them so far
/// @param refining  whether outcomes decide which points are run, so that nobody knows how many are left
/// @param perSecond points a second; NaN where that is not known
/// @param picture   of what is there; empty where nothing is
public record SweepProgress(long points, long done, boolean refining, double perSecond, Optional<Path> picture) {

    /// Looks at the sweep in a folder and draws what is there.
    ///
    /// @throws IllegalArgumentException if there is none
    public static SweepProgress of(Path folder) {
        ResultStore store = ResultStore.of(folder);
        if (!(store.experiment() instanceof Sweep sweep)) {
            throw new IllegalArgumentException(
                    folder + " holds kind = " + store.experiment().kind() + ", no sweep");
        }
        SweepProgress counted = counted(folder, sweep);
        Optional<Path> picture =
                counted.done == 0 ? Optional.empty() : Optional.of(SweepPreview.write(folder, preview(folder, sweep)));
        return new SweepProgress(counted.points, counted.done, counted.refining, counted.perSecond, picture);
    }

    /// Counts what is there of a sweep; nothing is written.
    public static SweepProgress counted(Path folder, Sweep sweep) {
        SweepRows rows = SweepRows.of(folder, sweep.space());
        long points = sweep.space().points();
        return isRefining(rows, sweep)
                ? new SweepProgress(points, refined(folder, sweep).points(), true, Double.NaN, Optional.empty())
                : new SweepProgress(points, rows.points(), false, rows.pointsPerSecond(), Optional.empty());
    }

    /// Draws what is there of a sweep, of which some point is.
    public static Figure preview(Path folder, Sweep sweep) {
        SweepRows rows = SweepRows.of(folder, sweep.space());
        return SweepPreview.of(
                sweep, isRefining(rows, sweep) ? refined(folder, sweep).picture() : rows.picture());
    }

    private static boolean isRefining(SweepRows rows, Sweep sweep) {
        return rows.files().isEmpty() && !sweep.refine().equals(Sweep.EVERYWHERE);
    }

    private static RefinedRows refined(Path folder, Sweep sweep) {
        return RefinedRows.of(folder, (Axis) sweep.space().coordinates().get(0), (Axis)
                sweep.space().coordinates().get(1));
    }

    /// How long the rest takes.
    public double secondsLeft() {
        return done == points ? 0 : (points - done) / perSecond;
    }
}
