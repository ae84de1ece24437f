package adamscope.training;

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
    /// Nothing.
    public static final GradientChanges NONE = new GradientChanges(0, Double.POSITIVE_INFINITY, 0, false);

    public GradientChanges {
        if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("noise = " + noise + " is outside [0, inf)");
        }
        if (!(clip > 0)) {
            throw new IllegalArgumentException("clip = " + clip + " is outside (0, inf]");
        }
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight_decay = " + weightDecay + " is outside [0, inf)");
        }
    }
}
