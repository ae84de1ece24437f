package adamscope.diagnosis;

import adamscope.regime.LossCurve;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import java.util.Locale;

/// Causes that lie in the format of the numbers: their range, their digits, the scale of the loss.
final class PrecisionSuspects {
    private static final double ABSORBED = 16;

    /// Steps in which a rise to no number is no climb.
    private static final int SUDDEN = 5;

    /// Cuts of the loss scale in a row, without a rise between, from which on no scale helps.
    static final int COLLAPSE = 5;

    private PrecisionSuspects() {}

    /// v below the range of its format, ε rounded to 0, or gradients above the range.
    static Suspect precision(Signs signs, DiagnosedLog read, SpikeEvent event) {
        Circumstances known = read.known();
        Suspect.Draft draft = new Suspect.Draft(Cause.PRECISION, 0);
        if (signs.impossible() < 0.9 && !StateSuspects.impossibleFall(signs, known)) {
            draft.rests(new Inequality(
                    "v/((1−β₂)g²)", signs.impossible(), "<", "exact arithmetic", 1, "v = β₂v + (1−β₂)g² ≥ (1−β₂)g²"));
            draft.supports(0.75, "v was smaller than the last g² alone makes it: it was rounded away");
        } else if (signs.impossible() >= 0.9) {
            draft.contradicts(0.1, "v held at least what the last gradient gave it");
        } else {
            draft.lacks(
                    Double.isNaN(signs.gradientJump())
                            ? "v beside g², as ‖√v‖ and ‖g‖ or the lowest percentile of v/g²"
                            : "v beside g², as ‖√v‖ or the lowest percentile of v/g²");
        }
        if (known.format().isPresent()) {
            FloatFormat format = known.format().get();
            double eps = known.or("eps", Double.NaN);
            if (eps > 0 && eps < format.least()) {
                draft.rests(new Inequality(
                        "eps", eps, "<", "smallest positive " + format.word(), format.least(), "IEEE 754"));
                draft.supports(0.3, String.format(Locale.ROOT, "eps = %.3g is 0 in %s", eps, format.word()));
            } else if (eps > 0 && eps < format.leastNormal()) {
                draft.supports(
                        0.15,
                        String.format(
                                Locale.ROOT,
                                "eps = %.3g is subnormal in %s, and 0 where such numbers are flushed",
                                eps,
                                format.word()));
            }
        } else {
            draft.lacks("the number format of v and of the gradients (--dtype)");
        }
        if (event.broken()) {
            autocast(read.log(), read.curve(), event, draft);
            draft.supports(0.25, "the loss was infinite or no number");
        }
        if (read.breaks(event, SUDDEN)) {
            draft.supports(0.25, "within a few steps the loss was infinite or no number");
        }
        boolean states = signs.impossible() < 0.9 || known.format().isPresent();
        return draft.decidedBy(
                event.broken() && !states
                        ? "which layer first gives an infinite number or none, on that batch"
                        : "the share of coordinates with v = 0; or rerun with v in float32");
    }

    /// Whether activations and gradients are computed in float16.
    static boolean computedInFloat16(RunLog log) {
        return log.hyper("computeSignificandBits").orElse(Double.NaN) == FloatFormat.FLOAT16.digits();
    }

    /// Under autocast states stay in float32; what is computed in between has the shorter format.
    private static void autocast(RunLog log, LossCurve curve, SpikeEvent event, Suspect.Draft draft) {
        if (computedInFloat16(log)) {
            draft.supports(0.3, "activations and gradients are computed in float16 (autocast), which ends at 65504");
        }
        int points = curve.points();
        boolean back = points > 0 && curve.steps()[points - 1] > event.onset();
        if (back) {
            // Without a format with a near end it may as well be 0/0 or a value of the batch.
            draft.supports(
                    computedInFloat16(log) ? 0.2 : 0.1,
                    "finite losses came back later, so the parameters were whole: the "
                            + (computedInFloat16(log) ? "overflow" : "fault")
                            + " is in a pass, not in θ");
        }
    }

