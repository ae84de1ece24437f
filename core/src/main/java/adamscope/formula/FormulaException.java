package adamscope.formula;

/// A text that is not a formula: where it is wrong, what stands there and what is allowed.
public final class FormulaException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String problem;

    /// A fault of `source` at a line (from 1) and a column (from 1).
    public FormulaException(String source, int line, int column, String problem) {
        super(source + ":" + line + ":" + column + ": " + problem);
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /// The line, from 1.
    public int line() {
        return line;
    }

    /// The column, from 1.
    public int column() {
        return column;
    }

    /// What is wrong there, without the place.
    public String problem() {
        return problem;
    }
}
