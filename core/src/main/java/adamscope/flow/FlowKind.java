package adamscope.flow;

/// The flows that can stand beside an iteration, with the words for them.
public enum FlowKind {
    /// The limit of the rule itself.
    LIMIT("limit"),
    /// x' = −g.
    GRADIENT("gradient"),
    /// x' = −sign(g), sliding.
    SIGN("sign"),
    /// x' = −g/(|g| + ε) with the rule's ε.
    SMOOTHED_SIGN("smoothed-sign"),
    /// RMSProp flow with the rule's β₂ and ε.
    RMSPROP("rmsprop"),
    /// The central flow of the rule.
    CENTRAL("central");

    private final String word;

    FlowKind(String word) {
        this.word = word;
    }

    /// How it is called on the command line, in files and in columns.
    public String word() {
        return word;
    }
}
