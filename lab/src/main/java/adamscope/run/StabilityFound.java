package adamscope.run;

import adamscope.experiment.Stability;
import adamscope.store.JsonDocument;
import adamscope.sweep.StabilityMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Of a stability map.
///
/// @param regimes how many cells have each
/// @param curves  kinds of curves on which stability is lost
public record StabilityFound(Stability map, long cells, Map<String, Long> regimes, List<String> curves)
        implements Finding {
    /// Finds the fixed points and their multipliers.
    public static Made made(Stability map, Host host) {
        StabilityMap.Result result = map.map().run();
        Map<String, Long> regimes = new TreeMap<>();
        result.cells().words("regime").forEach(word -> regimes.merge(word, 1L, Long::sum));
        return new Made(
                new StabilityFound(
                        map,
                        result.cells().rows(),
                        regimes,
                        result.curves().words("kind").stream()
                                .distinct()
                                .sorted()
                                .toList()),
                List.of(result.cells(), result.curves()));
    }

    @Override
    public Map<String, Object> document(Path folder) {
        return JsonDocument.object(
                "cells", cells,
                "regimes", regimes,
                "curves", curves,
                "folder", folder.toString());
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Finding.line("%s on %s: %d cells", map.optimizer().rule().name(), map.objective(), cells));
        lines.addAll(Finding.counts(regimes));
        lines.add("curves: " + curves);
        return lines;
    }
}
