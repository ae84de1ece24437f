package adamscope.cli;

import adamscope.dynamics.Trajectory;
import adamscope.experiment.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private static final ExperimentCommand.TableName TABLE =
            new ExperimentCommand.TableName("trajectory", "trajectory");

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
        Simulation simulation = options.draft("simulation").with("every", every).simulation();
        return new ExperimentCommand(console, out, json)
                .runOrPrint(simulation, TABLE, () -> inMemory(simulation), found -> sentences(simulation, found));
    }

    private ExperimentCommand.Run inMemory(Simulation simulation) {
        Trajectory trajectory = ExperimentRun.simulated(console, simulation);
        return new ExperimentCommand.Run(ExperimentRun.summary(trajectory), trajectory.table());
    }

    private static List<String> sentences(Simulation simulation, Map<String, Object> found) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s on %s, %s steps",
                simulation.optimizer().rule().name(),
                simulation.objective(),
                found.get("steps")));
        lines.add("outcome: " + found.get("outcome") + "; " + found.get(ExperimentRun.OUTCOME_DETAIL));
        Map<?, ?> end = (Map<?, ?>) found.get("final");
        lines.add(String.format(
                Locale.ROOT,
                "log10 loss: %.6g at the end, %.6g at its lowest",
                end.get("log10Loss"),
                found.get("minLog10Loss")));
        double[] x = (double[]) end.get("x");
        double[] magnitude = (double[]) end.get("log10AbsX");
        for (int i = 0; i < x.length; i++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s = %s (log10 of its magnitude: %.6g)",
                    simulation.formula().variables().get(i),
                    x[i],
                    magnitude[i]));
        }
        return lines;
    }
}
