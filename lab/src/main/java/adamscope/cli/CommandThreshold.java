package adamscope.cli;

import adamscope.formula.PlainText;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.Threshold;
import adamscope.store.JsonDocument;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `adamscope threshold`: where the frozen optimizer loses stability, derived from its rule.
@Command(
        name = "threshold",
        description = {
            "The stability threshold of an optimizer with its preconditioner P frozen: training at larger top"
                    + " eigenvalue of P^-1 H (of H, without preconditioner) is unstable.",
            "Derived from the rule: P held at 1, the update linearised in the curvature, the smallest curvature at"
                    + " which a multiplier leaves the unit circle."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope threshold --optimizer nadam --set beta1=0.9")
final class CommandThreshold implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RuleOptions options;

    @Mixin
    private JsonOption json;

    CommandThreshold(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        OptimizerRule rule = options.rule();
        Map<String, Double> values = options.values(rule);
        OptionalDouble threshold = Threshold.timesLearningRate(rule, values);
        if (json.wanted) {
            console.json(JsonDocument.object(
                    "optimizer",
                    rule.name(),
                    "sharpnessTimesLearningRate",
                    threshold.isPresent() ? threshold.getAsDouble() : null));
            return ExitCode.DONE;
        }
        String measured = rule.precondition().isPresent() ? "preconditioned sharpness" : "sharpness";
        console.line(rule.name() + " with " + shown(values));
        if (threshold.isEmpty()) {
            console.line("no threshold: with the preconditioner frozen the step does not grow with the gradient");
        } else {
            double times = threshold.getAsDouble();
            console.line("threshold of the " + measured + ": " + times + " / lr = " + times / values.get("lr"));
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
