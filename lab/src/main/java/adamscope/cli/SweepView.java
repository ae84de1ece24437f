package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentText;
import adamscope.experiment.Sweep;
import adamscope.report.SweepPreview;
import adamscope.store.JsonDocument;
import adamscope.store.RefinedRows;
import adamscope.store.SweepRows;
import adamscope.sweep.Axis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// A look at a sweep that another process may be running.
///
/// @param rows what is there so far
record SweepView(Path folder, Sweep sweep, SweepRows rows) {

    /// The sweep in a folder.
    ///
    /// @throws IllegalArgumentException if there is none
    static SweepView of(Path folder) {
        Path file = folder.resolve("experiment.yaml");
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(folder + " is no run folder: it has no experiment.yaml");
        }
        try {
            Experiment experiment = ExperimentText.read(file.toString(), Files.readString(file));
            if (!(experiment instanceof Sweep sweep)) {
                throw new IllegalArgumentException(folder + " holds kind = " + experiment.kind() + ", no sweep");
            }
            return new SweepView(folder, sweep, SweepRows.of(folder, sweep.space()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    int show(Console console, boolean json) {
        if (rows.files().isEmpty() && !sweep.refine().equals(Sweep.EVERYWHERE)) {
            return showRefined(console, json);
        }
        long all = sweep.space().points();
        long done = rows.points();
        double rate = rows.pointsPerSecond();
        double left = done == all ? 0 : (all - done) / rate;
        String picture = done == 0
                ? ""
                : SweepPreview.write(folder, sweep, rows.picture()).toString();
        Map<String, Object> found = JsonDocument.object(
                "points", all, "done", done, "pointsPerSecond", rate, "secondsLeft", left, "picture", picture);
        if (json) {
            console.json(found);
            return ExitCode.DONE;
        }
        console.line(String.format(
                Locale.ROOT,
                "%d of %d points, %.1f %%%s",
                done,
                all,
                100.0 * done / all,
                Double.isFinite(left) && left > 0
                        ? String.format(Locale.ROOT, ", %.3g/s, %s left", rate, Progress.readable((long) (left * 1e9)))
                        : ""));
        console.line(picture.isEmpty() ? "nothing to draw yet" : "picture: " + picture);
        return ExitCode.DONE;
    }

    /// How many points a refinement will run is decided by their outcomes, so there is no time left to tell.
    private int showRefined(Console console, boolean json) {
        RefinedRows refined =
                RefinedRows.of(folder, (Axis) sweep.space().coordinates().get(0), (Axis)
                        sweep.space().coordinates().get(1));
        long all = sweep.space().points();
        long done = refined.points();
        String picture = done == 0
                ? ""
                : SweepPreview.write(folder, sweep, refined.picture()).toString();
        if (json) {
            console.json(JsonDocument.object("points", all, "done", done, "refining", true, "picture", picture));
            return ExitCode.DONE;
        }
        console.line(String.format(
                Locale.ROOT,
                "%d points run so far; refinement goes on beside boundaries, in a plane of %d",
                done,
                all));
        console.line(picture.isEmpty() ? "nothing to draw yet" : "picture: " + picture);
        return ExitCode.DONE;
    }
}
