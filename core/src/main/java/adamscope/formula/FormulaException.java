package adamscope.formula;

/// A text that is not a formula: where it is wrong, what stands there and what is allowed.
public final class FormulaException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /// A fault of `source` at a line (from 1) and a column (from 1).
    public FormulaException(String source, int line, int column, String problem) {
        super(source + ":" + line + ":" + column + ": " + problem);
    }
}
