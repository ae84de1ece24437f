package adamscope.formula;

import adamscope.formula.Expression.Binary;
import adamscope.formula.Expression.Constant;
import adamscope.formula.Expression.Reduction;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Expression.Unary;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Walks over formula graphs by identity: replacement of sub-formulas and collection of names.
public final class Rewriting {
    private final Function<Expression, Expression> replacement;
    private final Map<Expression, Expression> known = new IdentityHashMap<>();

    private Rewriting(Function<Expression, Expression> replacement) {
        this.replacement = replacement;
    }

    /// Replaces each node for which `replacement` (asked from the leaves upwards, with arguments already rewritten)
    /// returns something other than null. A node without a changed argument stays the same object.
    public static Expression rewrite(Expression e, Function<Expression, Expression> replacement) {
        return new Rewriting(replacement).walk(e);
    }

    /// A rewriting that remembers what it has met, so that several formulas keep sharing their common parts.
    public static Function<Expression, Expression> shared(Function<Expression, Expression> replacement) {
        return new Rewriting(replacement)::walk;
    }

    /// Replaces names by formulas; names that the map lacks stay.
    public static Expression substitute(Expression e, Map<String, Expression> bindings) {
        return rewrite(e, node -> node instanceof Symbol(String name) ? bindings.get(name) : null);
    }

    /// The names that occur, in order of first occurrence.
    public static Set<String> names(Expression e) {
        Set<String> names = new LinkedHashSet<>();
        rewrite(e, node -> {
            if (node instanceof Symbol(String name)) {
                names.add(name);
            }
            return null;
        });
        return names;
    }

    private Expression walk(Expression e) {
        Expression done = known.get(e);
        if (done == null) {
            Expression inner = switch (e) {
                case Constant _, Symbol _ -> e;
                case Unary(var operation, var a) -> {
                    Expression b = walk(a);
                    yield a == b ? e : new Unary(operation, b);
                }
                case Binary(var operation, var a, var b) -> {
                    Expression c = walk(a);
                    Expression d = walk(b);
                    yield a == c && b == d ? e : new Binary(operation, c, d);
                }
                case Reduction(var kind, var a) -> {
                    Expression b = walk(a);
                    yield a == b ? e : new Reduction(kind, b);
                }
            };
            Expression replaced = replacement.apply(inner);
            done = replaced == null ? inner : replaced;
            known.put(e, done);
        }
        return done;
    }
}
