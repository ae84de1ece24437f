package adamscope.cli;

import adamscope.experiment.Flows;
import adamscope.run.FormulaRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope flow`: an optimizer beside the differential equations that it follows.
@Command(
        name = "flow",
        description = {
            "Run an optimizer on a formula and solve, from the same start and on the same axis of time lr*step, the"
                    + " differential equations that it follows as lr tends to 0.",
            "Flows: limit (of the rule, derived from its text with beta = 1 - rate*lr), gradient, sign (slides where a"
                    + " gradient vanishes), smoothed-sign, rmsprop, and central (the average of a run that oscillates"
                    + " at the edge of stability).",
            "With --out also a run folder with table, figure and report."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope flow --optimizer adam --objective \"x^4/4\" --x0 1 --set eps=0 --time 2"
                + " --flows limit,sign")
final class CommandFlow implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ExperimentOption experiment;

    @Option(
            names = "--objective",
            paramLabel = "FORMULA",
            description = "The loss as a formula of its variables, such as \"x^4/4\" or \"x^4/4 + y^2/2\".")
    private String objective;

    @Option(
            names = "--x0",
            paramLabel = "X[,Y…]",
            description = "Start, one number for each variable in natural order.")
    private String x0;

    @Option(
            names = "--a",
            paramLabel = "RATE",
            description = "In place of --set beta2: the rate a of forgetting per unit of time, beta2 = 1 - a*lr.")
    private Double a;

    @Option(names = "--b", paramLabel = "RATE", description = "In place of --set beta1: the rate b, beta1 = 1 - b*lr.")
    private Double b;

    @Option(
            names = "--init",
            paramLabel = "zero|gradient",
            description = "Averages at the start: as the rule declares (zero, standard), or holding the gradient.")
    private String init;

    @Option(names = "--time", paramLabel = "T", description = "How long, in units of lr*step.")
    private String time;

    @Option(
            names = "--flows",
            paramLabel = "FLOW[,FLOW…]",
            description = "Which flows: limit, gradient, sign, smoothed-sign, rmsprop, central (standard: limit).")
    private String flows;

    @Option(names = "--rows", paramLabel = "N", description = "About how many rows the table gets (standard: 500).")
    private String rows;

    @Mixin
    private OutOption out;

    @Mixin
    private JsonOption json;

    CommandFlow(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Flows plan = experiment
                .draft("flow")
                .with("objective", objective)
                .with("x0", x0)
                .with("init", init)
                .with("time", time)
                .with("flows", flows)
                .with("rows", rows)
                .flows()
                .atRates(notSet("--a", a, "beta2"), notSet("--b", b, "beta1"));
        plan.comparison().requireSolvable();
        return new ExperimentCommand(console, out, json)
                .runOrPrint(plan, "flow", "table", () -> new FormulaRun(console).of(plan));
    }

    /// The rate, refused beside the decay that it stands for.
    private Double notSet(String option, Double rate, String decay) {
        if (rate != null && experiment.rule.settings.stream().anyMatch(s -> s.startsWith(decay + "="))) {
            throw new IllegalArgumentException(
                    option + " = " + rate + " stands for " + decay + ", which --set gives too; leave one of them out");
        }
        return rate;
    }
}
