package adamscope.cli;

import adamscope.experiment.Basin;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope basin`: which starts lead to which outcome.
@Command(
        name = "basin",
        description = {
            "Run an optimizer on a formula from every start in a plane, and draw which start leads to which outcome.",
            "An axis is a variable of the objective or a state of the optimizer, such as v; in more than one dimension"
                    + " a state is written v[x].",
            "Writes a run folder with table (Parquet), figures and report."
        },
        footerHeading = "%nExample (linear convergence and a stable oscillation side by side):%n",
        footer = "  adamscope basin --optimizer rmsprop --objective \"x^4/4\" --set lr=1 --set beta2=0.1 --set eps=0"
                + " \\%n      --x x=0.05:1:150 --y v=1e-6:1:150:log --out runs/basin")
final class CommandBasin implements Callable<Integer> {
    private final Console console;

    @Mixin
    private FormulaOptions options;

    @Option(
            names = "--x",
            paramLabel = "NAME=FROM:TO:POINTS[:SCALE]",
            description = "Horizontal axis, a variable or a state; SCALE is linear (standard), log or one-minus-log.")
    private String x;

    @Option(names = "--y", paramLabel = "NAME=FROM:TO:POINTS[:SCALE]", description = "Vertical axis.")
    private String y;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    CommandBasin(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Basin basin = options.draft("basin").with("x", x).with("y", y).basin();
        return new ExperimentCommand(console, out, json).run(basin);
    }
}
