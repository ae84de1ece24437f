package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.stability.PowerLawTheory;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// What to change where the optimizer's own dynamics raised the loss.
final class DynamicsAdvice {
    /// v follows g² where v/g² is at most this.
    private static final double FOLLOWS = 2;

    /// Losses before a rise from which a stretch can be called calm.
    private static final int FEWEST_CALM = 10;

    private final Rise rise;
    private final Signs signs;
    private final Circumstances known;
    private final double beta1;
    private final double beta2;
    private final Sentences sentences = new Sentences();

    DynamicsAdvice(Rise rise) {
        this.rise = rise;
        this.signs = rise.signs();
        this.known = rise.known();
        this.beta1 = known.or("beta1", Double.NaN);
        this.beta2 = known.or("beta2", Double.NaN);
    }

    List<String> lag() {
        stableLearningRate();
        smaller("lag and curvature both act through lr·λ₁(P⁻¹H), so");
        boolean measured = !Double.isNaN(signs.gradientFall());
        double decay = Math.exp(measured ? signs.gradientFall() : signs.lossFall());
        if (decay < 1 && beta2 > decay) {
            sentences.say(
                    "before the rise %s a factor %.4f a step, v by %.4f at most: beta2 at or below %.4f lets v follow",
                    measured ? "g² fell by" : "the loss fell, and near a quadratic minimum g² with it, by",
                    decay,
                    beta2,
                    decay);
        }
        if (beta2 > 0.9 && beta2 < 1) {
            double lower = 1 - 10 * (1 - beta2);
            sentences.say(
                    "at beta2 = %s the step lr/√v doubles every %.0f steps once the gradient is gone; beta2 = %s makes"
                        + " v forget ten times as fast, which costs noise: v then averages over %.0f steps instead of"
                        + " %.0f, and the final loss may be higher",
                    Inequality.number(beta2),
                    Math.log(2) / (-0.5 * Math.log(beta2)),
                    Inequality.number(lower),
                    1 / (1 - lower),
                    1 / (1 - beta2));
            if (beta1 > 0) {
                PowerLawTheory quartic = new PowerLawTheory(4, beta1, beta2);
                sentences.say(
                        "keep beta2 above beta1² = %s; on a quartic minimum this beta1 is stable for beta2 > %s, this"
                                + " beta2 for beta1 < %s",
                        Inequality.number(beta1 * beta1),
                        Inequality.number(beta1),
                        Inequality.number(quartic.stabilityBoundary()));
            }
        }
        eps();
        return sentences.all();
    }

    /// ε of the size that a coordinate of √v has where v follows g².
    private void eps() {
        RunLog log = rise.log();
        double[] root = log.numbers(Quantity.ROOT_SECOND_MOMENT_NORM)
                .orElse(signs.moment().derived() ? signs.moment().root() : new double[0]);
        double[] gradient = log.numbers(Quantity.GRADIENT_NORM).orElse(new double[0]);
        double[] following = IntStream.range(0, Math.min(root.length, gradient.length))
                .filter(row -> log.steps()[row] < rise.event().onset())
                .filter(row -> root[row] * root[row] <= FOLLOWS * gradient[row] * gradient[row])
                .mapToDouble(row -> root[row])
                .sorted()
                .toArray();
        if (following.length < 10 || !(signs.coupling() > 0)) {
            return;
        }
        double norm = following[following.length / 2];
        double parameters = log.hyper("parameters").orElse(Double.NaN);
        String size = parameters > 0
                ? "eps = " + Inequality.number(norm / Math.sqrt(parameters))
                : "eps = " + Inequality.number(norm) + "/√n, n the number of parameters,";
        sentences.say(
                "or hold the preconditioner up: %s is what a coordinate of √v was where v followed g² (‖√v‖ = %.3g); it"
                        + " stops lr/√v from growing by more than √%.3g = %.3g, and costs slow coordinates: those with"
                        + " smaller gradients then move as under SGD",
                size, norm, Math.pow(10, signs.coupling()), Math.pow(10, signs.coupling() / 2));
    }

