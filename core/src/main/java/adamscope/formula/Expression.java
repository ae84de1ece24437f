package adamscope.formula;

/// A formula as data: a rooted graph of operations over named quantities.
///
/// Nodes are shared, so a graph is walked by identity; `hashCode` of a deep graph is never taken.
/// Parsing keeps the order of operations as written: every evaluator then rounds alike.
public sealed interface Expression {

    /// A number, as the nearest double of its decimal text.
    record Constant(double value) implements Expression {}

    /// A named quantity: a hyper-parameter, a state, a variable, the gradient `g` or the step `t`.
    record Symbol(String name) implements Expression {}

    /// An operation on one argument, by coordinate.
    record Unary(UnaryOperation operation, Expression argument) implements Expression {}

    /// An operation on two arguments, by coordinate.
    record Binary(BinaryOperation operation, Expression left, Expression right) implements Expression {}

    /// An operation over all coordinates, or over the rows or columns of a matrix.
    record Reduction(ReductionKind kind, Expression argument) implements Expression {}

    /// Operations on one argument.
    enum UnaryOperation {
        NEGATE("-", "the opposite"),
        SQRT("sqrt", "square root"),
        ABS("abs", "magnitude"),
        SIGN("sign", "1, 0 or -1; its derivative counts as 0"),
        EXP("exp", "e to this power"),
        LOG("log", "natural logarithm"),
        SIN("sin", "sine, of radians"),
        COS("cos", "cosine, of radians"),
        TANH("tanh", "hyperbolic tangent");

        private final String word;
        private final String meaning;

        UnaryOperation(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        /// How the operation is written in a formula.
        public String word() {
            return word;
        }

        /// What it gives, for the reference of the language.
        public String meaning() {
            return meaning;
        }
    }

    /// Operations on two arguments.
    enum BinaryOperation {
        ADD("+", "sum"),
        SUBTRACT("-", "difference"),
        MULTIPLY("*", "product, by coordinate"),
        DIVIDE("/", "quotient, by coordinate"),
        POWER("^", "power; a^b^c is a^(b^c), -a^2 is -(a^2)"),
        MIN("min", "the smaller of two"),
        MAX("max", "the larger of two");

        private final String word;
        private final String meaning;

        BinaryOperation(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        /// How the operation is written in a formula.
        public String word() {
            return word;
        }

        /// What it gives, for the reference of the language.
        public String meaning() {
            return meaning;
        }
    }

    /// Operations over many coordinates. The result has the shape of the argument: the number is repeated.
    enum ReductionKind {
        NORM("norm", "Euclidean norm √Σaᵢ²; of one number |a|"),
        RMS("rms", "root mean square √(Σaᵢ²/n); of one number |a|"),
        MEAN("mean", "mean of all coordinates"),
        SUM("sum", "sum of all coordinates"),
        ROW_MEAN("rowmean", "mean of each row of a matrix; a vector stays as it is"),
        COLUMN_MEAN("colmean", "mean of each column of a matrix; a vector stays as it is"),
        ORTHOGONALIZE(
                "orthogonalize",
                "the nearest matrix with orthonormal rows or columns, U·Vᵀ of a = U·S·Vᵀ; matrices only");

        private final String word;
        private final String meaning;

        ReductionKind(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        /// How the operation is written in a formula.
        public String word() {
            return word;
        }

        /// What it gives, for the reference of the language.
        public String meaning() {
            return meaning;
        }
    }

    /// The number zero.
    Constant ZERO = new Constant(0);

    /// The number one.
    Constant ONE = new Constant(1);
}
