package adamscope.cli;

import adamscope.dynamics.Trajectory;
import adamscope.experiment.ExperimentDraft;
import adamscope.experiment.Simulation;
import adamscope.store.ResultStore;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope simulate`: one run, step by step.
@Command(
        name = "simulate",
        description = {
            "Run an optimizer on a formula and say what it did: converged, cycling, spiking, diverged, left-range (a"
                    + " state left the range of double) or undecided.",
            "With --out also a run folder with table, figure and report."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope simulate --optimizer adam --objective \"x^4/4\" --x0 1 --set lr=1e-3 --set beta1=0.9 \\%n"
                + "      --set beta2=0.93 --set eps=0 --steps 3000")
final class CommandSimulate implements Callable<Integer> {
    private final Console console;

    @Mixin
    private FormulaOptions options;

    @Option(
            names = "--every",
            paramLabel = "N",
            description = "Keep every N-th step, and the last, in the trajectory (standard: 1).")
    private String every;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    CommandSimulate(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ExperimentDraft draft = options.draft("simulation").with("every", every);
        Simulation simulation = draft.simulation();
        if (out.folder == null) {
            Trajectory trajectory = ExperimentRun.simulated(console, simulation);
            return print(simulation, ExperimentRun.summary(trajectory), trajectory.table());
        }
        ResultStore store = out.create(simulation);
        Map<?, ?> result = (Map<?, ?>) ExperimentRun.run(console, store).get("");
        int code = print(simulation, result, store.table("trajectory"));
        if (!json.wanted) {
            console.line("report: " + store.folder().resolve("report.html"));
        }
        return code;
    }

    static Map<String, Object> columns(Table trajectory) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (Column column : trajectory.columns()) {
            columns.put(
                    column.name(),
                    switch (column) {
                        case Column.Numbers(var _, var _, double[] values) -> values;
                        case Column.Integers(var _, var _, long[] values) -> values;
                        case Column.Words(var _, var values) -> values;
                    });
        }
        return columns;
    }

    private int print(Simulation simulation, Map<?, ?> result, Table trajectory) {
        if (json.wanted) {
            Map<String, Object> document = new LinkedHashMap<>();
            result.forEach((name, value) -> document.put((String) name, value));
            document.remove(ExperimentRun.OUTCOME_DETAIL);
            document.put("trajectory", columns(trajectory));
            console.json(document);
            return ExitCode.DONE;
        }
        console.line("%s on %s, %s steps"
                .formatted(simulation.optimizer().rule().name(), simulation.objective(), result.get("steps")));
        console.line("outcome: " + result.get("outcome") + "; " + result.get(ExperimentRun.OUTCOME_DETAIL));
        Map<?, ?> end = (Map<?, ?>) result.get("final");
        console.line("log10 loss: %.6g at the end, %.6g at its lowest"
                .formatted(end.get("log10Loss"), result.get("minLog10Loss")));
        double[] x = (double[]) end.get("x");
        double[] magnitude = (double[]) end.get("log10AbsX");
        for (int i = 0; i < x.length; i++) {
            console.line("%s = %s (log10 of its magnitude: %.6g)"
                    .formatted(simulation.formula().variables().get(i), x[i], magnitude[i]));
        }
        return ExitCode.DONE;
    }
}
