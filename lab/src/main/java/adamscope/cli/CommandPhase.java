package adamscope.cli;

import adamscope.experiment.Phase;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope phase`: the phase diagram of a rule over two of its hyper-parameters.
@Command(
        name = "phase",
        description = {
            "Run an optimizer on a formula for every pair of two hyper-parameters, and draw what it did: outcome,"
                    + " losses, coupling v/g^2, with the borders of theory where there is one.",
            "Writes a run folder with table (Parquet), figures and report."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope phase --optimizer adam-uncorrected --objective \"x^4/4\" --x0 1 --set lr=1e-3 --set eps=0"
                + " \\%n      --x beta1=0.003:0.99:100 --y beta2=0.01:0.985:100 --steps 5000 --out runs/example")
final class CommandPhase implements Callable<Integer> {
    private final Console console;

    @Mixin
    private FormulaOptions options;

    @Option(
            names = "--x",
            paramLabel = "NAME=FROM:TO:POINTS[:SCALE]",
            description = "Horizontal axis; SCALE is linear (standard), log or one-minus-log.")
    private String x;

    @Option(names = "--y", paramLabel = "NAME=FROM:TO:POINTS[:SCALE]", description = "Vertical axis.")
    private String y;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    CommandPhase(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Phase phase = options.draft("phase").axes(x, y).phase();
        return new ExperimentCommand(console, out, json).run(phase);
    }
}
