package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.stability.QuadraticTheory;
import adamscope.stability.StepBound;
import java.util.Locale;
import java.util.OptionalDouble;

/// Causes that lie in the optimizer's own dynamics: lag of v, curvature, schedule, β₁² > β₂.
final class DynamicsSuspects {
    private static final double LONG_MEMORY = 0.99;
    /// Growth of ‖√v‖ before a rise that is more than scatter: 12 %.
    private static final double OUTGROWN = 0.05;

    private DynamicsSuspects() {}

    /// v remembers gradients that are gone: v_{t+1}/v_t → β₂ while g² falls faster, so lr/√v grows by β₂^(−1/2) a step
    /// until the frozen rule is unstable [Adam on degenerate polynomials, Eqs. 71–75 and appendix F].
    static Suspect lag(Signs signs, Circumstances known) {
        Suspect.Draft draft = new Suspect.Draft(Cause.PRECONDITIONER_LAG, 0.1);
        double lag = Double.isNaN(signs.coupling()) ? signs.couplingSpread() : signs.coupling();
        String source = source(signs);
        if (!Double.isNaN(lag)) {
            draft.rests(new Inequality(
                    "v/g² before the rise",
                    Math.pow(10, lag),
                    ">",
                    "where v follows g² it is about 1; 5 means that four fifths of v are memory",
                    5,
                    "v_{t+1}/v_t = β₂ + (1−β₂)g²/v"));
            if (lag > Math.log10(5)) {
                draft.supports(
                        0.35 + 0.15 * Math.min(1, lag - 0.7),
                        String.format(
                                Locale.ROOT,
                                "v was %.3g times g² before the rise%s: it lagged behind",
                                Math.pow(10, lag),
                                source));
            } else {
                draft.contradicts(
                        0.2,
                        String.format(
                                Locale.ROOT,
                                "v was %.3g times g² before the rise%s: it followed",
                                Math.pow(10, lag),
                                source));
            }
        } else {
            draft.lacks((Double.isNaN(signs.gradientJump()) ? "‖√v‖ and ‖g‖" : "‖√v‖") + ", or quantiles of v/g²"
                    + signs.moment().refusal().map(why -> " (" + why + ")").orElse(""));
            spikingSide(known, draft);
        }
        if (signs.decayShare() > 0.6) {
            draft.supports(
                    0.2,
                    String.format(
                            Locale.ROOT,
                            "v fell at %.0f %% of the fastest rate that beta2 allows, so hardly any gradient entered"
                                    + " it",
                            100 * Math.min(1, signs.decayShare())));
        } else if (signs.decayShare() < 0.2) {
            draft.contradicts(0.1, "v did not fall before the rise");
        }
        if (signs.gradientLead() >= 5 || signs.climb() >= 5 && signs.firstRowShare() < 0.6) {
            draft.supports(0.05, "the rise built up over several steps, as an instability does");
        }
        if (instantly(signs)) {
            draft.contradicts(0.25, "the loss rose within one step and out of calm steps");
        }
        rate(signs, known, draft);
        return draft.decidedBy(
                "v/g² (quantiles) for each step; or rerun from before the rise with v floored at its value"
                        + " there: the rise goes if this is the cause");
    }

    private static String source(Signs signs) {
        return Double.isNaN(signs.coupling()) || !signs.moment().derived()
                ? ""
                : " (" + signs.moment().words() + ")";
    }

    /// Without v the betas alone have to say whether v can lag: b > 4a, so 1−β₁ > 4(1−β₂).
    private static void spikingSide(Circumstances known, Suspect.Draft draft) {
        double beta1 = known.or("beta1", Double.NaN);
        double beta2 = known.or("beta2", Double.NaN);
        if (1 - beta1 > 4 * (1 - beta2)) {
            draft.rests(
                    new Inequality("1−β₁", 1 - beta1, ">", "4(1−β₂): the side of spikes", 4 * (1 - beta2), "b > 4a"));
            draft.supports(
                    0.15,
                    String.format(
                            Locale.ROOT,
                            "these betas let v lag: m forgets in %.0f steps, v in %.0f",
                            1 / (1 - beta1),
                            1 / (1 - beta2)));
        }
    }