    List<String> sharpness() {
        stableLearningRate();
        smaller("");
        OptionalDouble threshold = known.threshold();
        if (Double.isNaN(signs.sharpness())
                && threshold.isPresent()
                && known.value("lr").isPresent()) {
            sentences.say(
                    "this rule is stable while λ₁(P⁻¹H) < %.4g/lr = %.4g: log that number to know the largest stable"
                            + " lr",
                    threshold.getAsDouble(), threshold.getAsDouble() / known.or("lr", 1));
        }
        if (known.value("beta1").isPresent() && known.rule().hyperNames().contains("beta1")) {
            double higher = 1 - (1 - beta1) / 2;
            sentences.say(
                    "beta1 = %.4g instead of %.4g raises the threshold %.3g times; it costs memory: m then lasts %.0f"
                            + " steps instead of %.0f",
                    higher,
                    beta1,
                    (1 + higher) / (1 - higher) * (1 - beta1) / (1 + beta1),
                    1 / (1 - higher),
                    1 / (1 - beta1));
        }
        return sentences.all();
    }

    List<String> schedule() {
        double factor = Math.pow(10, signs.lrRise());
        double memory = 2 / (1 - known.or("beta2", 0.999));
        String assumed = known.value("beta2").isPresent() ? "" : " at the default beta2 = 0.999";
        if (factor > 1.1) {
            sentences.say(
                    "lr went up %.3g times within %d steps; spread that over at least 2/(1−beta2) = %.0f steps%s, the"
                            + " time in which v adapts",
                    factor,
                    Math.clamp(rise.event().peak() - rise.log().steps()[0], 1, 12 + signs.climb()),
                    memory,
                    assumed);
            double now = Advice.largest(rise, Quantity.LR);
            if (rise.read().curve().at(rise.event().onset()) >= FEWEST_CALM) {
                sentences.say(
                        "the run was calm at lr = %.3g; raise it in factors of at most 1.5 and watch the loss",
                        now / factor);
            }
        } else {
            sentences.say("extend the warm-up to at least 2/(1−beta2) = %.0f steps%s", memory, assumed);
        }
        stableLearningRate();
        smaller("if the rise stays,");
        return sentences.all();
    }

    List<String> divergence() {
        sentences.say(
                "at beta1 = %.4g take beta2 ≥ %.4g (beta1² = %.4g is the border; beta2 = beta1 bounds |m|/√v by 1)",
                beta1, beta1, beta1 * beta1);
        sentences.say(
                "or at beta2 = %.4g take beta1 < √beta2 = %.4g, better beta1 = %.4g; that costs averaging: m then lasts"
                        + " %.3g steps instead of %.3g",
                beta2, Math.sqrt(beta2), beta2, 1 / (1 - beta2), 1 / (1 - beta1));
        return sentences.all();
    }

    List<String> learningRate() {
        double lr = rate();
        long steps = Math.max(10, 2 * (rise.climb().last() - rise.climb().from()));
        sentences.say(
                "run the first %d steps again with lr at a third%s, and at a tenth if that climbs too; it costs these"
                        + " %d steps",
                steps, lr > 0 ? String.format(java.util.Locale.ROOT, ", %.3g", lr / 3) : "", steps);
        sentences.say(
                "raise lr from 0 over at least 2/(1−beta2) = %.0f steps%s: before that v knows too few gradients",
                2 / (1 - known.or("beta2", 0.999)),
                known.value("beta2").isPresent() ? "" : " at the default beta2 = 0.999");
        sentences.say(
                "if the loss climbs at a hundredth of lr too, only slower, it is not lr: look for a loss of the wrong"
                        + " sign, inputs that are not normalised, an initialisation that is too large");
        stableLearningRate();
        return sentences.all();
    }

    /// A third of lr, what it costs, and what decides.
    private void smaller(String because) {
        double lr = rate();
        if (lr > 0) {
            sentences.say(
                    "%slr = %.3g, a third, is the first thing to rerun from before step %d; it costs up to three times"
                            + " the steps for the same way",
                    because.isEmpty() ? "" : because + " ", lr / 3, rise.event().onset());
        }
    }

    private double rate() {
        double logged = Advice.largest(rise, Quantity.LR);
        return Double.isNaN(logged) ? known.or("lr", Double.NaN) : logged;
    }

    /// Where λ₁(P⁻¹H) was measured: lr·threshold/measured.
    private void stableLearningRate() {
        OptionalDouble threshold = known.threshold();
        double lr = rate();
        if (threshold.isPresent() && signs.sharpness() > 0 && lr > 0) {
            sentences.say(
                    "largest stable lr at the rise: %.3g (lr·λ₁(P⁻¹H) was %.4g, stable below %.4g; lr was %.3g)",
                    lr * threshold.getAsDouble() / signs.sharpness(), signs.sharpness(), threshold.getAsDouble(), lr);
        }
    }
}
