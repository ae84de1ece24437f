package adamscope.linear;

import java.util.List;

/// One measurement of the largest eigenvalues along a path of operators.
///
/// @param values        the tracked ones, the largest first; fewer than asked for where the space has fewer dimensions
/// @param rival         the largest value known outside them, as last looked at; −∞ if there is nothing else
/// @param rivalResidual of that value
/// @param rivalAge      measurements since it was looked at; 0: in this one
/// @param products      spent on all of it
/// @param effort        why it cost what it cost
public record TrackedSpectrum<V>(
        List<Tracked<V>> values, double rival, double rivalResidual, int rivalAge, int products, Effort effort) {
    public TrackedSpectrum {
        values = List.copyOf(values);
    }

    /// An eigenvalue and what is known of its error.
    ///
    /// @param value     the Ritz value, NaN if a product was not finite
    /// @param vector    of norm 1; null if the value is NaN
    /// @param residual  ‖A·vector − value·vector‖: some eigenvalue lies within it
    /// @param error     residual²/gap where a gap to all other eigenvalues is known, else the residual: the bound of
    /// Kato
    ///                  and Temple, as good as the estimate of the gap
    /// @param converged whether the error is within the tolerance and no rival may be above it
    public record Tracked<V>(double value, V vector, double residual, double error, boolean converged) {}

    /// Why a measurement cost what it cost.
    public enum Effort {
        /// The first one, from a random vector.
        START,
        /// Warm, and nothing happened.
        ROUTINE,
        /// Warm, with a look at the rival because it is due or may have come near.
        RIVAL,
        /// The rival, with its bound, reached the tracked values to within the tolerance: both were refined until
        /// either
        /// it was clear which is larger or it no longer mattered.
        CROSSING,
        /// The value moved far more than it usually does, as at a spike: everything was looked at again.
        JUMP,
        /// The budget of products ended it.
        EXHAUSTED
    }

    /// The largest eigenvalue.
    public Tracked<V> top() {
        return values.getFirst();
    }
}
