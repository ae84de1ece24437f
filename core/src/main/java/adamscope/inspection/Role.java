package adamscope.inspection;

/// What a tensor is to its parameter.
public enum Role {
    /// The parameter itself.
    WEIGHTS("θ"),
    /// The average gradient, or the momentum.
    FIRST("m"),
    /// The average squared gradient.
    SECOND("v"),
    /// The largest average squared gradient so far (AMSGrad).
    LARGEST("vmax"),
    /// The average gradient with the decay of v (centered RMSprop).
    CENTRE("mean gradient"),
    /// Past steps, where the rule scales before it averages (RMSprop with momentum).
    STEPS("momentum");

    private final String symbol;

    Role(String symbol) {
        this.symbol = symbol;
    }

    /// `v`.
    public String symbol() {
        return symbol;
    }

    /// Whether no average of squares can be negative there.
    boolean isSquare() {
        return this == SECOND || this == LARGEST;
    }
}
