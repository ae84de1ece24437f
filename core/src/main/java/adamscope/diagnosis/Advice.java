package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import adamscope.stability.PowerLawTheory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// What to change to which value, for one rise; each cause has its own.
final class Advice {
    private final RunLog log;
    private final SpikeEvent event;
    private final Signs signs;
    private final Circumstances known;
    private final List<FirstMove> moved;
    private final List<String> sentences = new ArrayList<>();

    private Advice(RunLog log, SpikeEvent event, Signs signs, Circumstances known, List<FirstMove> moved) {
        this.log = log;
        this.event = event;
        this.signs = signs;
        this.known = known;
        this.moved = moved;
    }

    static List<String> of(
            RunLog log,
            SpikeEvent event,
            Signs signs,
            List<FirstMove> moved,
            List<Suspect> suspects,
            Circumstances known) {
        Advice advice = new Advice(log, event, signs, known, moved);
        Suspect first = suspects.getFirst();
        switch (first.weight() >= EventDiagnosis.NAMED ? first.cause() : Cause.OTHER) {
            case PRECONDITIONER_LAG -> advice.lag();
            case SHARPNESS -> advice.sharpness();
            case SCHEDULE -> advice.schedule();
            case DIVERGENCE_REGIME -> advice.divergence();
            case BAD_BATCH -> advice.badBatch();
            case PRECISION -> advice.precision();
            case LOSS_SCALE -> advice.lossScale();
            case ARCHITECTURE -> advice.architecture();
            case OPTIMIZER_STATE -> advice.state();
            case RESTART -> advice.restart();
            case OTHER -> advice.other(suspects);
        }
        return List.copyOf(advice.sentences);
    }

    private void lag() {
        double beta1 = known.or("beta1", Double.NaN);
        double beta2 = known.or("beta2", Double.NaN);
        // g² before the rise fell by this factor a step if the loss is near a quadratic minimum, where L ∝ g².
        double decay = Math.exp(signs.lossFall());
        if (decay < 1 && beta2 > decay) {
            say(
                    "before the rise g² fell by a factor %.4f a step, v by %.4f at most: beta2 at or below %.4f lets v"
                            + " follow",
                    decay, beta2, decay);
        }
        if (beta2 > 0.9 && beta2 < 1) {
            say(
                    "at beta2 = %s the step lr/√v doubles every %.0f steps once the gradient is gone; beta2 = %s makes"
                            + " v forget ten times as fast",
                    Inequality.number(beta2),
                    Math.log(2) / (-0.5 * Math.log(beta2)),
                    Inequality.number(1 - 10 * (1 - beta2)));
            if (beta1 > 0) {
                PowerLawTheory quartic = new PowerLawTheory(4, beta1, beta2);
                say(
                        "keep beta2 above beta1² = %s; on a quartic minimum this beta1 is stable for beta2 > %s, this"
                                + " beta2 for beta1 < %s",
                        Inequality.number(beta1 * beta1),
                        Inequality.number(beta1),
                        Inequality.number(quartic.stabilityBoundary()));
            }
        }
        stableLearningRate();
        double lag = signs.coupling();
        if (lag > 0 && log.has(Quantity.ROOT_SECOND_MOMENT_NORM)) {
            say(
                    "or hold the preconditioner up: an eps of the size that √v has while v follows g², which stops"
                            + " lr/√v from growing by more than √%.3g = %.3g",
                    Math.pow(10, lag), Math.pow(10, lag / 2));
        }
    }

