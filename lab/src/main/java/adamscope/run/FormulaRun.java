package adamscope.run;

import adamscope.dynamics.Trajectory;
import adamscope.experiment.Basin;
import adamscope.experiment.Bifurcation;
import adamscope.experiment.Flows;
import adamscope.experiment.Phase;
import adamscope.experiment.Simulation;
import adamscope.experiment.Stability;
import adamscope.flow.FlowComparison;
import adamscope.stability.OrbitDiagram;
import adamscope.sweep.Agreement;
import adamscope.sweep.BasinSweep;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.PhaseSweep;
import adamscope.sweep.StabilityMap;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs the experiments of a rule on a formula, in memory.
public record FormulaRun(Host host) {

    /// One run, step by step.
    public Made of(Simulation run) {
        Trajectory trajectory;
        try (Progress progress = host.progress("simulation", run.steps(), "steps")) {
            trajectory = plan(run).run(progress::advance);
        }
        return new Made(
                new Finding.SimulationFound(
                        trajectory.outcome().word(),
                        trajectory.outcome().sentence(),
                        trajectory.steps(),
                        trajectory.x(),
                        trajectory.log10AbsX(),
                        trajectory.loss(),
                        trajectory.log10Loss(),
                        trajectory.minLog10Loss(),
                        trajectory.minimum()),
                List.of(trajectory.table()));
    }

    static adamscope.dynamics.SingleRun plan(Simulation run) {
        return new adamscope.dynamics.SingleRun(
                run.optimizer().rule(),
                run.formula(),
                run.optimizer().values(),
                run.x0(),
                run.init(),
                run.arithmetic(),
                run.steps(),
                run.every(),
                run.noise());
    }

    Made of(Phase phase) {
        PhaseSweep sweep = new PhaseSweep(
                phase.optimizer().rule(),
                phase.formula(),
                phase.optimizer().values(),
                phase.x(),
                phase.y(),
                phase.x0(),
                phase.init(),
                phase.arithmetic(),
                Math.toIntExact(phase.steps()));
        Table table;
        try (Progress progress = host.progress("phase diagram", sweep.cells(), "cells")) {
            table = LocalEngine.ofThisMachine().run(sweep, progress::advance, host.stopping());
        }
        return new Made(
                new Finding.PhaseFound(
                        sweep.cells(),
                        Agreement.outcomes(table),
                        Agreement.of(table),
                        phase.formula().minimum(phase.x0(), Map.of())),
                List.of(table));
    }

    /// A rule beside the flows that it follows.
    public Made of(Flows flows) {
        FlowComparison comparison = flows.comparison();
        FlowComparison.Result result = comparison.run();
        return new Made(
                new Finding.FlowsFound(result.steps(), comparison.rates(), result.found()), List.of(result.table()));
    }

    Made of(Bifurcation diagram) {
        adamscope.sweep.OrbitSweep.Result result;
        try (Progress progress = host.progress("orbits", diagram.x().points(), "values")) {
            result = diagram.orbits().run();
            progress.advance(diagram.x().points());
        }
        double[] exponents = result.exponents().numbers("lyapunovExponent");
        List<String> motions = result.exponents().words("motion");
        return new Made(
                new Finding.OrbitsFound(
                        diagram.x().points(),
                        counted(motions, OrbitDiagram.Motion.ESCAPED),
                        counted(motions, OrbitDiagram.Motion.CHAOTIC),
                        counted(motions, OrbitDiagram.Motion.UNSETTLED),
                        Arrays.stream(exponents)
                                .filter(e -> !Double.isNaN(e))
                                .max()
                                .orElse(Double.NaN),
                        diagram.orbits().memory(),
                        diagram.orbits().stabilityChanges()),
                List.of(result.orbits(), result.exponents()));
    }

    private static long counted(List<String> motions, OrbitDiagram.Motion motion) {
        return motions.stream().filter(motion.word()::equals).count();
    }

    Made of(Basin basin) {
        BasinSweep sweep = basin.sweep();
        Table table;
        try (Progress progress = host.progress("basins", sweep.cells(), "starts")) {
            table = sweep.run(LocalEngine.ofThisMachine(), progress::advance, host.stopping());
        }
        return new Made(
                new Finding.BasinFound(
                        sweep.cells(),
                        Agreement.outcomes(table),
                        basin.formula().minimum(basin.x0(), Map.of())),
                List.of(table));
    }

    Made of(Stability map) {
        StabilityMap.Result result = map.map().run();
        Map<String, Long> regimes = new TreeMap<>();
        result.cells().words("regime").forEach(word -> regimes.merge(word, 1L, Long::sum));
        return new Made(
                new Finding.StabilityFound(
                        result.cells().rows(),
                        regimes,
                        result.curves().words("kind").stream()
                                .distinct()
                                .sorted()
                                .toList()),
                List.of(result.cells(), result.curves()));
    }
}
