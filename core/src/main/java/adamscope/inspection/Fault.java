package adamscope.inspection;

import adamscope.diagnosis.Inequality;
import java.util.OptionalLong;

/// One thing that is wrong with one tensor, or with all of them.
///
/// @param parameter   whose tensor it is; `all parameters` where it is about the whole
/// @param tensor      the role, such as `v`; empty where it is about the parameter as such
/// @param inequality  what it rests on; its sides stand as the fault needs
/// @param coordinates in how many it holds
/// @param of          so many coordinates
/// @param at          the first of them, or the worst
/// @param says        what follows from it, as a sentence
public record Fault(
        FaultKind kind,
        String parameter,
        String tensor,
        Inequality inequality,
        long coordinates,
        long of,
        OptionalLong at,
        String says) {
    /// Stands for the whole checkpoint.
    public static final String ALL = "all parameters";

    public Fault {
        if (!inequality.holds()) {
            throw new IllegalArgumentException(kind + " of " + parameter + " does not hold: " + inequality.text());
        }
    }

    /// `v of 0.weight`, `0.weight`.
    public String subject() {
        return tensor.isEmpty() ? parameter : tensor + " of " + parameter;
    }

    /// The share of coordinates.
    public double share() {
        return of == 0 ? 1 : (double) coordinates / of;
    }
}
