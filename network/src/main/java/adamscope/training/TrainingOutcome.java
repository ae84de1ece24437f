package adamscope.training;

/// How a training ended.
public sealed interface TrainingOutcome {

    /// The last step that was made.
    long step();

    /// Every step was made.
    record Completed(long step) implements TrainingOutcome {}

    /// The loss came down to the wanted one.
    record ReachedLoss(long step) implements TrainingOutcome {}

    /// The loss after this step is infinite, no number, or beyond the bound.
    record Diverged(long step) implements TrainingOutcome {}

    /// The observer asked to stop.
    record Stopped(long step) implements TrainingOutcome {}
}
