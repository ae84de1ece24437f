package adamscope.linear;

import java.util.List;

/// Approximate eigenpairs at both ends of a spectrum.
///
/// Each list has as many pairs as were asked for, or as the space has dimensions; each pair says whether it converged.
///
/// @param top         the algebraically largest, the largest first
/// @param bottom      the algebraically smallest, the smallest first
/// @param products    products with the operator, those of the certificate included
/// @param certificate against a larger value that was missed; null if none was asked for
public record Eigenpairs<V>(List<Eigenpair<V>> top, List<Eigenpair<V>> bottom, int products, Certificate certificate) {
    public Eigenpairs {
        top = List.copyOf(top);
        bottom = List.copyOf(bottom);
    }

    /// Whether every pair converged.
    public boolean converged() {
        return top.stream().allMatch(Eigenpair::converged) && bottom.stream().allMatch(Eigenpair::converged);
    }
}