    /// How far the fall of the loss agrees with a v that falls freely.
    private static void rate(Signs signs, Circumstances known, Suspect.Draft draft) {
        double beta2 = known.or("beta2", Double.NaN);
        double beta1 = known.or("beta1", 0);
        if (Double.isNaN(beta2) || Double.isNaN(signs.lossFall()) || signs.lossFall() >= 0 || beta2 <= 0) {
            return;
        }
        // x⁴: k ln β₂/(2(k−2)) = ln β₂; on x² with momentum ln β₁ − ln(β₂)/4.
        double quartic = Math.log(beta2);
        if (Math.abs(signs.lossFall() / quartic - 1) < 0.1) {
            draft.supports(
                    0.1,
                    String.format(
                            Locale.ROOT,
                            "the loss fell by %.4g a step before, as theory says of a quartic minimum (ln beta2 ="
                                    + " %.4g)",
                            signs.lossFall(),
                            quartic));
        } else if (beta1 > 0) {
            double quadratic = new QuadraticTheory(beta1, beta2).lossSlope();
            if (quadratic < 0 && Math.abs(signs.lossFall() / quadratic - 1) < 0.1) {
                draft.supports(
                        0.1,
                        String.format(
                                Locale.ROOT,
                                "the loss fell by %.4g a step before, as theory says of a quadratic minimum (%.4g)",
                                signs.lossFall(),
                                quadratic));
            }
        }
    }

    /// The curvature grew past 2(1+β₁)/((1−β₁)lr) [Cohen et al. 2022], with v in step.
    static Suspect sharpness(Signs signs, Circumstances known) {
        Suspect.Draft draft = new Suspect.Draft(Cause.SHARPNESS, 0.1);
        OptionalDouble threshold = known.threshold();
        if (Double.isNaN(signs.sharpness()) || threshold.isEmpty()) {
            draft.lacks(threshold.isEmpty() ? "a rule with a threshold" : "the preconditioned sharpness");
        } else {
            double bound = threshold.getAsDouble();
            draft.rests(new Inequality(
                    "lr·λ₁(P⁻¹H)", signs.sharpness(), ">", "threshold of the rule", bound, "derived from the rule"));
            if (signs.sharpness() > bound) {
                draft.supports(
                        0.25,
                        String.format(
                                Locale.ROOT,
                                "the preconditioned sharpness was %.3g times its threshold",
                                signs.sharpness() / bound));
            } else if (signs.sharpness() < 0.5 * bound) {
                draft.contradicts(
                        0.25,
                        String.format(
                                Locale.ROOT,
                                "the preconditioned sharpness stayed at %.2g times its threshold",
                                signs.sharpness() / bound));
            }
        }
        if (signs.rawGrowth() > 0.02 && signs.rawGrowth() > -signs.rootGrowth()) {
            draft.supports(
                    0.35,
                    String.format(
                            Locale.ROOT,
                            "the curvature itself had grown by %.0f %% over the steps before, more than v had fallen",
                            100 * (Math.pow(10, signs.rawGrowth()) - 1)));
        } else if (signs.rawGrowth() <= 0.02) {
            draft.contradicts(0.2, "the curvature had not grown before the rise");
        } else if (Double.isNaN(signs.rawGrowth())) {
            draft.lacks("the top eigenvalue of H");
        }
        if (Double.isNaN(signs.sharpness()) && outgrown(signs)) {
            draft.supports(
                    0.45,
                    String.format(
                            Locale.ROOT,
                            "‖√v‖ had grown by %.0f %% over the rows before, at a constant lr, and g² to %.2g times"
                                    + " v%s: that makes steps smaller, so only a curvature that grew faster makes them"
                                    + " unstable",
                            100 * (Math.pow(10, signs.rootGrowth()) - 1),
                            Math.pow(10, -signs.coupling()),
                            source(signs)));
        }
        if (signs.coupling() < Math.log10(4)) {
            draft.supports(
                    0.1, "v was in step with g²" + source(signs) + ", so the curvature and not v must have moved");
        }
        if (instantly(signs)) {
            draft.contradicts(0.2, "the loss rose within one step and out of calm steps");
        }
        return draft.decidedBy("λ₁(P⁻¹H) and λ₁(H) every few steps before the rise");
    }

    /// Whether v grew before a rise that built up over rows, and g² more than v, while lr did not.
    private static boolean outgrown(Signs signs) {
        return signs.rootGrowth() > OUTGROWN
                && signs.coupling() < -Math.log10(3)
                && !(Math.abs(signs.lrRise()) > OUTGROWN)
                && !signs.lrClimbing()
                && !instantly(signs)
                && signs.climb() > 1;
    }

