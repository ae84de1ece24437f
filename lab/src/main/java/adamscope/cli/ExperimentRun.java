package adamscope.cli;

import adamscope.curvature.ProbeSchedule;
import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.dynamics.Trajectory;
import adamscope.experiment.Basin;
import adamscope.experiment.Bifurcation;
import adamscope.experiment.Experiment;
import adamscope.experiment.Flows;
import adamscope.experiment.NetworkTraining;
import adamscope.experiment.Phase;
import adamscope.experiment.Reproduction;
import adamscope.experiment.Series;
import adamscope.experiment.Simulation;
import adamscope.experiment.Stability;
import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.flow.FlowComparison;
import adamscope.report.Report;
import adamscope.report.RunReport;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.sweep.Agreement;
import adamscope.sweep.Grid;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.PhaseSweep;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.SharpnessProbe;
import adamscope.training.Training;
import adamscope.training.TrainingObserver;
import adamscope.training.TrainingOutcome;
import adamscope.training.TrainingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Runs an experiment into its run folder: tables, figures, report, provenance.
final class ExperimentRun {
    /// Heap that is enough for a cell: a million were tabulated, stored and drawn in 330 MB.
    private static final double BYTES_A_CELL = 300;

    /// The sentence that explains an outcome, for people and for provenance; not part of `simulate --json`.
    static final String OUTCOME_DETAIL = "outcomeDetail";

    private final Console console;
    private final ResultStore store;
    private final Map<String, Map<String, Object>> results = new LinkedHashMap<>();
    private final Map<String, Long> seeds = new LinkedHashMap<>();

    private ExperimentRun(Console console, ResultStore store) {
        this.console = console;
        this.store = store;
    }

    /// Runs the store's experiment and completes the folder.
    ///
    /// @return what each part found, by its name; one part with an empty name outside a series
    static Map<String, Map<String, Object>> run(Console console, ResultStore store) {
        ExperimentRun run = new ExperimentRun(console, store);
        try {
            refuseUnusable(store.experiment());
        } catch (IllegalArgumentException e) {
            store.withdraw();
            throw e;
        }
        run.part("", store.experiment());
        Report report;
        try (Progress progress = console.progress("figures and report", 1, "report")) {
            report = RunReport.write(store);
            progress.advance(1);
        }
        Map<String, Object> found = new LinkedHashMap<>(run.results);
        found.put(
                "claims",
                RunReport.claims(report).stream()
                        .map(c -> JsonDocument.object(
                                "id", c.id(),
                                "expected", c.expected(),
                                "measured", c.measured(),
                                "verdict", c.verdict().words()))
                        .toList());
        store.finish(run.seeds, found);
        return run.results;
    }

    /// Refuses what the experiment cannot know of this machine, before any part runs.
    private static void refuseUnusable(Experiment experiment) {
        switch (experiment) {
            case Phase phase -> refuseMemory(phase.grid());
            case Basin basin -> refuseMemory(new Grid(List.of(basin.x(), basin.y())));
            case Stability map -> refuseMemory(new Grid(List.of(map.x(), map.y())));
            case Simulation _, Bifurcation _, Flows _ -> {}
            case NetworkTraining training -> training.place().refuseUnusable();
            case Train train ->
                throw new IllegalArgumentException("kind = train: run it with adamscope train -c FILE.yaml");
            case Sweep _ ->
                throw new IllegalArgumentException("kind = sweep: run it with adamscope sweep -c FILE.yaml");
            case Series series -> series.parts().values().forEach(ExperimentRun::refuseUnusable);
            case Reproduction reproduction ->
                throw new IllegalArgumentException(
                        "kind = reproduction: run it with adamscope reproduce -c FILE.yaml, or"
                                + " adamscope reproduce " + reproduction.id());
        }
    }

