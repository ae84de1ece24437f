package adamscope.run;

import adamscope.diagnosis.ComparedRun;
import adamscope.diagnosis.SideBySide;
import adamscope.experiment.Experiment;
import adamscope.experiment.ExperimentSettings;
import adamscope.experiment.Reproduction;
import adamscope.experiment.Series;
import adamscope.experiment.Simulation;
import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.formula.PlainText;
import adamscope.log.LogReader;
import adamscope.log.NameMap;
import adamscope.regime.RunLog;
import adamscope.report.SweptRates;
import adamscope.store.ResultStore;
import adamscope.store.RowsSoFar;
import adamscope.store.RunList;
import adamscope.store.SweepRows;
import adamscope.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Runs to be laid side by side: folders of this program, finished or not, folders of such folders, and logs of others.
///
/// @param runs   that have steps
/// @param sweeps with the rows that are there
public record ComparedRuns(List<ComparedRun> runs, Map<Sweep, SweepRows> sweeps) {

    /// Reads what lies at some places.
    ///
    /// @throws IllegalArgumentException if there is nothing with steps at one of them
    public static ComparedRuns read(List<Path> places, NameMap names) {
        List<ComparedRun> runs = new ArrayList<>();
        Map<Sweep, SweepRows> sweeps = new LinkedHashMap<>();
        for (Path place : places) {
            List<Path> folders = Files.isDirectory(place) ? RunList.folders(place) : List.of();
            if (folders.isEmpty()) {
                LogReader.read(place, names).forEach(log -> runs.add(ofLog(log)));
            }
            for (Path folder : folders) {
                ResultStore store = ResultStore.of(folder);
                int before = runs.size() + sweeps.size();
                if (store.experiment() instanceof Sweep sweep) {
                    sweeps.put(sweep, SweepRows.of(folder, sweep.space()));
                } else {
                    new Folder(store).read(runs);
                }
                if (runs.size() + sweeps.size() == before && folders.size() == 1) {
                    throw new IllegalArgumentException(folder + " holds no run with steps yet: kind = "
                            + store.experiment().kind()
                            + "; simulations, trainings, series of them, sweeps and logs are compared");
                }
            }
        }
        return new ComparedRuns(renamed(runs), sweeps);
    }

    /// The same under names from a folder that holds them.
    public ComparedRuns namedFrom(Path folder) {
        String above = folder + folder.getFileSystem().getSeparator();
        return new ComparedRuns(
                runs.stream()
                        .map(run -> new ComparedRun(
                                run.name().startsWith(above) ? run.name().substring(above.length()) : run.name(),
                                run.log(),
                                run.settings(),
                                run.outcome(),
                                run.own()))
                        .toList(),
                sweeps);
    }

    /// Learning-rate curves of the sweeps that have some.
    public List<SideBySide.Rates> rates() {
        return sweeps.entrySet().stream()
                .filter(sweep -> SweptRates.column(sweep.getKey()).isPresent())
                .flatMap(sweep -> SweptRates.of(sweep.getKey(), sweep.getValue().all()).stream())
                .toList();
    }

    private static ComparedRun ofLog(RunLog log) {
        Map<String, String> settings = new LinkedHashMap<>();
        log.hyper().forEach((name, value) -> settings.put(name, new PlainText().number(value)));
        return new ComparedRun(log.name(), log, settings, "", false);
    }

    /// The runs of one folder.
    private record Folder(ResultStore store, Map<String, Table> growing) {
        Folder(ResultStore store) {
            this(store, RowsSoFar.of(store.folder()));
        }

        void read(List<ComparedRun> runs) {
            part("", store.experiment(), runs);
        }

        private void part(String name, Experiment experiment, List<ComparedRun> runs) {
            switch (experiment) {
                case Simulation run -> {
                    if (has(name, "trajectory")) {
                        runs.add(of(
                                name,
                                run,
                                ComparedColumns.ofSimulation(run.formula().variables(), table(name, "trajectory"))));
                    }
                }
                case Train run -> {
                    if (has(name, "measurements")) {
                        runs.add(of(
                                name,
                                run,
                                ComparedColumns.ofTraining(
                                        table(name, "measurements"),
                                        has(name, "probes") ? List.of(table(name, "probes")) : List.of())));
                    }
                }
                case Series series -> series.parts().forEach((inner, each) -> part(inner, each, runs));
                case Reproduction reproduction -> reproduction.experiment().ifPresent(inner -> part("", inner, runs));
                default -> {
                    // Without steps.
                }
            }
        }

        private ComparedRun of(String part, Experiment experiment, Table table) {
            String folder = store.folder().toString();
            String name = part.isEmpty() ? folder : folder + ":" + part;
            Map<String, String> settings = ExperimentSettings.of(experiment);
            Map<String, Double> hyper = new LinkedHashMap<>();
            experiment.rules().getFirst().hyperNames().forEach(parameter -> {
                try {
                    hyper.put(parameter, Double.parseDouble(settings.getOrDefault(parameter, "")));
                } catch (NumberFormatException _) {
                    // A schedule: the learning rate stands in the rows.
                }
            });
            return new ComparedRun(name, RunLog.of(name, table, hyper), settings, outcome(part), true);
        }

        private String outcome(String part) {
            if (!store.provenance().complete()) {
                return "unfinished";
            }
            Object found = store.provenance().results().get(part);
            return found instanceof Map<?, ?> finding && finding.get("outcome") != null
                    ? finding.get("outcome").toString()
                    : "done";
        }

        private String named(String part, String table) {
            return part.isEmpty() ? table : part + "-" + table;
        }

        private boolean has(String part, String table) {
            return store.tables().contains(named(part, table)) || growing.containsKey(named(part, table));
        }

        private Table table(String part, String table) {
            String name = named(part, table);
            return growing.containsKey(name) ? growing.get(name) : store.table(name);
        }
    }

    /// Names of which none is given twice.
    private static List<ComparedRun> renamed(List<ComparedRun> runs) {
        Set<String> taken = new TreeSet<>();
        return runs.stream()
                .map(run -> {
                    String name = run.name();
                    for (int i = 2; !taken.add(name); i++) {
                        name = run.name() + " (" + i + ")";
                    }
                    return new ComparedRun(name, run.log(), run.settings(), run.outcome(), run.own());
                })
                .toList();
    }
}
