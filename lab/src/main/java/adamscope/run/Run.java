package adamscope.run;

import adamscope.experiment.Basin;
import adamscope.experiment.Bifurcation;
import adamscope.experiment.Experiment;
import adamscope.experiment.Flows;
import adamscope.experiment.Phase;
import adamscope.experiment.Reproduction;
import adamscope.experiment.Series;
import adamscope.experiment.Simulation;
import adamscope.experiment.Stability;
import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.report.Report;
import adamscope.report.RunReport;
import adamscope.store.FolderLock;
import adamscope.store.JsonDocument;
import adamscope.store.ResultStore;
import adamscope.sweep.Grid;
import adamscope.table.Table;
import adamscope.text.Shell;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;

/// Runs an experiment into its run folder: tables, figures, report, provenance.
public final class Run {
    /// Heap that is enough for a cell: a million were tabulated, stored and drawn in 330 MB.
    private static final double BYTES_A_CELL = 300;

    private final Host host;
    private final ResultStore store;
    private final Trainings trainings;
    private final Map<String, Long> seeds = new LinkedHashMap<>();

    private Run(Host host, ResultStore store, Trainings trainings) {
        this.host = host;
        this.store = store;
        this.trainings = trainings;
    }

    /// What an experiment left in a folder that is to be completed by others.
    ///
    /// @param seeds for its provenance
    public record Left(Finding finding, Map<String, Long> seeds) {}

    /// Runs an experiment for a folder, from the start or from where it was cut off: its tables and what goes on with a
    /// run, but no report.
    ///
    /// @param trainings those of this call of the program, of which equal ones are not run again
    public static Left tables(ResultStore store, Experiment experiment, Host host, Trainings trainings) {
        refuseUnusable(experiment);
        Run run = new Run(host, store, trainings);
        Finding finding = run.part("", experiment);
        return new Left(finding, run.seeds);
    }

    /// Runs the experiment of a folder and completes it; a new folder whose experiment turns out to be wrong before any
    /// work is given back.
    ///
    /// @throws IllegalArgumentException if it is wrong
    /// @throws CancellationException    if the host ends it; the message says how to go on
    public static Finding begin(ResultStore store, Host host) {
        try {
            return resume(store, host);
        } catch (IllegalArgumentException e) {
            store.withdraw();
            throw e;
        }
    }

    /// Goes on with the experiment of a folder from where it was cut off, and completes the folder.
    public static Finding resume(ResultStore store, Host host) {
        host.wayOn(wayOn(store.folder(), store.experiment()));
        refuseUnusable(store.experiment());
        if (store.experiment() instanceof Sweep) {
            return SweepRun.open(store, host, SweepRun.Means.DEFAULT).complete();
        }
        try (FolderLock _ = store.lock()) {
            return new Run(host, store, new Trainings()).complete();
        }
    }

    /// How an experiment that was cut off in a folder is gone on with, in words.
    public static String wayOn(Path folder, Experiment experiment) {
        return switch (experiment) {
            case Train _ -> "go on with: " + Shell.call("train", "--resume", folder);
            case Series series
            when series.parts().values().stream().allMatch(Train.class::isInstance) ->
                "go on with: " + Shell.call("train", "--resume", folder);
            case Sweep _ -> "go on with: " + Shell.call("sweep", "--resume", folder);
            case Reproduction _ -> "go on with: " + Shell.call("reproduce", "--resume", folder);
            case Phase _, Basin _, Stability _, Simulation _, Bifurcation _, Flows _, Series _ ->
                "the same command goes on in " + folder;
        };
    }

    private void refuseEnding() {
        if (host.stopping().getAsBoolean()) {
            throw new CancellationException();
        }
    }

