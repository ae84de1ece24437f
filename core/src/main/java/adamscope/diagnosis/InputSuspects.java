package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.regime.RunFacts;
import adamscope.regime.SpikeEvent;
import java.util.Locale;

/// Causes that enter from outside: a batch, the network, anything else.
final class InputSuspects {
    /// Above such logits a softmax over two items gives the lesser less than 1e-9.
    private static final double SATURATED = 20;

    /// Steps from the first sign to the peak above which no single batch is at work: the batch and its echo in m.
    private static final int LONGEST = 3;

    private static final int FEWEST_BEFORE = 10;

    private InputSuspects() {}

    /// The loss of one batch is high although the parameters have not moved by more than usual, and the next is not.
    static Suspect badBatch(Rise rise) {
        Signs signs = rise.signs();
        Circumstances known = rise.known();
        RunFacts facts = rise.log().facts();
        SpikeEvent event = rise.event();
        Suspect.Draft draft = new Suspect.Draft(Cause.BAD_BATCH, 0.1);
        if (rise.fullBatch()) {
            return draft.contradicts(1, "every step saw all of the data, so no batch was unlike the others")
                    .decidedBy("nothing more: there is one batch");
        }
        double memory = 1 / (1 - known.or("beta1", 0.9));
        boolean blind = Double.isNaN(signs.stepBefore()) && Double.isNaN(signs.gradientJump());
        if (facts.axis().manySteps() || signs.rowSteps() > 1) {
            return draft.lacks(
                            signs.rowSteps() > 1
                                    ? String.format(
                                            Locale.ROOT,
                                            "the loss of each step: rows are %d steps apart, so one row may hide a"
                                                    + " climb",
                                            signs.rowSteps())
                                    : "the loss of each step: a row stands for many of them")
                    .decidedBy("the loss of every step around the rise");
        }
        if (event.broken()) {
            return draft.lacks("the values in the batch: one that is no number makes a loss that is none")
                    .decidedBy("whether the inputs and targets of that batch are finite numbers");
        }
        int before = rise.read().curve().at(event.onset());
        if (before < FEWEST_BEFORE) {
            return draft.lacks(FEWEST_BEFORE + " losses or more before the rise, to know what is usual; there are "
                            + before)
                    .decidedBy("the loss of that batch under the parameters of an earlier checkpoint");
        }
        boolean seam = !facts.seamsWithin(event.onset() - 20, event.peak()).isEmpty();
        if (seam || signs.climb() + signs.gradientLead() > LONGEST) {
            return draft.contradicts(
                            0.1,
                            seam
                                    ? "the run was resumed just before"
                                    : String.format(
                                            Locale.ROOT,
                                            "the loss built up over %d steps, which one batch cannot do",
                                            signs.climb() + signs.gradientLead()))
                    .decidedBy("the loss of that batch under the parameters of an earlier checkpoint");
        }
        if (rise.climb().gradual()) {
            draft.contradicts(
                    0.1,
                    String.format(
                            Locale.ROOT,
                            "the loss climbed ×%.3g over %d rows, no row alone by most of it, which one batch cannot"
                                    + " do",
                            Math.pow(10, rise.climb().decades()),
                            rise.climb().rows()));
        } else if (DynamicsSuspects.instantly(signs)) {
            draft.supports(
                    blind ? 0.2 : 0.25,
                    "the loss rose within one step"
                            + (Double.isNaN(signs.stepBefore()) ? "" : ", out of steps of usual length"));
        } else {
            draft.contradicts(
                    0.1,
                    signs.climb() + signs.gradientLead() > 1
                            ? String.format(
                                    Locale.ROOT,
                                    "the loss built up over %d steps",
                                    signs.climb() + signs.gradientLead())
                            : "the steps before the rise were longer than usual, or part of it came in another row");
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
        } else if (signs.stayedUp() || signs.stayed() * signs.rowSteps() > 3 * memory) {
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
        if (signs.stayed() >= 0 && event.recovery().isEmpty()) {
            draft.contradicts(0.2, "the loss did not come back to its level afterwards");
        }
        rise.moved().stream()
                .filter(move -> move.quantity().startsWith(Quantity.LOSS + "/") && move.rows() > 0)
                .findFirst()
                .ifPresent(move -> draft.contradicts(0.2, move.sentence() + ", which a batch cannot do"));
        if (signs.moved() > 1) {
            draft.contradicts(0.4, "the parameters moved by other means than the optimizer's step");
        }
        return draft.decidedBy(
                "the loss of that batch under the parameters of an earlier checkpoint: it is high there too");
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
    static Suspect other(Rise rise) {
        Signs signs = rise.signs();
        boolean broken = rise.event().broken();
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
            draft.lacks(
                    rise.log().has(Quantity.STEP_NORM)
                            ? "‖θ‖ of each step"
                            : rise.log().has(Quantity.WEIGHT_NORM) ? "‖Δθ‖ of each step" : "‖θ‖ and ‖Δθ‖ of each step");
        }
        boolean resumed = !rise.log()
                .facts()
                .seamsWithin(rise.event().onset() - 20, rise.event().peak())
                .isEmpty();
        if (!broken && !resumed && DynamicsSuspects.instantly(signs) && (signs.stayedUp() || signs.stayed() > 5)) {
            // Where lr was raised there, what is known explains it first.
            draft.supports(
                    signs.lrRise() > Math.log10(1.1) ? 0.05 : 0.35,
                    Double.isNaN(signs.stepBefore())
                            ? (rise.log().facts().axis().manySteps()
                                    ? "the loss rose within one row and stayed up"
                                    : "the loss rose within one step and stayed up")
                            : "the loss rose within one step, out of steps of usual length, and stayed up: the task"
                                    + " itself changed");
        }
        return draft.decidedBy(
                rise.fullBatch()
                        ? "the loss at the parameters before and after the onset, with code unchanged"
                        : "the loss of the same batch before and after the onset, with data order and code unchanged");
    }
}