    private void sharpness() {
        stableLearningRate();
        OptionalDouble threshold = known.threshold();
        if (Double.isNaN(signs.sharpness())
                && threshold.isPresent()
                && known.value("lr").isPresent()) {
            say(
                    "this rule is stable while λ₁(P⁻¹H) < %.4g/lr = %.4g: log that number to know the largest stable"
                            + " lr",
                    threshold.getAsDouble(), threshold.getAsDouble() / known.or("lr", 1));
        }
        if (known.value("beta1").isPresent() && known.rule().hyperNames().contains("beta1")) {
            double beta1 = known.or("beta1", 0);
            double higher = 1 - (1 - beta1) / 2;
            say(
                    "beta1 = %.4g instead of %.4g raises the threshold %.3g times",
                    higher, beta1, (1 + higher) / (1 - higher) * (1 - beta1) / (1 + beta1));
        }
    }

    private void schedule() {
        double factor = Math.pow(10, signs.lrRise());
        double beta2 = known.or("beta2", 0.999);
        if (factor > 1.1) {
            say(
                    "lr went up %.3g times within %d steps; spread that over at least 2/(1−beta2) = %.0f steps, the"
                            + " time in which v adapts",
                    factor, Math.max(1, 12 + signs.climb()), 2 / (1 - beta2));
            double now = largest(Quantity.LR);
            say("the run was calm at lr = %.3g; raise it in factors of at most 1.5 and watch the loss", now / factor);
        } else {
            say("extend the warm-up to at least 2/(1−beta2) = %.0f steps", 2 / (1 - beta2));
        }
        stableLearningRate();
    }

    private void divergence() {
        double beta1 = known.or("beta1", 0.9);
        double beta2 = known.or("beta2", 0.999);
        say(
                "at beta1 = %.4g take beta2 ≥ %.4g (beta1² = %.4g is the border; beta2 = beta1 bounds |m|/√v by 1)",
                beta1, beta1, beta1 * beta1);
        say("or at beta2 = %.4g take beta1 < √beta2 = %.4g, better beta1 = %.4g", beta2, Math.sqrt(beta2), beta2);
    }

    private void badBatch() {
        say("look at the batch of step %d, and skip it on a rerun", event.onset());
        double[] usual = log.numbers(Quantity.GRADIENT_NORM).orElse(new double[0]);
        double[] sorted = Arrays.stream(usual).filter(Double::isFinite).sorted().toArray();
        if (sorted.length > 20 && signs.gradientJump() > 0.2) {
            say(
                    "clip the gradient norm at %.3g (99th percentile of this run; the batch had %.3g times the usual)",
                    sorted[99 * sorted.length / 100], Math.pow(10, signs.gradientJump()));
        }
        say("if that batch is ordinary under an earlier checkpoint, it was not the cause: rerun from before the"
                + " rise with lr at a third");
    }

    private void precision() {
        if (known.format().isEmpty() && signs.impossible() >= 0.9
                || known.format().isEmpty() && Double.isNaN(signs.impossible())) {
            say("find the first layer whose output is infinite or no number, on the batch of step %d", event.onset());
            say("bfloat16 in place of float16 has the range of float32; where float16 has to stay, clip the"
                    + " gradient and lower lr until no pass overflows");
            return;
        }
        NumberFormat format = known.format().orElse(NumberFormat.FLOAT16);
        double beta2 = known.or("beta2", 0.999);
        say(
                "keep v in float32: in %s a gradient below √(%.2g/(1−beta2)) = %.2g leaves nothing in v",
                format.word(), format.leastNormal(), Math.sqrt(format.leastNormal() / (1 - beta2)));
        say(
                "take eps at or above %.2g, the smallest normal number of %s (now %s)",
                format.leastNormal(),
                format.word(),
                known.value("eps").isPresent() ? String.format(Locale.ROOT, "%.3g", known.or("eps", 0)) : "unknown");
    }

    private void lossScale() {
        if (signs.scaleChange() < 0 && signs.climb() <= 2 && signs.stayed() >= 0 && signs.stayed() <= 1) {
            say("this is how dynamic loss scaling works; look closer only if the scale keeps falling or steps are"
                    + " skipped more often than once in a few hundred");
            return;
        }
        say("skip the optimizer step when a gradient is infinite or no number, and halve the scale only then");
        double scale = largest(Quantity.LOSS_SCALE);
        if (scale > 0) {
            say(
                    "cap the loss scale at %.4g, half of the %.4g that overflowed, and grow it no faster than every"
                            + " 2000 steps",
                    scale / 2, scale);
        }
    }

