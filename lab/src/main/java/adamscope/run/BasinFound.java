package adamscope.run;

import adamscope.experiment.Basin;
import adamscope.objective.Minimum;
import adamscope.store.JsonDocument;
import adamscope.sweep.Agreement;
import adamscope.sweep.BasinSweep;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.UndecidedCells;
import adamscope.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Of a plane of starts.
public record BasinFound(
        Basin basin, long starts, Map<String, Long> outcomes, UndecidedCells undecided, Minimum minimum)
        implements Finding {
    /// Runs from every start.
    public static Made made(Basin basin, Host host) {
        BasinSweep sweep = basin.sweep();
        Table table;
        try (Progress progress = host.progress("basins", sweep.cells(), "starts")) {
            table = LocalEngine.ofThisMachine().run(sweep, progress::advance, host.stopping());
        }
        return new Made(
                new BasinFound(
                        basin,
                        sweep.cells(),
                        Agreement.outcomes(table),
                        UndecidedCells.of(table),
                        basin.formula().minimum(basin.x0(), Map.of())),
                List.of(table));
    }

    @Override
    public Map<String, Object> document(Path folder) {
        return JsonDocument.object(
                "starts",
                starts,
                "outcomes",
                outcomes,
                "minimum",
                Finding.document(minimum),
                "folder",
                folder.toString());
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Finding.line("%s on %s: %d starts", basin.optimizer().rule().name(), basin.objective(), starts));
        lines.addAll(Finding.counts(outcomes));
        minimum.measuredFrom().ifPresent(lines::add);
        if (undecided.cells() > 0) {
            lines.add(undecided.words(basin.steps()));
        }
        return lines;
    }
}
