package adamscope.kernel;

/// Runs in progress, one a lane, advanced together by the same program.
///
/// An observable is read before each step: it sees the components before the step and what the step computes. The least
/// magnitude leaves NaN out; the greatest magnitude of a quotient a/b leaves 0/0 and NaN out and is infinite where b =
/// 0.
public interface Lanes {

    /// Runs steps `firstStep`, `firstStep + 1`, …
    void advance(long firstStep, int steps);

    /// What was recorded so far; the next [#advance] or the next reading may overwrite it.
    Magnitudes recorded(Record record);

    /// Begins a new window: the greatest loss and slope start anew.
    void nextWindow();

    /// Drops all lanes but these; what remains is numbered in this order.
    void keep(int[] kept);

    /// The component's value now, with its sign. It stands when the component is asked for the next time, so that the
    /// two can be compared, and may be overwritten the time after that.
    Magnitudes component(int index);

    /// What is recorded of the observables of the program: of the loss, of the slope if there is one, of the coupling
    /// if there is one.
    enum Record {
        /// Least |loss|, over all steps.
        LEAST_LOSS,
        /// Greatest |loss|, over the steps of the window; NaN if any is.
        GREATEST_LOSS,
        /// Greatest squared norm of the gradient, over the steps of the window; NaN if any is.
        GREATEST_SLOPE,
        /// Greatest coupling ratio, over all steps.
        GREATEST_COUPLING,
        /// Coupling ratio at the last step.
        LAST_COUPLING
    }
}
