package adamscope.corpus;

/// Something to train: a loss and its gradient at a step, on the batch of that step.
sealed interface Problem permits Bowl, RareFeatures, Valley, TwoLayerNet, LookupHead {

    /// What a batch says.
    ///
    /// @param loss     of the batch
    /// @param gradient of that loss
    record BatchReading(double loss, double[] gradient) {}

    /// Where training starts.
    double[] start();

    /// Loss and gradient at x on the batch of a step.
    ///
    /// @param strange whether that batch comes from elsewhere
    BatchReading read(double[] x, long step, boolean strange);

    /// The diagonal of the Hessian where it is all of it; empty otherwise.
    double[] curvature(double[] x);

    /// The largest attention logit at x; NaN for a task without attention.
    double attentionLogit(double[] x);
}
