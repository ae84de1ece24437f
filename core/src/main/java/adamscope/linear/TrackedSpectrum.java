package adamscope.linear;

import adamscope.linear.LinearOperator.Uncertainty;
import java.util.List;
import java.util.Locale;

/// One measurement of the largest eigenvalues along a path of operators.
///
/// @param values    the tracked ones, the largest first; fewer than asked for where the space has fewer dimensions
/// @param rival     a bound on the largest eigenvalue known outside them; NaN if none is near
/// @param certified whether a fresh random vector of this measurement bounds all the others
/// @param products  spent on all of it
/// @param effort    why it cost what it cost
public record TrackedSpectrum<V>(
        List<Tracked<V>> values, double rival, boolean certified, int products, TrackingEffort effort) {
    public TrackedSpectrum {
        values = List.copyOf(values);
    }

    /// An eigenvalue and what is known of its error.
    ///
    /// @param value    the middle between the Ritz value, below which the eigenvalue cannot lie, and the bound above
    /// it;
    ///                 NaN if a product was not finite
    /// @param vector   of norm 1; null if the value is NaN
    /// @param residual ‖A·vector − value·vector‖, rounding included: some eigenvalue lies within it
    /// @param error    half the distance of the two bounds, rounding and inexact products included
    /// @param standing what stands behind it
    public record Tracked<V>(double value, V vector, double residual, double error, Standing standing) {
        /// Whether the error is within the tolerance.
        public boolean converged() {
            return standing != Standing.OPEN;
        }

        Tracked<V> with(V found) {
            return new Tracked<>(value, found, residual, error, standing);
        }

        /// With the error of products that are less exact than was supposed: residual²/gap and the value itself.
        private Tracked<V> widened(Uncertainty supposed, Uncertainty measured, double tolerance) {
            double size = Math.abs(value);
            double more = Math.max(0, measured.product() - supposed.product()) * size;
            double further = Math.max(0, measured.quotient() - supposed.quotient()) * size;
            double ratio = residual > 0 ? 1 + more / residual : 1;
            double wider = error * ratio * ratio + further;
            return new Tracked<>(
                    value, vector, residual + more, wider, wider > tolerance * size ? Standing.OPEN : standing);
        }

        private Tracked<V> certain() {
            return new Tracked<>(value, vector, residual, error, Standing.CERTIFIED);
        }
    }

    /// What stands behind a value and its error.
    public enum Standing {
        /// Nothing: the error is wider than the tolerance.
        OPEN,
        /// The certificate of an earlier measurement, and the supposition that nothing unseen has risen faster since
        /// than the tracker allows for.
        PROBABLE,
        /// A fresh random vector of this measurement: the error is wrong with a probability of at most
        /// [EigenTracker#MISS], whatever the operator and its past.
        CERTIFIED;

        /// In tables and on pages; tables hold its number.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Why a measurement cost what it cost.
    public enum TrackingEffort {
        /// The first one, from random vectors.
        START,
        /// Warm, and nothing happened.
        ROUTINE,
        /// Warm, and a rival was multiplied because its bound had come near.
        RIVAL,
        /// Another eigenvector has taken the lead.
        CROSSING,
        /// The value moved far, as at a spike: a certificate.
        JUMP,
        /// The budget of products ended it.
        EXHAUSTED,
        /// What the last certificate said of the others was used up, or proved wrong: another one.
        CERTIFICATE
    }

    /// The same, where the measurement `first` of the same operator had gone before: with its certificate and its cost.
    public TrackedSpectrum<V> after(TrackedSpectrum<V> first) {
        List<Tracked<V>> joined = values.stream()
                .map(value -> first.certified && value.converged() ? value.certain() : value)
                .toList();
        return new TrackedSpectrum<>(
                joined, rival, certified || first.certified, products + first.products, first.effort);
    }

    /// The same, when the products prove to have been less exact than was supposed.
    ///
    /// @param tolerance of the errors, relative
    public TrackedSpectrum<V> widened(Uncertainty supposed, Uncertainty measured, double tolerance) {
        List<Tracked<V>> wider = values.stream()
                .map(value -> value.converged() ? value.widened(supposed, measured, tolerance) : value)
                .toList();
        return new TrackedSpectrum<>(wider, rival, certified, products, effort);
    }

    /// The largest eigenvalue.
    public Tracked<V> top() {
        return values.getFirst();
    }
}
