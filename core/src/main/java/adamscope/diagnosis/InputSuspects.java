package adamscope.diagnosis;

import java.util.Locale;

/// Causes that enter from outside: a batch, the number format, the loss scale, the network, anything else.
final class InputSuspects {
    /// Above such logits a softmax over two items gives the lesser less than 1e-9.
    private static final double SATURATED = 20;

    private InputSuspects() {}

    /// The loss of one batch is high although the parameters have not moved by more than usual, and the next is not.
    static Suspect badBatch(Signs signs, Circumstances known) {
        Suspect.Draft draft = new Suspect.Draft(Cause.BAD_BATCH, 0.1);
        double memory = 1 / (1 - known.or("beta1", 0.9));
        boolean blind = Double.isNaN(signs.stepBefore()) && Double.isNaN(signs.gradientJump());
        if (signs.rowSteps() > 1) {
            draft.lacks(String.format(
                    Locale.ROOT,
                    "the loss of each step: rows are %d steps apart, so one row may hide a climb",
                    signs.rowSteps()));
        } else if (DynamicsSuspects.instantly(signs)) {
            draft.supports(
                    blind ? 0.2 : 0.25,
                    "the loss rose within one step" + (blind ? "" : ", out of steps of usual length"));
        } else {
            draft.contradicts(
                    0.1,
                    String.format(
                            Locale.ROOT, "the loss built up over %d steps", signs.climb() + signs.gradientLead()));
        }
        if (!Double.isNaN(signs.stepBefore())) {
            draft.rests(new Inequality(
                    "largest ‖Δθ‖ before the rise over its usual length",
                    Math.pow(10, signs.stepBefore()),
                    "<",
                    "what moves the loss by more than noise",
                    2.5,
                    "the loss is a function of θ and the batch"));
        } else {
            draft.lacks("‖Δθ‖ of each step");
        }
        if (signs.stayed() >= 0 && signs.stayed() <= 2 && signs.rowSteps() <= 1) {
            draft.supports(
                    blind ? 0.2 : 0.35,
                    signs.stayed() <= 1
                            ? "half of the height was gone a step after the peak"
                            : String.format(
                                    Locale.ROOT,
                                    "half of the height was gone %d steps after the peak",
                                    signs.stayed()));
        } else if (signs.stayed() < 0 || signs.stayed() * signs.rowSteps() > 3 * memory) {
            draft.contradicts(
                    0.2,
                    String.format(Locale.ROOT, "the loss stayed up for longer than m remembers (%.0f steps)", memory));
        }
        if (signs.gradientJump() > 0.4) {
            draft.supports(
                    0.15,
                    String.format(
                            Locale.ROOT,
                            "the gradient was %.3g times its usual length in the same rows",
                            Math.pow(10, signs.gradientJump())));
        } else if (Double.isNaN(signs.gradientJump())) {
            draft.lacks("‖g‖ of each step");
        }
        if (signs.moved() > 1) {
            draft.contradicts(0.4, "the parameters moved by other means than the optimizer's step");
        }
        return draft.decidedBy(
                "the loss of that batch under the parameters of an earlier checkpoint: it is high there too");
    }

    /// v below the range of its format, ε rounded to 0, or gradients above the range.
    static Suspect precision(Signs signs, Circumstances known, boolean broken) {
        Suspect.Draft draft = new Suspect.Draft(Cause.PRECISION, 0);
        if (signs.impossible() < 0.9) {
            draft.rests(new Inequality(
                    "v/((1−β₂)g²)", signs.impossible(), "<", "exact arithmetic", 1, "v = β₂v + (1−β₂)g² ≥ (1−β₂)g²"));
            draft.supports(0.75, "v was smaller than the last g² alone makes it: it was rounded away");
        } else if (signs.impossible() >= 0.9) {
            draft.contradicts(0.1, "v held at least what the last gradient gave it");
        } else {
            draft.lacks("v beside g², as ‖√v‖ and ‖g‖ or the lowest percentile of v/g²");
        }
        if (known.format().isPresent()) {
            NumberFormat format = known.format().get();
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
        if (broken) {
            draft.supports(0.25, "the loss was infinite or no number");
        }
        return draft.decidedBy("the share of coordinates with v = 0; or rerun with v in float32");
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

    /// Attention logits that saturate the softmax.
    static Suspect architecture(Signs signs) {
        Suspect.Draft draft = new Suspect.Draft(Cause.ARCHITECTURE, 0);
        if (Double.isNaN(signs.logit())) {
            return draft.lacks("the largest attention logit of each step")
                    .decidedBy("the largest attention logit of each step");
        }
        draft.rests(new Inequality(
                "largest attention logit",
                signs.logit(),
                ">",
                "a softmax over two items is 1 to nine digits",
                SATURATED,
                "softmax gap e^(−20) = 2e-9"));
        if (signs.logit() > SATURATED) {
            draft.supports(
                    0.55,
                    String.format(
                            Locale.ROOT,
                            "attention logits had reached %.3g: the softmax was saturated",
                            signs.logit()));
            if (signs.logitGrowth() > 0.3) {
                draft.supports(
                        0.25,
                        String.format(
                                Locale.ROOT,
                                "they had grown %.2g times since the start",
                                Math.pow(10, signs.logitGrowth())));
            }
        } else {
            draft.contradicts(0.5, String.format(Locale.ROOT, "attention logits stayed at %.3g", signs.logit()));
        }
        if (DynamicsSuspects.instantly(signs) && signs.stayed() >= 0 && signs.stayed() <= 2) {
            draft.contradicts(0.3, "the loss rose and fell within single steps");
        }
        return draft.decidedBy("rerun with logits normalised or capped: the rise goes if this is the cause");
    }

    /// What remains: parameters or data changed.
    static Suspect other(Signs signs) {
        Suspect.Draft draft = new Suspect.Draft(Cause.OTHER, 0.3);
        if (signs.moved() > 1) {
            draft.rests(new Inequality(
                    "excess of |Δ‖θ‖| over ‖Δθ‖, in units of ‖Δθ‖",
                    signs.moved(),
                    ">",
                    "triangle inequality",
                    0,
                    "|‖θ'‖ − ‖θ‖| ≤ ‖θ' − θ‖"));
            draft.supports(
                    0.65,
                    String.format(
                                    Locale.ROOT,
                                    "‖θ‖ changed by %.3g times more than the optimizer's step: something else wrote to"
                                            + " the",
                                    signs.moved() + 1)
                            + " parameters");
        } else if (Double.isNaN(signs.moved())) {
            draft.lacks("‖θ‖ and ‖Δθ‖ of each step");
        }
        if (DynamicsSuspects.instantly(signs) && (signs.stayed() < 0 || signs.stayed() > 5)) {
            draft.supports(
                    0.35,
                    "the loss rose within one step, out of steps of usual length, and stayed up: the task itself"
                            + " changed");
        }
        return draft.decidedBy(
                "the loss of the same batch before and after the onset, with data order and code unchanged");
    }
}
