package adamscope.cli;

import adamscope.experiment.ExperimentDraft;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every run of a rule on a formula takes: the optimizer, the objective, the start, the steps.
final class FormulaOptions {
    @Mixin
    private ExperimentOption experiment;

    @Option(
            names = "--objective",
            paramLabel = "FORMULA",
            description = "The loss as a formula of its variables, such as \"x^4/4\" or \"x^4/4 + y^2/2\".")
    private String objective;

    @Option(
            names = "--minimum",
            paramLabel = "LOSS",
            description = "The least value of the objective, from which losses are measured; without it, it is found.")
    private String minimum;

    @Option(
            names = "--x0",
            paramLabel = "X[,Y…]",
            description = "Start, one number for each variable in natural order.")
    private String x0;

    @Option(names = "--steps", paramLabel = "N", description = "Number of steps, such as 3000 or 2e4.")
    private String steps;

    @Option(
            names = "--init",
            paramLabel = "zero|gradient",
            description =
                    "Averages before the first step: as the rule declares (zero, standard), or holding the gradient at"
                            + " the start, m = g(x0) and v = g(x0)^2.")
    private String init;

    @Option(
            names = "--arithmetic",
            paramLabel = "double|scaled",
            description =
                    "Numbers: IEEE double (standard for simulate), or double's significand with an exponent that never"
                            + " underflows (standard for phase).")
    private String arithmetic;

    /// The experiment of that kind so far.
    ExperimentDraft draft(String kind) {
        return experiment
                .draft(kind)
                .with("objective", objective)
                .with("minimum", minimum)
                .with("x0", x0)
                .with("steps", steps)
                .with("init", init)
                .with("arithmetic", arithmetic);
    }
}
