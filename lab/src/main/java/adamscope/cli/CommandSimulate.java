package adamscope.cli;

import adamscope.experiment.Simulation;
import adamscope.run.FormulaRun;
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
        Simulation simulation = options.draft("simulation").with("every", every).simulation();
        return new ExperimentCommand(console, out, json)
                .runOrPrint(simulation, "trajectory", "trajectory", () -> new FormulaRun(console).of(simulation));
    }
}
