package adamscope.run;

import adamscope.experiment.Phase;
import adamscope.objective.Minimum;
import adamscope.store.JsonDocument;
import adamscope.sweep.Agreement;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.PhaseSweep;
import adamscope.sweep.UndecidedCells;
import adamscope.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Of a phase diagram.
///
/// @param outcomes  how many cells have each
/// @param agreement with theory; empty where there is none
/// @param undecided cells that more steps may decide
/// @param minimum   of the loss, from which losses are measured
public record PhaseFound(
        Phase phase,
        long cells,
        Map<String, Long> outcomes,
        Optional<Agreement> agreement,
        UndecidedCells undecided,
        Minimum minimum)
        implements Finding {
    /// Runs every cell.
    public static Made made(Phase phase, Host host) {
        PhaseSweep sweep = phase.sweep();
        Table table;
        try (Progress progress = host.progress("phase diagram", sweep.cells(), "cells")) {
            table = LocalEngine.ofThisMachine().run(sweep, progress::advance, host.stopping());
        }
        return new Made(
                new PhaseFound(
                        phase,
                        sweep.cells(),
                        Agreement.outcomes(table),
                        Agreement.of(table),
                        UndecidedCells.of(table),
                        phase.formula().minimum(phase.x0(), Map.of())),
                List.of(table));
    }

    @Override
    public Map<String, Object> document(Path folder) {
        return JsonDocument.object(
                "cells",
                cells,
                "outcomes",
                outcomes,
                "agreement",
                agreement
                        .map(a -> JsonDocument.object(
                                "cells", a.cells(), "agree", a.agree(), "share", a.share(), "undecided", a.undecided()))
                        .orElse(null),
                "minimum",
                Finding.document(minimum),
                "folder",
                folder.toString());
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Finding.line("%s on %s: %d cells", phase.optimizer().rule().name(), phase.objective(), cells));
        lines.addAll(Finding.counts(outcomes));
        minimum.measuredFrom().ifPresent(lines::add);
        if (undecided.cells() > 0) {
            lines.add(undecided.words(phase.steps()));
        }
        lines.add(agreement
                .map(PhaseFound::words)
                .orElse("agreement with theory: there is no closed theory for this rule, objective and eps"));
        return lines;
    }

    private static String words(Agreement agreement) {
        if (agreement.cells() == 0) {
            return "agreement with theory: none of its cells is decided";
        }
        String decided = Finding.line(
                "agreement with theory: %.2f %% of %,d decided cells", 100 * agreement.share(), agreement.cells());
        return agreement.undecided() == 0
                ? decided
                : decided + Finding.line("; %,d undecided, which count neither way", agreement.undecided());
    }

    @Override
    public String inShort() {
        return cells + " cells: "
                + outcomes.entrySet().stream()
                        .map(outcome -> outcome.getValue() + " " + outcome.getKey())
                        .collect(Collectors.joining(", "));
    }
}