    private static void refuseMemory(Grid grid) {
        double needed = grid.cells() * BYTES_A_CELL;
        long most = Runtime.getRuntime().maxMemory();
        if (needed > most) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a grid of %.0f cells takes about %.1f GB of memory, and Java has %.1f GB; take fewer points, or"
                            + " give Java more with ADAMSCOPE_JAVA_OPTIONS=-Xmx%.0fg",
                    grid.cells(),
                    needed / 1e9,
                    most / 1e9,
                    Math.ceil(needed / (1 << 30))));
        }
    }

    private void part(String name, Experiment experiment) {
        switch (experiment) {
            case Phase phase -> results.put(name, phase(name, phase));
            case Bifurcation diagram -> results.put(name, maps(name).bifurcation(diagram));
            case Basin basin -> results.put(name, maps(name).basin(basin));
            case Stability map -> results.put(name, maps(name).stability(map));
            case Simulation simulation -> results.put(name, simulation(name, simulation));
            case Flows flows -> results.put(name, flows(name, flows));
            case NetworkTraining training -> results.put(name, network(name, training));
            case Train _ -> throw new IllegalStateException("a training runs by its own command");
            case Series series -> series.parts().forEach(this::part);
            case Sweep _ -> throw new IllegalStateException("a sweep runs by its own command");
            case Reproduction _ -> throw new IllegalStateException("a reproduction runs by its own command");
        }
    }

    private MapRun maps(String name) {
        return new MapRun(console, table -> store.write(named(name, table)), store.folder());
    }

    private Map<String, Object> phase(String name, Phase phase) {
        PhaseSweep sweep = sweep(phase);
        Table table;
        try (Progress progress = console.progress("phase diagram", sweep.cells(), "cells")) {
            table = LocalEngine.ofThisMachine().run(sweep, progress::advance, Thread.currentThread()::isInterrupted);
        }
        store.write(named(name, table));
        Optional<Agreement> agreement = Agreement.of(table);
        return JsonDocument.object(
                "cells",
                sweep.cells(),
                "outcomes",
                Agreement.outcomes(table),
                "agreement",
                agreement
                        .map(a -> JsonDocument.object("cells", a.cells(), "agree", a.agree(), "share", a.share()))
                        .orElse(null),
                "folder",
                store.folder().toString());
    }

    private static PhaseSweep sweep(Phase phase) {
        return new PhaseSweep(
                phase.optimizer().rule(),
                phase.formula(),
                phase.optimizer().values(),
                phase.x(),
                phase.y(),
                phase.x0(),
                phase.init(),
                phase.arithmetic(),
                Math.toIntExact(phase.steps()));
    }

    private Map<String, Object> simulation(String name, Simulation simulation) {
        Trajectory trajectory = simulated(console, simulation);
        store.write(named(name, trajectory.table()));
        return summary(trajectory);
    }

    /// Runs a simulation by itself.
    static Trajectory simulated(Console console, Simulation run) {
        adamscope.dynamics.Simulation plan = new adamscope.dynamics.Simulation(
                run.optimizer().rule(),
                run.formula(),
                run.optimizer().values(),
                run.x0(),
                run.init(),
                run.arithmetic(),
                run.steps(),
                run.every());
        try (Progress progress = console.progress("simulation", run.steps(), "steps")) {
            return plan.run(progress::advance);
        }
    }

    static Map<String, Object> summary(Trajectory trajectory) {
        return JsonDocument.object(
                "outcome",
                trajectory.outcome().word(),
                OUTCOME_DETAIL,
                trajectory.outcome().sentence(),
                "steps",
                trajectory.steps(),
                "final",
                JsonDocument.object(
                        "x", trajectory.x(), "log10AbsX", trajectory.log10AbsX(), "log10Loss", trajectory.log10Loss()),
                "minLog10Loss",
                trajectory.minLog10Loss());
    }

    private Map<String, Object> flows(String name, Flows flows) {
        FlowComparison.Result result = flows.comparison().run();
        store.write(named(name, result.table()));
        return summary(flows, result);
    }

    static Map<String, Object> summary(Flows flows, FlowComparison.Result result) {
        return JsonDocument.object(
                "steps",
                result.steps(),
                "rates",
                flows.comparison().rates(),
                "flows",
                result.found().stream()
                        .map(f -> JsonDocument.object(
                                "flow", f.flow().word(),
                                "outcome", f.outcome().word(),
                                "sentence", f.outcome().sentence(),
                                "time", f.outcome().time(),
                                "distance", f.distance()))
                        .toList());
    }

    private Map<String, Object> network(String name, NetworkTraining training) {
        seeds.put(name.isEmpty() ? "network" : name, training.seed());
        LabelledImages images = FashionMnist.shipped(training.images());
        TrainingResult result;
        try (Progress progress = console.progress("network training", training.steps(), "steps")) {
            result = trained(training, images, (_, _) -> {
                progress.advance(1);
                return !Thread.currentThread().isInterrupted();
            });
        }
        store.write(named(name, result.losses()));
        store.write(named(name, result.probes()));
        double[] losses = result.losses().numbers("loss");
        return JsonDocument.object(
                "outcome",
                outcome(result.outcome()),
                "steps",
                result.outcome().step(),
                "finalLoss",
                losses[losses.length - 1]);
    }

    /// Runs a training by itself.
    static TrainingResult trained(NetworkTraining training, LabelledImages images, TrainingObserver observer) {
        ProbeSchedule probes = new ProbeSchedule(
                training.every(), ProbeSchedule.STANDARD.tolerance(), ProbeSchedule.STANDARD.maxProducts(), true);
        return NetworkPlan.training(training)
                .run(
                        NetworkPlan.loss(training, images),
                        Training.Watch.of(List.of(SharpnessProbe.source(probes, training.seed())), observer));
    }

    /// The word for how a training ended.
    static String outcome(TrainingOutcome outcome) {
        return switch (outcome) {
            case TrainingOutcome.Completed _ -> "done";
            case TrainingOutcome.ReachedLoss _ -> "reached loss";
            case TrainingOutcome.Diverged _ -> "diverged";
            case TrainingOutcome.Stopped _ -> "interrupted";
        };
    }

    private static Table named(String part, Table table) {
        java.util.List<Column> columns = table.columns();
        return new Table(RunReport.tableName(part, table.name()), columns);
    }
}
