package adamscope.cli;

import adamscope.formula.PlainText;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.Threshold;
import adamscope.store.JsonDocument;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `adamscope threshold`: where the frozen optimizer loses stability, derived from its rule.
@Command(
        name = "threshold",
        description = {
            "The stability threshold of an optimizer with its preconditioner P frozen: training at larger top"
                    + " eigenvalue of P^-1 H (of H, without preconditioner) is unstable.",
            "Derived from the rule: P held at 1, the update linearised in the curvature, the smallest curvature at"
                    + " which a multiplier leaves the unit circle.",
            "Beyond it small deviations grow by a factor a step: the spectral radius at --times the threshold, and the"
                    + " slope at which that factor rises with curvature/threshold just above it."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope threshold --optimizer nadam --set beta1=0.9")
final class CommandThreshold implements Callable<Integer> {
    private static final double STANDARD_TIMES = 1.1;

    private final Console console;

    @Mixin
    private RuleOptions options;

    @Option(
            names = "--times",
            paramLabel = "M",
            description =
                    "Curvature for the growth factor, in units of the threshold (standard: 1.1). With it --json has a"
                            + " field growth.")
    private Double times;

    @Option(
            names = "--step",
            paramLabel = "T",
            description = "For rules whose step depends on t itself, such as lr/(1+t)^p: the step at which to look"
                    + " (standard: t = 1e15, long after the start). Powers beta^t count as died out.")
    private Double step;

    @Mixin
    private JsonOption json;

    CommandThreshold(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        OptimizerRule rule = options.rule();
        Map<String, Double> values = options.values(rule);
        double at = step == null ? Threshold.LATE : step;
        OptionalDouble threshold = Threshold.timesLearningRate(rule, values, at);
        Optional<Threshold.Growth> growth = Threshold.growth(rule, values, times == null ? STANDARD_TIMES : times, at);
        if (json.wanted) {
            Map<String, Object> document = JsonDocument.object(
                    "optimizer",
                    rule.name(),
                    "sharpnessTimesLearningRate",
                    threshold.isPresent() ? threshold.getAsDouble() : null);
            if (times != null) {
                document.put(
                        "growth",
                        growth.map(g -> JsonDocument.object(
                                        "times", g.times(), "factorPerStep", g.factor(), "slopeAtThreshold", g.slope()))
                                .orElse(null));
            }
            console.json(document);
            return ExitCode.DONE;
        }
        String measured = rule.precondition().isPresent() ? "preconditioned sharpness" : "sharpness";
        console.line(rule.name() + " with " + shown(values));
        if (threshold.isEmpty()) {
            console.line("no threshold: with the preconditioner frozen the step does not grow with the gradient");
        } else {
            double scaled = threshold.getAsDouble();
            if (Threshold.dependsOnStep(rule, values)) {
                console.line("the step of " + rule.name() + " depends on t, so the threshold changes: this is at t = "
                        + new PlainText().number(at) + (step == null ? ", long after the start; see --step" : ""));
            }
            console.line("threshold of the " + measured + ": " + scaled + " / lr = " + scaled / values.get("lr"));
            growth.ifPresent(g -> console.line(String.format(
                    Locale.ROOT,
                    "at %s times the threshold deviations grow by %.6f a step; slope %.4f",
                    g.times(),
                    g.factor(),
                    g.slope())));
        }
        return ExitCode.DONE;
    }

    /// `lr = 0.001, beta1 = 0.9`.
    private static String shown(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(e -> e.getKey() + " = " + new PlainText().number(e.getValue()))
                .collect(Collectors.joining(", "));
    }
}
