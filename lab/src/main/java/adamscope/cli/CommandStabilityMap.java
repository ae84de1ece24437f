package adamscope.cli;

import adamscope.experiment.Stability;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope stability-map`: where in a plane of hyper-parameters a rule's fixed point is stable.
@Command(
        name = "stability-map",
        description = {
            "Find the fixed point of an optimizer and its multipliers for every pair of two hyper-parameters, and draw"
                    + " the spectral radius, how stability is lost, and the curves on which it is lost.",
            "On c*|x|^k with k > 2 and eps = 0 it is the fixed point of the scale-free system derived from the rule:"
                    + " linear convergence. On other objectives it is the optimizer's own, searched from --x0.",
            "Writes a run folder with tables (Parquet), figures and report."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope stability-map --optimizer adam --objective \"x^4/4\" --set eps=0 \\%n"
                + "      --x beta1=0.001:0.99:200 --y beta2=0.005:0.99:200 --out runs/stability")
final class CommandStabilityMap implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ExperimentOption experiment;

    @Option(
            names = "--objective",
            paramLabel = "FORMULA",
            description = "The loss as a formula of its variables, such as \"x^4/4\" or \"x^2/2\".")
    private String objective;

    @Option(
            names = "--x",
            paramLabel = "NAME=FROM:TO:POINTS[:SCALE]",
            description = "Horizontal axis; SCALE is linear (standard), log or one-minus-log.")
    private String x;

    @Option(names = "--y", paramLabel = "NAME=FROM:TO:POINTS[:SCALE]", description = "Vertical axis.")
    private String y;

    @Option(
            names = "--x0",
            paramLabel = "X[,Y…]",
            description = "Where the search begins on other objectives; standard 1 in every coordinate.")
    private String x0;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    CommandStabilityMap(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Stability map = experiment
                .draft("stability-map")
                .axes(x, y)
                .with("objective", objective)
                .with("x0", x0)
                .stability();
        return new ExperimentCommand(console, out, json).run(map);
    }
}
