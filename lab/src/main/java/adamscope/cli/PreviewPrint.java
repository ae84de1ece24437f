package adamscope.cli;

import adamscope.run.SweepProgress;
import adamscope.store.JsonDocument;
import java.nio.file.Path;
import java.util.Locale;

/// Says how far a sweep is.
///
/// @param json whether for a program
record PreviewPrint(Console console, boolean json) {

    int print(SweepProgress sweep) {
        String picture = sweep.picture().map(Path::toString).orElse("");
        double left = sweep.secondsLeft();
        if (json) {
            console.json(
                    "sweep/preview",
                    sweep.refining()
                            ? JsonDocument.object(
                                    "points",
                                    sweep.points(),
                                    "done",
                                    sweep.done(),
                                    "refining",
                                    true,
                                    "picture",
                                    picture)
                            : JsonDocument.object(
                                    "points",
                                    sweep.points(),
                                    "done",
                                    sweep.done(),
                                    "pointsPerSecond",
                                    sweep.perSecond(),
                                    "secondsLeft",
                                    left,
                                    "picture",
                                    picture));
            return ExitCode.DONE;
        }
        console.line(
                sweep.refining()
                        ? String.format(
                                Locale.ROOT,
                                "%d points run so far; refinement goes on beside boundaries, in a plane of %d",
                                sweep.done(),
                                sweep.points())
                        : String.format(
                                Locale.ROOT,
                                "%d of %d points, %.1f %%%s",
                                sweep.done(),
                                sweep.points(),
                                100.0 * sweep.done() / sweep.points(),
                                Double.isFinite(left) && left > 0
                                        ? String.format(
                                                Locale.ROOT,
                                                ", %.3g/s, %s left",
                                                sweep.perSecond(),
                                                ProgressLine.readable((long) (left * 1e9)))
                                        : ""));
        console.line(picture.isEmpty() ? "nothing to draw yet" : "picture: " + picture);
        return ExitCode.DONE;
    }
}
