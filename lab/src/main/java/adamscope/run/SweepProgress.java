package adamscope.run;

import adamscope.experiment.Sweep;
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
        SweepRows rows = SweepRows.of(folder, sweep.space());
        long points = sweep.space().points();
        if (rows.files().isEmpty() && !sweep.refine().equals(Sweep.EVERYWHERE)) {
            RefinedRows refined =
                    RefinedRows.of(folder, (Axis) sweep.space().coordinates().get(0), (Axis)
                            sweep.space().coordinates().get(1));
            long done = refined.points();
            return new SweepProgress(
                    points,
                    done,
                    true,
                    Double.NaN,
                    done == 0 ? Optional.empty() : Optional.of(SweepPreview.write(folder, sweep, refined.picture())));
        }
        long done = rows.points();
        return new SweepProgress(
                points,
                done,
                false,
                rows.pointsPerSecond(),
                done == 0 ? Optional.empty() : Optional.of(SweepPreview.write(folder, sweep, rows.picture())));
    }

    /// How long the rest takes.
    public double secondsLeft() {
        return done == points ? 0 : (points - done) / perSecond;
    }
}
