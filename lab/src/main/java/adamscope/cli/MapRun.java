package adamscope.cli;

import adamscope.experiment.Basin;
import adamscope.experiment.Bifurcation;
import adamscope.experiment.Stability;
import adamscope.report.StabilityChanges;
import adamscope.store.JsonDocument;
import adamscope.sweep.Agreement;
import adamscope.sweep.BasinSweep;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.StabilityMap;
import adamscope.table.Table;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Runs the experiments on a rule as a map: tables to keep, and what they came to in short.
///
/// @param keep   takes each table
/// @param folder the run folder, for the summary
record MapRun(Console console, Consumer<Table> keep, Path folder) {

    Map<String, Object> bifurcation(Bifurcation diagram) {
        adamscope.sweep.Bifurcation.Result result;
        try (Progress progress = console.progress("orbits", diagram.x().points(), "values")) {
            result = diagram.orbits().run();
            progress.advance(diagram.x().points());
        }
        keep.accept(result.orbits());
        keep.accept(result.exponents());
        double[] exponents = result.exponents().numbers("lyapunovExponent");
        return JsonDocument.object(
                "values",
                diagram.x().points(),
                "escaped",
                Arrays.stream(exponents).filter(Double::isNaN).count(),
                "chaotic",
                Arrays.stream(exponents).filter(e -> e > 0).count(),
                "largestExponent",
                Arrays.stream(exponents).filter(e -> !Double.isNaN(e)).max().orElse(Double.NaN),
                "stabilityLost",
                StabilityChanges.of(diagram, result.exponents()),
                "folder",
                folder.toString());
    }

    Map<String, Object> basin(Basin basin) {
        BasinSweep sweep = basin.sweep();
        Table table;
        try (Progress progress = console.progress("basins", sweep.cells(), "starts")) {
            table = sweep.run(LocalEngine.ofThisMachine(), progress::advance, Thread.currentThread()::isInterrupted);
        }
        keep.accept(table);
        return JsonDocument.object(
                "starts", sweep.cells(), "outcomes", Agreement.outcomes(table), "folder", folder.toString());
    }

    Map<String, Object> stability(Stability map) {
        StabilityMap.Result result = map.map().run();
        keep.accept(result.cells());
        keep.accept(result.curves());
        Map<String, Long> regimes = new TreeMap<>();
        result.cells().words("regime").forEach(word -> regimes.merge(word, 1L, Long::sum));
        return JsonDocument.object(
                "cells",
                result.cells().rows(),
                "regimes",
                regimes,
                "curves",
                result.curves().words("kind").stream().distinct().sorted().toList(),
                "folder",
                folder.toString());
    }
}
