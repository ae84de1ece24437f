package adamscope.training;

import adamscope.formula.PlainText;
import adamscope.optimizer.Domain;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;

/// What is done to the gradient between the loss and the rule, in this order: noise, clipping, weight decay.
///
/// @param noise       standard deviation of the normal noise added to each coordinate, a function of (seed, step,
///                    coordinate); 0: none
/// @param clip        the largest norm; a longer gradient is scaled by clip/(‖g‖ + 1e-6), as PyTorch's
///                    `clip_grad_norm_`; infinity: never
/// @param weightDecay λ; 0: none
/// @param decoupled   whether λ shrinks the parameters themselves, θ ← (1 − η·λ)·θ before the rule as PyTorch's AdamW,
///                    or is added to the gradient, g + λ·θ, as PyTorch's Adam
public record GradientChanges(double noise, double clip, double weightDecay, boolean decoupled) {
    /// In an experiment.
    public static final Shape<GradientChanges> SHAPE = Shape.of(keys -> {
        var noise = keys.add(
                number("noise", Forms.NOT_NEGATIVE, 0, "standard deviation of normal noise on each coordinate"),
                GradientChanges::noise);
        var clip = keys.add(
                number(
                        "clip",
                        new Domain(0, false, Double.POSITIVE_INFINITY, true),
                        Double.POSITIVE_INFINITY,
                        "largest norm of the gradient, as PyTorch's clip_grad_norm_"),
                GradientChanges::clip);
        var decay = keys.add(
                number("decay", Forms.NOT_NEGATIVE, 0, "weight decay of any rule"), GradientChanges::weightDecay);
        var decoupled = keys.add(
                Key.of("decoupled", Forms.truth(), "whether it shrinks the parameters, or is added to the gradient")
                        .orElse(true),
                GradientChanges::decoupled);
        return in -> new GradientChanges(in.get(noise), in.get(clip), in.get(decay), in.get(decoupled));
    });

    private static Key<Double> number(String name, Domain domain, double defaultValue, String meaning) {
        return Key.of(name, Forms.number(domain), meaning).orElse(defaultValue);
    }

    /// Nothing.
    public static final GradientChanges NONE = new GradientChanges(0, Double.POSITIVE_INFINITY, 0, false);

    public GradientChanges {
        if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("noise = " + new PlainText().number(noise) + " is outside [0, inf)");
        }
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip = " + new PlainText().number(clip) + " is outside (0, inf]");
        }
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "weight_decay = " + new PlainText().number(weightDecay) + " is outside [0, inf)");
        }
    }
}
