package adamscope.rule;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.ReductionKind;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.formula.Rewriting;
import adamscope.optimizer.Statement;
import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The lines of a rule as one graph: each value once, arguments before what uses them, equal operations on equal values
/// merged. What depends on hyper-parameters, powers and `t` alone is a number of the host; the rest are tensors.
///
/// @param nodes the values; a value is named by its position
/// @param names the value that each name has after the last line
record RuleGraph(List<Vertex> nodes, Map<String, Integer> names) {

    /// What a value is made by. Operands are given by [Vertex].
    sealed interface TensorOperation {
        /// x, g or a state before the step.
        record Datum(String name) implements TensorOperation {}

        /// A hyper-parameter, a running power or t.
        record Known(String name) implements TensorOperation {}

        /// A number of the text.
        record Literal(double value) implements TensorOperation {}

        /// By coordinate.
        record One(UnaryOperation operation) implements TensorOperation {}

        /// By coordinate.
        record Two(BinaryOperation operation) implements TensorOperation {}

        /// Over coordinates, rows or columns of a block.
        record Over(ReductionKind kind) implements TensorOperation {}
    }

    /// How much of a block's shape a value has; along the other dimensions it is the same number.
    enum Extent {
        HOST,
        NUMBER,
        ROWS,
        COLUMNS,
        FULL;

        Extent with(Extent other) {
            boolean grows = ordinal() < other.ordinal();
            Extent small = grows ? this : other;
            Extent large = grows ? other : this;
            return small == ROWS && large == COLUMNS ? FULL : large;
        }
    }

    /// One value; `left` and `right` are −1 where there is no operand.
    record Vertex(TensorOperation operation, int left, int right, Extent extent) {}

    /// Whether lines take a sum, a mean or a norm over a block.
    static boolean reduces(List<Statement> lines) {
        boolean[] found = new boolean[1];
        for (Statement line : lines) {
            Rewriting.rewrite(line.expression(), node -> {
                found[0] |= node instanceof Reduction;
                return null;
            });
        }
        return found[0];
    }

    /// The graph of some lines.
    ///
    /// @param tensors names of x, g and the states
    /// @param block   the block it is for: only its number of dimensions and its name in errors count
    static RuleGraph of(List<Statement> statements, Set<String> tensors, Block block) {
        Building building = new Building(tensors, block);
        statements.forEach(building::add);
        return new RuleGraph(List.copyOf(building.nodes), Map.copyOf(building.names));
    }

    private static final class Building {
        private final List<Vertex> nodes = new ArrayList<>();
        private final Map<Vertex, Integer> positions = new HashMap<>();
        private final Map<String, Integer> names = new HashMap<>();
        private final Block block;

        Building(Set<String> tensors, Block block) {
            this.block = block;
            tensors.forEach(name -> names.put(name, position(new TensorOperation.Datum(name), -1, -1, Extent.FULL)));
        }

        void add(Statement statement) {
            names.put(statement.name(), walk(statement.expression(), new IdentityHashMap<>()));
        }

        private int walk(Expression e, Map<Expression, Integer> known) {
            Integer done = known.get(e);
            if (done == null) {
                done = switch (e) {
                    case Constant(double value) -> position(new TensorOperation.Literal(value), -1, -1, Extent.HOST);
                    case Symbol(String name) ->
                        names.containsKey(name)
                                ? names.get(name)
                                : position(new TensorOperation.Known(name), -1, -1, Extent.HOST);
                    case Unary(var operation, var a) -> {
                        int left = walk(a, known);
                        yield position(new TensorOperation.One(operation), left, -1, extent(left));
                    }
                    case Binary(var operation, var a, var b) -> {
                        int left = walk(a, known);
                        int right = walk(b, known);
                        yield position(
                                new TensorOperation.Two(operation),
                                left,
                                right,
                                extent(left).with(extent(right)));
                    }
                    case Reduction(var kind, var a) -> reduction(kind, walk(a, known));
                };
                known.put(e, done);
            }
            return done;
        }

        private int reduction(ReductionKind kind, int a) {
            return switch (kind) {
                case NORM, RMS, MEAN, SUM -> position(new TensorOperation.Over(kind), a, -1, Extent.NUMBER);
                case ROW_MEAN -> block.isMatrix() ? position(new TensorOperation.Over(kind), a, -1, Extent.ROWS) : a;
                case COLUMN_MEAN ->
                    block.isMatrix() ? position(new TensorOperation.Over(kind), a, -1, Extent.COLUMNS) : a;
                case ORTHOGONALIZE -> {
                    if (!block.isMatrix()) {
                        throw new IllegalArgumentException("orthogonalize needs a matrix, but " + block.name()
                                + " is a vector; bias: false in the model leaves biases out");
                    }
                    yield position(new TensorOperation.Over(kind), a, -1, Extent.FULL);
                }
            };
        }

        private Extent extent(int node) {
            return nodes.get(node).extent();
        }

        private int position(TensorOperation operation, int left, int right, Extent extent) {
            return positions.computeIfAbsent(new Vertex(operation, left, right, extent), node -> {
                nodes.add(node);
                return nodes.size() - 1;
            });
        }
    }
}