    /// lr rose where the curvature left no room.
    static Suspect schedule(Rise rise) {
        Signs signs = rise.signs();
        Circumstances known = rise.known();
        Suspect.Draft draft = new Suspect.Draft(Cause.SCHEDULE, 0);
        if (Double.isNaN(signs.lrRise())) {
            return draft.lacks("the learning rate of each step").decidedBy("lr for each step");
        }
        double factor = Math.pow(10, signs.lrRise());
        draft.rests(
                new Inequality("lr at the rise over lr before", factor, ">", "a tenth more", 1.1, "threshold ∝ 1/lr"));
        boolean warmedUp = signs.warmUp() >= 0 && signs.warmUp() <= soon(known);
        if (factor > 1.1) {
            draft.supports(
                    0.35 + 0.55 * Math.min(1, signs.lrRise()),
                    String.format(Locale.ROOT, "lr had risen by a factor %.3g within the steps before", factor));
        } else if (signs.lrClimbing()) {
            draft.supports(0.35, "lr was still being raised and higher than ever before");
        } else if (!warmedUp) {
            draft.contradicts(0.1, "lr did not rise before the loss did");
        }
        if (warmedUp) {
            draft.supports(
                    factor > 1.1 ? 0.1 : instantly(signs) ? 0.3 : 0.45,
                    String.format(
                            Locale.ROOT,
                            "the warm-up of lr ended %d rows before, at %.3g, its highest%s",
                            signs.warmUp(),
                            Advice.largest(rise, Quantity.LR),
                            known.or("beta2", 0) >= LONG_MEMORY
                                    ? "; with beta2 = " + Inequality.number(known.or("beta2", 0))
                                            + String.format(
                                                    Locale.ROOT,
                                                    " v remembers %.0f steps",
                                                    1 / (1 - known.or("beta2", 0)))
                                    : ""));
        }
        if (!Double.isNaN(signs.sharpness()) && known.threshold().isPresent()) {
            double times = signs.sharpness() / known.threshold().getAsDouble();
            if (times > 1 && factor > 1.1) {
                draft.supports(
                        0.1, String.format(Locale.ROOT, "with it lr·λ₁(P⁻¹H) reached %.3g times its threshold", times));
            }
        }
        return draft.decidedBy("rerun from before the rise with lr held: the rise goes if this is the cause");
    }

    /// Rows after a warm-up in which a rise counts as its consequence: the memory of v, 20 to 500.
    private static int soon(Circumstances known) {
        return (int) Math.clamp(1 / (1 - known.or("beta2", 0.999)), 20, 500);
    }

    /// β₁² > β₂: the bound on |m|/√v is infinite [Eq. of the sign-descent view; divergence regime a > 2b of paper 2].
    static Suspect divergence(Signs signs, Circumstances known) {
        Suspect.Draft draft = new Suspect.Draft(Cause.DIVERGENCE_REGIME, 0);
        OptionalDouble beta1 = known.value("beta1");
        OptionalDouble beta2 = known.value("beta2");
        if (beta1.isEmpty() || beta2.isEmpty() || beta2.getAsDouble() <= 0) {
            return draft.lacks("beta1 and beta2").decidedBy("beta1 and beta2");
        }
        double square = beta1.getAsDouble() * beta1.getAsDouble();
        draft.rests(new Inequality(
                "beta1²", square, ">", "beta2", beta2.getAsDouble(), "sup |m|/√v is infinite for beta1² ≥ beta2"));
        if (square <= beta2.getAsDouble()) {
            double bound = new StepBound(beta1.getAsDouble(), beta2.getAsDouble()).limit();
            draft.contradicts(
                    1, String.format(Locale.ROOT, "beta1² lies below beta2: |m|/√v cannot exceed %.3g", bound));
            return draft.decidedBy("nothing more: the betas refute it");
        }
        draft.supports(0.55, "beta1² lies above beta2: m outlives v and |m|/√v has no bound");
        if (signs.stepRatio() > 2 && signs.stepRatioJump() > 0.2) {
            draft.supports(
                    0.3,
                    String.format(
                            Locale.ROOT,
                            "|m|/√v rose to %.3g, %.2g times its usual value, before the loss did",
                            signs.stepRatio(),
                            Math.pow(10, signs.stepRatioJump())));
        } else if (signs.stepBefore() > 0.3) {
            draft.supports(
                    0.2,
                    String.format(
                            Locale.ROOT,
                            "the steps had grown to %.2g times their usual length before the loss rose",
                            Math.pow(10, signs.stepBefore())));
        } else if (Double.isNaN(signs.stepRatio())) {
            draft.lacks("|m|/√v (99th percentile)");
        }
        return draft.decidedBy("the 99th percentile of |m|/√v for each step: above 1 it can only come from here");
    }

    /// Whether the loss jumped in one row while steps and gradients before were as usual.
    static boolean instantly(Signs signs) {
        return signs.rowSteps() <= 1
                && signs.firstRowShare() > 0.7
                && signs.climb() <= 3
                && signs.gradientLead() <= 1
                && !(signs.stepBefore() > 0.4);
    }
}
