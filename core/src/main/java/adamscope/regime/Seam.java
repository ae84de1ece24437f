package adamscope.regime;

/// A place at which a run did not simply go on: it was resumed from a checkpoint.
///
/// @param step first step after it
/// @param left last step that was logged before it; larger than or equal to `step` if steps were run again
/// @param said how the log shows it, a phrase for a reader: "the steps go back from 6010 to 5001"
public record Seam(long step, long left, String said) {
    /// Whether steps were run again.
    public boolean rewinds() {
        return left >= step;
    }
}
