package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import adamscope.text.Listing;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What to do where a batch, a format, a state or the network raised the loss.
final class OutsideAdvice {
    private final RunLog log;
    private final SpikeEvent event;
    private final Signs signs;
    private final Circumstances known;
    private final Rise rise;
    private final Sentences sentences = new Sentences();

    OutsideAdvice(Rise rise) {
        this.rise = rise;
        this.log = rise.log();
        this.event = rise.event();
        this.signs = rise.signs();
        this.known = rise.known();
    }

    List<String> badBatch() {
        sentences.say("look at the batch of step %d; skipping it on a rerun costs one batch", event.onset());
        double[] usual = log.numbers(Quantity.GRADIENT_NORM).orElse(new double[0]);
        double[] sorted = Arrays.stream(usual).filter(Double::isFinite).sorted().toArray();
        if (sorted.length > 20 && signs.gradientJump() > 0.2) {
            sentences.say(
                    "or clip the gradient norm at %.3g, the 99th percentile of this run: that shortens one step in a"
                            + " hundred, and this one by a factor %.3g",
                    sorted[99 * sorted.length / 100],
                    Math.max(1, Advice.largest(rise, Quantity.GRADIENT_NORM) / sorted[99 * sorted.length / 100]));
        }
        sentences.say(
                "if that batch is ordinary under an earlier checkpoint, it was not the cause: rerun from before the"
                        + " rise with lr at a third");
        return sentences.all();
    }

    List<String> precision() {
        FloatFormat format = known.format().orElse(null);
        if (format == null || format.digits() >= FloatFormat.FLOAT32.digits()) {
            sentences.say("find the first layer whose output is infinite or no number, on %s", batches());
            if (PrecisionSuspects.computedInFloat16(log)) {
                sentences.say("bfloat16 in place of float16 has the range of float32 and costs three binary digits;"
                        + " where float16 has to stay, clip the gradient and lower lr until no pass overflows");
            }
            return sentences.all();
        }
        double beta2 = known.or("beta2", 0.999);
        sentences.say(
                "keep v in float32: in %s a gradient below √(%.2g/(1−beta2)) = %.2g leaves nothing in v; it costs %d"
                        + " bytes a parameter",
                format.word(), format.leastNormal(), Math.sqrt(format.leastNormal() / (1 - beta2)), 2);
        sentences.say(
                "take eps at or above %.2g, the smallest normal number of %s (now %s)",
                format.leastNormal(),
                format.word(),
                known.value("eps").isPresent() ? String.format(Locale.ROOT, "%.3g", known.or("eps", 0)) : "unknown");
        return sentences.all();
    }

    List<String> lossScale() {
        if (signs.halvings() >= PrecisionSuspects.COLLAPSE) {
            sentences.say(
                    "%d cuts of the loss scale in a row have not ended the overflow: find the layer whose output or"
                            + " gradient is infinite at step %d; what helps in such a case is a clipped gradient, a"
                            + " lower lr, or bfloat16, which has the range of float32 and three binary digits less",
                    signs.halvings(), event.onset());
            return sentences.all();
        }
        if (signs.scaleChange() < 0 && signs.climb() <= 2 && signs.stayed() >= 0 && signs.stayed() <= 1) {
            sentences.say("this is how dynamic loss scaling works; look closer only if the scale keeps falling or steps"
                    + " are skipped more often than once in a few hundred");
            return sentences.all();
        }
        sentences.say(
                "skip the optimizer step when a gradient is infinite or no number, and halve the scale only then");
        double scale = Advice.largest(rise, Quantity.LOSS_SCALE);
        if (scale > 0) {
            sentences.say(
                    "cap the loss scale at %.4g, half of the %.4g that overflowed, and grow it no faster than every"
                            + " 2000 steps",
                    scale / 2, scale);
        }
        return sentences.all();
    }

    List<String> architecture() {
        sentences.say(
                "bound the logits: normalise queries and keys, or cap logits at 20 (they reached %.3g; e^(−20) = 2e-9"
                        + " is a saturated softmax already); either changes the network, so its run begins anew",
                signs.logit());
        if (known.value("lr").isPresent()) {
            sentences.say(
                    "until then, logits grow with the square of the query and key weights: lr = %.3g on those weights"
                            + " halves their speed",
                    known.or("lr", 0) / 2);
        }
        return sentences.all();
    }

    List<String> state() {
        sentences.say(
                "load m, v and the number of steps with the parameters, and compare ‖√v‖ of the first step after a"
                        + " restart with the last one before");
        double beta2 = known.or("beta2", Double.NaN);
        if (beta2 < 1) {
            sentences.say(
                    "if the state is lost, begin again with bias correction and a warm-up of 1/(1−beta2) = %.0f steps",
                    1 / (1 - beta2));
        }
        return sentences.all();
    }