    private void architecture() {
        say(
                "bound the logits: normalise queries and keys, or cap logits at 20 (they reached %.3g; e^(−20) = 2e-9"
                        + " is a saturated softmax already)",
                signs.logit());
        if (known.value("lr").isPresent()) {
            say(
                    "until then, logits grow with the square of the query and key weights: lr = %.3g on those weights"
                            + " halves their speed",
                    known.or("lr", 0) / 2);
        }
    }

    private void state() {
        say("load m, v and the number of steps with the parameters, and compare ‖√v‖ of the first step after a"
                + " restart with the last one before");
        double beta2 = known.or("beta2", Double.NaN);
        if (beta2 < 1) {
            say(
                    "if the state is lost, begin again with bias correction and a warm-up of 1/(1−beta2) = %.0f steps",
                    1 / (1 - beta2));
        }
    }

    private void restart() {
        say("look for what was started at step %d: initial weights were in place of a checkpoint", event.onset());
    }

    private void other(List<Suspect> suspects) {
        String before = "compare data order, code and parameters at steps %d and %d";
        List<FirstMove> first = moved.stream().filter(move -> move.rows() > 0).toList();
        List<String> watched = FirstMove.watched(log);
        if (!first.isEmpty()) {
            say(
                    "begin where it began: %s",
                    first.stream().limit(3).map(FirstMove::sentence).collect(Collectors.joining("; ")));
        } else if (!watched.isEmpty()) {
            say(
                    before + "; of what is logged (%s) nothing left its level before the loss",
                    Math.max(0, event.onset() - 1),
                    event.onset(),
                    watched.stream().limit(6).collect(Collectors.joining(", ")));
        } else {
            say(before, Math.max(0, event.onset() - 1), event.onset());
        }
        if (event.broken()) {
            say(
                    "search for the operation: 0/0, a logarithm of 0, a root of a negative number, or an overflow; with"
                            + " anomaly detection of the framework on the batch of step %d",
                    event.onset());
        }
        List<String> missing = suspects.stream()
                .flatMap(s -> s.missing().stream())
                .distinct()
                .limit(5)
                .toList();
        if (!missing.isEmpty()) {
            say("to decide next time, log for each of about %d steps: %s", 100, String.join("; ", missing));
        }
    }

    /// Where λ₁(P⁻¹H) was measured: lr·threshold/measured.
    private void stableLearningRate() {
        OptionalDouble threshold = known.threshold();
        double lr = Double.isNaN(largest(Quantity.LR)) ? known.or("lr", Double.NaN) : largest(Quantity.LR);
        if (threshold.isPresent() && signs.sharpness() > 0 && lr > 0) {
            say(
                    "largest stable lr at the rise: %.3g (lr·λ₁(P⁻¹H) was %.4g, stable below %.4g; lr was %.3g)",
                    lr * threshold.getAsDouble() / signs.sharpness(), signs.sharpness(), threshold.getAsDouble(), lr);
        }
    }

    /// The largest value of a quantity in the rows up to the peak.
    private double largest(String quantity) {
        double[] values = log.numbers(quantity).orElse(new double[0]);
        long[] steps = log.steps();
        double largest = Double.NaN;
        for (int row = 0; row < values.length; row++) {
            if (steps[row] <= event.peak() && steps[row] >= event.onset() - 30 && Double.isFinite(values[row])) {
                largest = Double.isNaN(largest) ? values[row] : Math.max(largest, values[row]);
            }
        }
        return largest;
    }

    private void say(String format, Object... values) {
        sentences.add(String.format(Locale.ROOT, format, values));
    }
}