    private Finding complete() {
        Finding finding = part("", store.experiment());
        if (finding.interrupted()) {
            if (store.experiment() instanceof Series) {
                host.interrupted("interrupted; " + wayOn(store.folder(), store.experiment()));
            }
            return finding;
        }
        refuseEnding();
        store.seeded(seeds);
        Map<String, Object> found = finding.parts(store.folder());
        Report report;
        try (Progress progress = host.progress("figures and report", 1, "report")) {
            report = RunReport.write(store, host.judge(), found);
            progress.advance(1);
        }
        found.put(
                "claims",
                RunReport.claims(report).stream()
                        .map(c -> JsonDocument.object(
                                "id", c.id(),
                                "expected", c.expected(),
                                "measured", c.measured(),
                                "verdict", c.verdict().words()))
                        .toList());
        refuseEnding();
        store.finish(seeds, found);
        return finding;
    }

    /// Refuses what the experiment cannot know of this machine, before any part runs.
    ///
    /// @throws IllegalArgumentException if it cannot run here
    public static void refuseUnusable(Experiment experiment) {
        switch (experiment) {
            case Phase phase -> refuseMemory(phase.grid());
            case Basin basin -> refuseMemory(new Grid(List.of(basin.x(), basin.y())));
            case Stability map -> refuseMemory(new Grid(List.of(map.x(), map.y())));
            case Simulation simulation -> simulation.refuseLongTrajectory();
            case Bifurcation _, Flows _ -> {}
            case Train train -> {
                train.refuseImpossible();
                train.training().run().place().refuseUnusable();
            }
            case Sweep sweep when sweep.base() instanceof Simulation -> {}
            case Sweep sweep -> refuseUnusable(sweep.base());
            case Series series -> series.parts().values().forEach(Run::refuseUnusable);
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
                    "a grid of %.0f cells takes about %s of memory, and Java has %s; take fewer points, or"
                            + " give Java more with ADAMSCOPE_JAVA_OPTIONS=-Xmx%.0fg",
                    grid.cells(),
                    SweepCost.size(needed),
                    SweepCost.size(most),
                    Math.ceil(needed / (1 << 30))));
        }
    }

    private Finding part(String name, Experiment experiment) {
        return switch (experiment) {
            case Phase phase -> kept(name, PhaseFound.made(phase, host));
            case Bifurcation diagram -> kept(name, OrbitsFound.made(diagram, host));
            case Basin basin -> kept(name, BasinFound.made(basin, host));
            case Stability map -> kept(name, StabilityFound.made(map, host));
            case Simulation simulation -> kept(name, SimulationFound.made(simulation, host));
            case Flows flows -> kept(name, FlowsFound.made(flows, host));
            case Train train -> training(train);
            case Series series -> series(series);
            case Sweep _, Reproduction _ ->
                throw new IllegalStateException("kind = " + experiment.kind() + " is run by itself");
        };
    }

    /// Trainings side by side, the rest before them one after the other.
    private Finding series(Series series) {
        Map<String, Train> trained = new LinkedHashMap<>();
        Map<String, Finding> found = new LinkedHashMap<>();
        series.parts().forEach((name, experiment) -> {
            if (experiment instanceof Train train) {
                seeds.put(name, train.training().run().seed());
                trained.put(name, train);
            } else {
                found.put(name, part(name, experiment));
            }
        });
        trainings.of(host, store.folder(), trained).forEach((name, made) -> found.put(name, kept(name, made)));
        Map<String, Finding> inOrder = new LinkedHashMap<>();
        series.parts().keySet().stream().filter(found::containsKey).forEach(name -> inOrder.put(name, found.get(name)));
        return new SeriesFound(inOrder);
    }

    private Finding training(Train train) {
        seeds.put("training", train.training().run().seed());
        return kept("", new TrainingRun(host, store.folder(), "", train).made());
    }

    private Finding kept(String part, Made made) {
        if (!made.finding().interrupted()) {
            made.tables()
                    .forEach(table -> store.write(new Table(RunReport.tableName(part, table.name()), table.columns())));
        }
        return made.finding();
    }
}
