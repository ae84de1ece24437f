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
        NEGATE("-"),
        SQRT("sqrt"),
        ABS("abs"),
        SIGN("sign"),
        EXP("exp"),
        LOG("log"),
        SIN("sin"),
        COS("cos"),
        TANH("tanh");

        private final String word;

        UnaryOperation(String word) {
            this.word = word;
        }

        /// How the operation is written in a formula.
        public String word() {
            return word;
        }
    }

    /// Operations on two arguments.
    enum BinaryOperation {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        POWER("^"),
        MIN("min"),
        MAX("max");

        private final String word;

        BinaryOperation(String word) {
            this.word = word;
        }

        /// How the operation is written in a formula.
        public String word() {
            return word;
        }
    }

    /// Operations over many coordinates. The result has the shape of the argument: the number is repeated.
    enum ReductionKind {
        /// Euclidean norm √Σaᵢ²; on a scalar, |a|.
        NORM("norm"),
        /// Root mean square √(Σaᵢ²/n); on a scalar, |a|.
        RMS("rms"),
        /// Mean of all coordinates; on a scalar, a.
        MEAN("mean"),
        /// Sum of all coordinates; on a scalar, a.
        SUM("sum"),
        /// Mean of each row of a matrix; on a vector or scalar, a itself.
        ROW_MEAN("rowmean"),
        /// Mean of each column of a matrix; on a vector or scalar, a itself.
        COLUMN_MEAN("colmean"),
        /// The nearest matrix with orthonormal rows or columns, U·Vᵀ of a = U·S·Vᵀ; matrices only.
        ORTHOGONALIZE("orthogonalize");

        private final String word;

        ReductionKind(String word) {
            this.word = word;
        }

        /// How the operation is written in a formula.
        public String word() {
            return word;
        }
    }

    /// The number zero.
    Constant ZERO = new Constant(0);

    /// The number one.
    Constant ONE = new Constant(1);
}
