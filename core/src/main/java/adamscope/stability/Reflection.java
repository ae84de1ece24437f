package adamscope.stability;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import adamscope.optimizer.OptimizerRule;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// How a rule behaves under x → −x: which of its states change sign with x.
final class Reflection {
    /// Behaviour of a formula when x, g and the odd states change sign.
    private enum Parity {
        EVEN,
        ODD,
        ZERO,
        NEITHER
    }

    private final Set<String> odd;
    private final ToDoubleFunction<Expression> exponents;
    private final Map<Expression, Parity> known = new IdentityHashMap<>();

    private Reflection(Set<String> odd, ToDoubleFunction<Expression> exponents) {
        this.odd = odd;
        this.exponents = exponents;
    }

    /// The states that change sign with x, if the rule has this symmetry at all.
    ///
    /// @param next      the next value of x and of each state
    /// @param exponents values of exponents
    static Optional<Set<String>> oddStates(
            List<String> states, Map<String, Expression> next, ToDoubleFunction<Expression> exponents) {
        for (int choice = 0; choice < 1 << states.size(); choice++) {
            Set<String> odd = new HashSet<>(Set.of(OptimizerRule.PARAMETER, OptimizerRule.GRADIENT));
            for (int i = 0; i < states.size(); i++) {
                if ((choice >> i & 1) == 1) {
                    odd.add(states.get(i));
                }
            }
            Reflection reflection = new Reflection(odd, exponents);
            boolean holds = next.entrySet().stream().allMatch(e -> {
                Parity parity = reflection.of(e.getValue());
                return parity == Parity.ZERO || parity == (odd.contains(e.getKey()) ? Parity.ODD : Parity.EVEN);
            });
            if (holds) {
                odd.retainAll(states);
                return Optional.of(odd);
            }
        }
        return Optional.empty();
    }

    private Parity of(Expression e) {
        Parity done = known.get(e);
        if (done == null) {
            done = switch (e) {
                case Constant(double value) -> value == 0 ? Parity.ZERO : Parity.EVEN;
                case Symbol(String name) -> odd.contains(name) ? Parity.ODD : Parity.EVEN;
                case Unary(var operation, var a) ->
                    switch (operation) {
                        case NEGATE, SIGN, SIN, TANH -> of(a);
                        case ABS, COS -> of(a) == Parity.ODD ? Parity.EVEN : of(a);
                        case SQRT, EXP, LOG -> evenOnly(of(a));
                    };
                case Binary(var operation, var a, var b) -> binary(operation, a, b);
                case Reduction _ -> Parity.NEITHER;
            };
            known.put(e, done);
        }
        return done;
    }

    private Parity binary(BinaryOperation operation, Expression a, Expression b) {
        return switch (operation) {
            case ADD, SUBTRACT ->
                of(a) == Parity.ZERO ? of(b) : of(b) == Parity.ZERO || of(a) == of(b) ? of(a) : Parity.NEITHER;
            case MIN, MAX -> evenOnly(of(a)) == evenOnly(of(b)) ? evenOnly(of(a)) : Parity.NEITHER;
            case MULTIPLY, DIVIDE -> product(of(a), of(b));
            case POWER -> {
                double exponent = exponents.applyAsDouble(b);
                Parity base = of(a);
                boolean whole = exponent == Math.rint(exponent);
                yield base != Parity.ODD
                        ? base
                        : !whole ? Parity.NEITHER : exponent % 2 == 0 ? Parity.EVEN : Parity.ODD;
            }
        };
    }

    private static Parity evenOnly(Parity a) {
        return a == Parity.ODD ? Parity.NEITHER : a == Parity.ZERO ? Parity.EVEN : a;
    }

    private static Parity product(Parity a, Parity b) {
        if (a == Parity.NEITHER || b == Parity.NEITHER) {
            return Parity.NEITHER;
        }
        if (a == Parity.ZERO || b == Parity.ZERO) {
            return Parity.ZERO;
        }
        return a == b ? Parity.EVEN : Parity.ODD;
    }
}
