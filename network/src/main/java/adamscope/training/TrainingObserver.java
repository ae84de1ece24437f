package adamscope.training;

/// Watches a training while it runs: progress, or a wish to stop.
@FunctionalInterface
public interface TrainingObserver {

    /// Called after each step with the loss that it reached; false ends the training cleanly.
    boolean goesOn(long step, double loss);
}
