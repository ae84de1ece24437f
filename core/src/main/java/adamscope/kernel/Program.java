package adamscope.kernel;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.formula.Expression.UnaryOperation;
import adamscope.formula.Powers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Formulas as straight-line code: each value computed once, in an order in which arguments come first.
///
/// Compilation keeps every rounding: only equal operations on equal arguments are merged, a division by a power of two
/// becomes the exact multiplication by its inverse, and a + 0 becomes a.
///
/// @param values  the operations; a value is named by its position
/// @param results the values asked for, in the order in which the formulas were given
public record Program(List<Instruction> values, int[] results) {

    /// One operation, or one input.
    public sealed interface Instruction {
        /// A number known now.
        record Literal(double number) implements Instruction {}

        /// An input of the program, by its name.
        record Input(String name) implements Instruction {}

        /// An operation on an earlier value.
        record One(UnaryOperation operation, int a) implements Instruction {}

        /// An operation on two earlier values.
        record Two(BinaryOperation operation, int a, int b) implements Instruction {}
    }

    /// Compiles formulas together, so that common parts are computed once; integer powers become products.
    public static Program of(List<Expression> formulas) {
        return ofOperations(formulas.stream().map(Powers::writtenOut).toList());
    }

    /// The same with powers as they are.
    static Program ofOperations(List<Expression> formulas) {
        Compilation compilation = new Compilation();
        int[] results = formulas.stream().mapToInt(compilation::walk).toArray();
        return new Program(List.copyOf(compilation.values), results);
    }

    /// For each value, whether it depends on none of the `changing` inputs: then it may be computed once per run.
    public boolean[] invariant(java.util.function.Predicate<String> changing) {
        boolean[] invariant = new boolean[values.size()];
        for (int i = 0; i < invariant.length; i++) {
            invariant[i] = switch (values.get(i)) {
                case Instruction.Literal _ -> true;
                case Instruction.Input(String name) -> !changing.test(name);
                case Instruction.One(var _, int a) -> invariant[a];
                case Instruction.Two(var _, int a, int b) -> invariant[a] && invariant[b];
            };
        }
        return invariant;
    }

    private static final class Compilation {
        private final List<Instruction> values = new ArrayList<>();
        private final Map<Instruction, Integer> positions = new HashMap<>();
        private final Map<Expression, Integer> known = new IdentityHashMap<>();

        int walk(Expression e) {
            Integer done = known.get(e);
            if (done == null) {
                done = position(
                        switch (e) {
                            case Constant(double number) -> new Instruction.Literal(number);
                            case Symbol(String name) -> new Instruction.Input(name);
                            case Unary(var operation, var a) -> new Instruction.One(operation, walk(a));
                            case Binary(var operation, var a, var b) -> binary(operation, a, b);
                            case Reduction(var kind, var _) ->
                                throw new IllegalStateException(kind.word() + " must be written out by coordinates");
                        });
                known.put(e, done);
            }
            return done;
        }

        private Instruction binary(BinaryOperation operation, Expression a, Expression b) {
            if (operation == BinaryOperation.DIVIDE && b instanceof Constant(double c) && isPowerOfTwo(c)) {
                int left = walk(a);
                return new Instruction.Two(BinaryOperation.MULTIPLY, left, position(new Instruction.Literal(1 / c)));
            }
            int left = walk(a);
            return new Instruction.Two(operation, left, walk(b));
        }

        private int position(Instruction value) {
            Integer at = positions.get(value);
            if (at == null) {
                at = values.size();
                values.add(value);
                positions.put(value, at);
            }
            return at;
        }

        private static boolean isPowerOfTwo(double c) {
            return c > 0x1p-1000 && c < 0x1p1000 && Math.scalb(1.0, Math.getExponent(c)) == c;
        }
    }
}
