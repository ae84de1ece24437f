package adamscope.stability;

/// A rule or an objective lacks the symmetry that was asked for; the message says which and why.
public final class SymmetryException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /// With the reason.
    public SymmetryException(String message) {
        super(message);
    }
}
