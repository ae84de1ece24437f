package adamscope.cli;

import adamscope.experiment.Bifurcation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope bifurcation`: where the orbits of a rule go as one hyper-parameter changes.
@Command(
        name = "bifurcation",
        description = {
            "Draw the points that an optimizer's orbits visit in the long run over one hyper-parameter, and below them"
                    + " the largest Lyapunov exponent on the same axis.",
            "On c*|x|^k with k > 2 and eps = 0 the orbits are those of the scale-free system derived from the rule: its"
                    + " fixed point is linear convergence, whatever the size of x. There --x0 is the w that orbits"
                    + " begin with. For gd-exponential, w <- factor*w*(1-w)^(k-2) with factor = gamma.",
            "Writes a run folder with tables (Parquet), figures and report."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope bifurcation --optimizer gd-exponential --objective \"x^4/4\" --x factor=1:9.3:2000 \\%n"
                + "      --out runs/bifurcation")
final class CommandBifurcation implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ExperimentOption experiment;

    @Option(
            names = "--objective",
            paramLabel = "FORMULA",
            description = "The loss as a formula of its variables, such as \"x^4/4\" or \"abs(x)^3.5\".")
    private String objective;

    @Option(
            names = "--x",
            paramLabel = "NAME=FROM:TO:POINTS[:SCALE]",
            description = "The hyper-parameter; SCALE is linear (standard), log or one-minus-log.")
    private String x;

    @Option(
            names = "--variables",
            paramLabel = "reduced|original",
            description = "The scale-free system (standard on c*|x|^k), or x and the states of the rule itself.")
    private String variables;

    @Option(
            names = "--show",
            paramLabel = "NAME",
            description = "The quantity to draw: relativeStep (standard for reduced variables), ratio, or a component"
                    + " of the map, such as x.")
    private String show;

    @Option(
            names = "--x0",
            paramLabel = "X[,Y…]",
            description = "Where orbits begin; standard 1 in every coordinate, w = 0.1 in reduced variables.")
    private String x0;

    @Option(names = "--transient", paramLabel = "N", description = "Steps left out; standard 1000.")
    private String discarded;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps after them, over which the exponent is taken; standard 4000.")
    private String steps;

    @Option(names = "--keep", paramLabel = "N", description = "Points kept of each orbit; standard 200.")
    private String keep;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    CommandBifurcation(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Bifurcation diagram = experiment
                .draft("bifurcation")
                .axes(x, null)
                .with("objective", objective)
                .with("variables", variables)
                .with("show", show)
                .with("x0", x0)
                .with("transient", discarded)
                .with("steps", steps)
                .with("keep", keep)
                .bifurcation();
        return new ExperimentCommand(console, out, json).run(diagram);
    }
}
