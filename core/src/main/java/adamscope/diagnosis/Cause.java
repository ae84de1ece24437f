package adamscope.diagnosis;

/// Why a loss rises.
public enum Cause {
    PRECONDITIONER_LAG(
            "preconditioner lag", "v remembers gradients that are gone, so the step lr/√v grew until it was unstable"),
    SHARPNESS(
            "sharpness over the threshold",
            "the curvature grew until the preconditioned sharpness passed the threshold"),
    SCHEDULE("learning-rate schedule", "the learning rate was raised beyond what the curvature allows"),
    DIVERGENCE_REGIME("beta1² above beta2", "m outlives v, so |m|/√v has no bound"),
    BAD_BATCH("bad batch", "one batch was unlike the others"),
    PRECISION("number format", "a number left the range or the digits of its format"),
    LOSS_SCALE("loss scale", "the loss scale changed and its gradients entered a step"),
    ARCHITECTURE("attention logits", "attention logits grew until the softmax was saturated"),
    OTHER("no cause found", "something outside the optimizer: data, parameters or code changed"),
    OPTIMIZER_STATE(
            "optimizer state not restored", "v or m fell faster than its decay allows: it was reset or loaded in part"),
    RESTART("restart from scratch", "parameters and loss are back where the run began"),
    LEARNING_RATE("learning rate too high from the start", "the steps were too long from the first ones on"),
    NAN_GRADIENT("gradient without a number", "a backward pass gave no number while the loss was still one"),
    LOSS_TERM("one term of the loss", "one of the terms of the loss rose, the others did not"),
    PERIODIC("something that recurs", "rises come at an epoch's end, a checkpoint or an evaluation"),
    ABSORPTION(
            "absorption in float32",
            "softmax gradients were rounded and do not sum to zero any more, so the parameters drift");

    private final String words;
    private final String meaning;

    Cause(String words, String meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    /// The name for a reader.
    public String words() {
        return words;
    }

    /// What it means, as the end of a sentence.
    public String meaning() {
        return meaning;
    }

    /// The name in JSON: `preconditioner-lag`.
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
