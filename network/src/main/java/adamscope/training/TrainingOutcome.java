package adamscope.training;

/// How a training ended.
public sealed interface TrainingOutcome {

    /// The last step that was made.
    int step();

    /// Every step was made.
    record Completed(int step) implements TrainingOutcome {}

    /// The loss after this step is infinite or no number.
    record Diverged(int step) implements TrainingOutcome {}

    /// The observer asked to stop.
    record Stopped(int step) implements TrainingOutcome {}
}
