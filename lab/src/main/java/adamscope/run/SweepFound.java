package adamscope.run;

import adamscope.store.JsonDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Of a sweep.
///
/// @param points     of the space
/// @param pointsRun  by this run of the program
/// @param pointsKept from before
/// @param outcomes   how many points have each; empty where it is not kept
/// @param ranShare   share of all steps that was computed; empty where it was not kept
/// @param areas      of a refinement: the share of the plane of each outcome, with its error
/// @param coarseGrid of a refinement: points across its first level
/// @param sha256     of the table
public record SweepFound(
        long points,
        long pointsRun,
        long pointsKept,
        long tilesRepaired,
        Map<String, Long> outcomes,
        Optional<Double> ranShare,
        Map<String, String> areas,
        OptionalInt coarseGrid,
        String sha256,
        double seconds)
        implements Finding {
    @Override
    public Map<String, Object> document(Path folder) {
        Map<String, Object> document = JsonDocument.object(
                "points", points,
                "pointsRun", pointsRun,
                "pointsKept", pointsKept,
                "tilesRepaired", tilesRepaired,
                "outcomes", outcomes);
        if (coarseGrid.isPresent()) {
            document.put("areas", areas);
            document.put("coarseGrid", coarseGrid.getAsInt());
        } else {
            document.put("ranShare", ranShare);
        }
        document.put("sha256", sha256);
        document.put("seconds", seconds);
        document.put("folder", folder.toString());
        return document;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Finding.line("%d points, %d of them run, %d kept from before", points, pointsRun, pointsKept));
        lines.addAll(Finding.counts(outcomes));
        areas.forEach((outcome, area) -> lines.add(Finding.line("  area of %-12s %s", outcome, area)));
        coarseGrid.ifPresent(grid -> lines.add(Finding.line(
                "an island of fewer than %1$d × %1$d points may lie unseen between those of the coarse grid", grid)));
        ranShare.ifPresent(share ->
                lines.add(Finding.line("%.1f %% of the steps were computed, the rest was known", 100 * share)));
        return lines;
    }
}