    /// The cross-entropy of a softmax whose probabilities are rounded to 1 has gradients that do not sum to zero.
    static Suspect absorption(Rise rise) {
        Suspect.Draft draft = new Suspect.Draft(Cause.ABSORPTION, 0);
        FloatFormat format = rise.known().format().orElse(FloatFormat.FLOAT32);
        double loss = Math.pow(10, rise.event().level());
        double last = Math.scalb(1.0, -FloatFormat.FLOAT32.digits());
        boolean softmax = rise.log().hyper(Circumstances.CROSS_ENTROPY).orElse(0.0) > 0;
        if (!softmax || format == FloatFormat.FLOAT64 || !(loss < ABSORBED * last)) {
            return draft.decidedBy("the sum of the gradients of the logits: 0 in exact arithmetic");
        }
        draft.rests(new Inequality(
                "cross-entropy before the rise",
                loss,
                "<",
                String.format(Locale.ROOT, "%.0f times the last digit of 1 in float32", ABSORBED),
                ABSORBED * last,
                "−log p < 2⁻²⁴ rounds p to 1"));
        draft.supports(
                0.6,
                String.format(
                        Locale.ROOT,
                        "the loss had fallen to %.2g, where float32 rounds most probabilities to 0 or 1",
                        loss));
        return draft.decidedBy("the sum of the gradients of the logits: 0 in exact arithmetic");
    }

    /// The loss scale changed and the gradients of that step were used.
    static Suspect lossScale(Signs signs) {
        Suspect.Draft draft = new Suspect.Draft(Cause.LOSS_SCALE, 0);
        if (Double.isNaN(signs.scaleChange())) {
            return draft.lacks("the loss scale of each step").decidedBy("the loss scale of each step");
        }
        draft.rests(new Inequality(
                "|change of log₂ loss scale| at the rise",
                Math.abs(signs.scaleChange()),
                ">",
                "none",
                0,
                "dynamic scaling"));
        if (signs.scaleChange() == 0) {
            draft.contradicts(1, "the loss scale did not change before the rise");
            return draft.decidedBy("nothing more: the loss scale did not change");
        }
        if (signs.halvings() >= COLLAPSE) {
            return draft.supports(
                            0.85,
                            String.format(
                                    Locale.ROOT,
                                    "the scale was cut %d times in a row without being raised: gradients went on"
                                            + " overflowing as it fell",
                                    signs.halvings()))
                    .decidedBy("which layer first gives an infinite number, at a loss scale of 1");
        }
        if (signs.scaleChange() < 0 && signs.climb() <= 2 && signs.stayed() >= 0 && signs.stayed() <= 1) {
            return draft.supports(
                            0.8,
                            String.format(
                                    Locale.ROOT,
                                    "the scale was cut by a factor %.3g there and the next loss was as before: the step"
                                            + " was skipped, as dynamic scaling does",
                                    Math.pow(2, signs.scaleChange())))
                    .decidedBy("whether the steps with overflow were skipped: θ must not move in them");
        }
        // The chance that one of the last rows holds a change anyway.
        double chance = 1 - Math.pow(1 - signs.scaleChanges(), 12);
        draft.supports(
                signs.scaleChange() < 0 ? 0.35 : 0.2,
                String.format(
                        Locale.ROOT,
                        "the loss scale changed by a factor %.3g just before",
                        Math.pow(2, signs.scaleChange())));
        if (chance < 0.3) {
            draft.supports(
                    0.1, String.format(Locale.ROOT, "by chance that happens with probability %.2f only", chance));
        }
        if (signs.gradientJump() > 0.4 && signs.scaleChange() < 0) {
            draft.supports(
                    0.4,
                    String.format(
                                    Locale.ROOT,
                                    "the gradient that entered the step was %.3g times its usual length while the"
                                            + " scale was cut:",
                                    Math.pow(10, signs.gradientJump()))
                            + " an overflow was not skipped");
        }
        return draft.decidedBy("whether the steps with overflow were skipped: θ must not move in them");
    }
}
