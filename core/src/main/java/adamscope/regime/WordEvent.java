package adamscope.regime;

/// An event that a log tells in words.
///
/// @param step of the row before the words, or the step that they name; -1 before the first row
/// @param line what stands in the log, shortened
public record WordEvent(long step, Kind kind, String line) {
    /// What the words mean.
    public enum Kind {
        /// A gradient or loss left the range of the number format.
        OVERFLOW,
        /// A step of the optimizer was left out.
        SKIPPED_STEP,
        /// The factor on the loss changed.
        LOSS_SCALE,
        /// Something was NaN or infinite.
        NOT_A_NUMBER,
        /// A checkpoint was read.
        LOADED_CHECKPOINT,
        /// A checkpoint was written.
        SAVED_CHECKPOINT,
        /// The run was ended because it had diverged.
        DIVERGED
    }
}