    List<String> restart() {
        sentences.say(
                "look for what was started at step %d: initial weights were in place of a checkpoint", event.onset());
        return sentences.all();
    }

    List<String> lossTerm(Suspect first) {
        sentences.say("look at what that term alone depends on: its data, its weight, its part of the network");
        sentences.say(
                "a rerun from before step %d with its weight at a third decides; it costs accuracy in that term",
                event.onset());
        sentences.say("the norm of its own gradient, logged for each step, tells whether it rules the others");
        return sentences.all();
    }

    List<String> periodic(Suspect first) {
        sentences.say("look at what is done at these steps and at no others: %s", first.deciding());
        return sentences.all();
    }

    List<String> absorption() {
        sentences.say("compute the softmax and its loss in float64, or with a label smoothing of 1e-6 or more, so that"
                + " no probability is rounded to 1; float64 in the last layer alone costs little time");
        sentences.say(
                "or stop before step %d: a loss of %.2g is below the last digit of 1 in float32",
                event.onset(), Math.pow(10, event.level()));
        return sentences.all();
    }

    List<String> nanGradient() {
        FirstMove gradient = rise.moved().stream()
                .filter(move -> move.noNumber() > 0)
                .findFirst()
                .orElseThrow();
        int onset = Arrays.binarySearch(log.steps(), event.onset());
        long at = log.steps()[Math.max(0, onset - gradient.noNumber())];
        sentences.say(
                "run the backward pass of the batch of step %d again from the last checkpoint before it, with anomaly"
                        + " detection: it names the operation, and makes that pass several times slower",
                at);
        sentences.say("usual places: a root or a norm at 0, whose slope is infinite; 0/0 where everything is masked; a"
                + " logarithm of 0; a power below 1 of 0; an overflow of float16");
        sentences.say("leaving out steps whose gradient is no number costs those steps and keeps the run alive; count"
                + " them, since more than one in a few hundred hides a defect");
        return sentences.all();
    }

    List<String> other(List<Suspect> suspects) {
        long before = before();
        String compare = rise.fullBatch()
                ? "compare code and parameters at steps %d and %d"
                : "compare data order, code and parameters at steps %d and %d";
        List<FirstMove> first =
                rise.moved().stream().filter(move -> move.rows() > 0).toList();
        List<String> level = FirstMove.measurable(log, event);
        boolean still = rise.moved().isEmpty() && !level.isEmpty() && FirstMove.still(log, event, level);
        if (rise.climb().gradual()) {
            double logged = Advice.largest(rise, Quantity.LR);
            double lr = Double.isNaN(logged) ? known.or("lr", Double.NaN) : logged;
            sentences.say(
                    "the loss climbed ×%.3g over the rows from step %d to step %d, which no single batch does: rerun"
                        + " from before step %d with lr at a third%s; if the climb goes, curvature or a lag of v is at"
                        + " work, and if it stays, data or code",
                    Math.pow(10, rise.climb().decades()),
                    rise.climb().from(),
                    rise.climb().last(),
                    rise.climb().from(),
                    lr > 0 ? String.format(Locale.ROOT, ", %.3g", lr / 3) : "");
        }
        if (!first.isEmpty()) {
            sentences.say(
                    "look first at what had left its level before: %s",
                    Listing.of(first.stream().map(FirstMove::sentence).toList(), 3, "; "));
        } else if (!level.isEmpty()) {
            sentences.say(
                    compare + "; of what is logged (%s) nothing left its level before the loss%s",
                    before,
                    event.onset(),
                    Listing.of(level, 6),
                    still ? " or with it" : "");
        } else {
            sentences.say(compare, before, event.onset());
        }
        if (event.broken()) {
            sentences.say(
                    "search for the operation: 0/0, a logarithm of 0, a root of a negative number, or an overflow; with"
                            + " anomaly detection of the framework on %s",
                    batches());
        }
        List<String> missing =
                Wishes.of(suspects.stream().flatMap(s -> s.missing().stream()).toList());
        if (!missing.isEmpty()) {
            sentences.say(
                    "to decide next time, log for each of about 100 steps: %s; in a PyTorch loop"
                            + " python/adamscope_probe.py of this program writes v/g², norms and curvature",
                    Listing.of(missing, 5, "; "));
        }
        return sentences.all();
    }

    /// The batches that the row of the onset stands for.
    private String batches() {
        boolean several = log.facts().axis().manySteps() || signs.rowSteps() > 1;
        return several
                ? String.format(Locale.ROOT, "the batches after step %d, up to step %d", before(), event.onset())
                : String.format(Locale.ROOT, "the batch of step %d", event.onset());
    }

    /// The step of the loss before the onset.
    private long before() {
        int row = rise.read().curve().at(event.onset());
        return row > 0 ? rise.read().curve().steps()[row - 1] : Math.max(0, event.onset() - 1);
    }
}
