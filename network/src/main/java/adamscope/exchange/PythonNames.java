package adamscope.exchange;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Names of a rule as Python takes them: `β₁` is `β1`, `lambda` is `lambda_`, and no two become the same.
final class PythonNames {
    /// Python's keywords, and what the written files call by name.
    private static final Set<String> TAKEN =
            Set.copyOf(List.of(("False None True and as assert async await break class continue def del elif else"
                + " except finally for from global if import in is lambda nonlocal not or pass raise return try while"
                + " with abs bool dict float int list len max min print property range set str super sum tuple zip"
                + " Exception KeyError Optimizer OverflowError RuntimeError ValueError ZeroDivisionError math torch"
                + " jax jnp optax defaultdict NamedTuple self params param_groups group state foreach maximize closure"
                + " differentiable capturable fused initial_lr update part RULE p loss hyper together tensors"
                + " gradients before count leaf each old new check init step preconditioners tree states tensors parts"
                + " i rms rowmean colmean orthogonalize sign number_exp number_log number_sin number_cos number_max"
                + " number_min number_power number_ratio number_sign number_sqrt")
                    .split(" ")));

    private final Set<String> given = new HashSet<>(TAKEN);

    /// Python's names of all these, in order.
    Map<String, String> of(List<String> names) {
        Map<String, String> found = new LinkedHashMap<>();
        names.forEach(name -> found.put(name, of(name)));
        return found;
    }

    /// A name that was not given out before.
    String of(String name) {
        StringBuilder legal = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKC).codePoints().forEach(point -> {
            boolean first = legal.isEmpty() && point != '_';
            if (first ? Character.isUnicodeIdentifierStart(point) : point < 128 || letterOrDigit(point)) {
                legal.appendCodePoint(isWord(point) ? point : '_');
            } else {
                legal.append("u").append(Integer.toHexString(point));
            }
        });
        // A field of a NamedTuple begins with no underscore, and two mean something else inside a class.
        String free = legal.toString().replaceFirst("^_+", "");
        if (free.isEmpty() || Character.isDigit(free.codePointAt(0))) {
            free = "n" + free;
        }
        while (!given.add(free)) {
            free += "_";
        }
        return free;
    }

    private static boolean letterOrDigit(int point) {
        return Character.isUnicodeIdentifierPart(point) && !Character.isIdentifierIgnorable(point);
    }

    private static boolean isWord(int point) {
        return point == '_' || Character.isLetterOrDigit(point) || point >= 128;
    }
}
