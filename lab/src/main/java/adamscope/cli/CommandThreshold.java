package adamscope.cli;

import adamscope.formula.PlainText;
import adamscope.optimizer.OptimizerRule;
import adamscope.report.ShortNumber;
import adamscope.stability.StableCurvatures;
import adamscope.stability.Threshold;
import adamscope.store.JsonDocument;
import java.util.List;
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
            "Derived from the rule: P held at 1, the update linearised; every curvature at which a multiplier lies on"
                    + " the unit circle, and between them stable or not. The threshold is where the first interval of"
                    + " stability ends; --json lists all of them (stableTimesLearningRate: from, to; null for no end).",
            "A rule that is linear only piece by piece (a mask by signs, max, min, abs) is followed from piece to"
                    + " piece.",
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
                    "Curvature for the growth factor, in units of the threshold (default: 1.1). With it --json has a"
                            + " field growth.")
    private Double times;

    @Option(
            names = "--step",
            paramLabel = "T",
            description = "For rules whose step depends on t itself, such as lr/(1+t)^p: the step at which to look"
                    + " (default: t = 1e15, long after the start, where powers beta^t have died out). Powers and states"
                    + " that run on their own are those of that step.")
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
        StableCurvatures stable = Threshold.stable(rule, values, at);
        Optional<Threshold.Growth> growth = Threshold.growth(rule, values, times == null ? STANDARD_TIMES : times, at);
        if (json.wanted) {
            console.json("threshold", document(rule, stable, values.get("lr"), growth));
        } else {
            print(rule, values, stable, growth);
        }
        return ExitCode.DONE;
    }

    private Map<String, Object> document(
            OptimizerRule rule, StableCurvatures stable, double lr, Optional<Threshold.Growth> growth) {
        OptionalDouble threshold = stable.threshold();
        List<Object> intervals = stable.intervals().stream()
                .<Object>map(i -> JsonDocument.object(
                        "from", i.from() * lr, "to", Double.isInfinite(i.to()) ? null : i.to() * lr))
                .toList();
        Map<String, Object> document = JsonDocument.object(
                "optimizer",
                rule.name(),
                "sharpnessTimesLearningRate",
                threshold.isPresent() ? threshold.getAsDouble() * lr : null,
                "stableTimesLearningRate",
                intervals,
                "unstableEverywhere",
                stable.unstableEverywhere(),
                "stepGrowsWithCurvature",
                stable.grows(),
                "linearPieceByPiece",
                stable.piecewise());
        if (times != null) {
            document.put(
                    "growth",
                    growth.map(g -> JsonDocument.object(
                                    "times", g.times(), "factorPerStep", g.factor(), "slopeAtThreshold", g.slope()))
                            .orElse(null));
        }
        return document;
    }

    private void print(
            OptimizerRule rule,
            Map<String, Double> values,
            StableCurvatures stable,
            Optional<Threshold.Growth> growth) {
        double lr = values.get("lr");
        String measured = rule.precondition().isPresent() ? "preconditioned sharpness" : "sharpness";
        console.line(rule.name() + " with " + shown(values));
        if (stable.unstableEverywhere()) {
            console.line("no threshold: unstable at every " + measured + " above 0");
            return;
        }
        if (stable.grows() && Threshold.dependsOnStep(rule, values)) {
            console.line("the step of " + rule.name() + " depends on t, so the threshold changes: this is at t = "
                    + new PlainText().number(step == null ? Threshold.LATE : step)
                    + (step == null
                            ? ", long after the start (a schedule that grows without bound stands at its start); see"
                                    + " --step"
                            : ""));
        }
        OptionalDouble threshold = stable.threshold();
        if (threshold.isEmpty()) {
            console.line(
                    stable.grows()
                            ? "no threshold: near a minimum it is stable at every " + measured
                                    + above(stable.intervals().getFirst(), lr)
                            : "no threshold: with the preconditioner frozen the step does not grow with the gradient");
            return;
        }
        double scaled = threshold.getAsDouble() * lr;
        console.line(
                "threshold of the " + measured + ": " + number(scaled) + " / lr = " + number(threshold.getAsDouble()));
        if (stable.piecewise()) {
            console.line("the rule is linear piece by piece: its growth is that of orbits from every side of 0");
        }
        if (stable.intervals().size() > 1 || stable.intervals().getFirst().from() > 0) {
            console.line("stable only "
                    + stable.intervals().stream().map(i -> words(i, lr)).collect(Collectors.joining(", and ")));
        }
        growth.ifPresent(g -> console.line(String.format(
                Locale.ROOT,
                "at %s times the threshold deviations grow by %.6f a step; slope %.4f",
                new PlainText().number(g.times()),
                g.factor(),
                g.slope())));
    }

    private static String above(StableCurvatures.CurvatureInterval interval, double lr) {
        return interval.from() > 0 ? " above " + number(interval.from() * lr) + " / lr" : "";
    }

    /// `from 0.1 / lr to 2.1 / lr`.
    private static String words(StableCurvatures.CurvatureInterval interval, double lr) {
        return Double.isInfinite(interval.to())
                ? "above " + number(interval.from() * lr) + " / lr"
                : "from " + number(interval.from() * lr) + " / lr to " + number(interval.to() * lr) + " / lr";
    }

    private static String number(double value) {
        return ShortNumber.of(value, 12);
    }

    /// `lr = 0.001, beta1 = 0.9`.
    private static String shown(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(e -> e.getKey() + " = " + new PlainText().number(e.getValue()))
                .collect(Collectors.joining(", "));
    }
}
