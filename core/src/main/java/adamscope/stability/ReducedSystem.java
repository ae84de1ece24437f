package adamscope.stability;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Expression;
import adamscope.formula.Expression.Symbol;
import adamscope.formula.Folding;
import adamscope.formula.PlainText;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A rule on c·|x|^k in variables without scale, derived from its formulas: convergence to x = 0 is a fixed point here.
///
/// Each state s is divided by the power of x that it follows ([ScaleSymmetry]); the one that decouples becomes
/// w = η·(s/|x|^a)^p, the step per unit of what drives it. For Adam, m becomes m/x^(k−1) and v becomes w = ηx^(k−2)/√v,
/// with the averages before the step [theory of paper 1, convention C; its w has the v after the step and is 1/√β₂
/// times this one]. For gradient descent with a growing rate s, w = ηs·x^(k−2) and the system is the map
/// w ← γw(1−w)^(k−2) of Eq. 18.
///
/// As x → 0 these variables no longer feel x: [#limit()] is that system, and x ← ratio·x beside it. [#exact()] holds at
/// every x and has x as its last component. Bias corrections and other running powers have died out.
///
/// @param limit   components: the normalised states; observables `ratio` = x(t+1)/x(t) and `relativeStep` = 1 − ratio;
///                parameters: the hyper-parameters and `degree`, the k
/// @param exact   the same at any x
/// @param pinned  the limit with the ratio that normalises the states given as the parameter `ratio`
/// @param q       w(t+1)/w(t) ~ |ratio|^q, as (constant, factor of k); empty where no state decouples
/// @param meaning what each component is, in terms of the rule, such as `m/x^(k - 1)`
public record ReducedSystem(
        OptimizerRule rule,
        Recurrence limit,
        Recurrence exact,
        Recurrence pinned,
        List<Double> q,
        Map<String, String> meaning) {
    /// The parameter k of the limit and the exact system.
    public static final String DEGREE = "degree";

    /// The component w.
    public static final String STEP = "w";

    /// The observable x(t+1)/x(t).
    public static final String RATIO = "ratio";

    /// The observable 1 − x(t+1)/x(t).
    public static final String RELATIVE_STEP = "relativeStep";

    /// The system.
    ///
    /// @param fixed hyper-parameters that keep one value; zeros among them are put into the formulas, exponents must be
    ///              here
    /// @param law   decides which terms lead as x → 0; the system itself keeps k as a parameter
    /// @throws SymmetryException if the rule has no such system; the message says why
    public static ReducedSystem of(OptimizerRule rule, Map<String, Double> fixed, PowerLaw law) {
        try {
            return derived(rule, fixed, law);
        } catch (SymmetryException e) {
            throw new SymmetryException(e.getMessage() + hint(rule, fixed, law));
        }
    }

    /// The hyper-parameter that stands in the way, if one does.
    private static String hint(OptimizerRule rule, Map<String, Double> fixed, PowerLaw law) {
        for (String name : fixed.keySet()) {
            if (fixed.get(name) != 0 && rule.hyper(name).domain().contains(0)) {
                Map<String, Double> without = new TreeMap<>(fixed);
                without.put(name, 0.0);
                try {
                    derived(rule, without, law);
                    return "; it has one with " + name + " = 0, here " + name + " = "
                            + new PlainText().number(fixed.get(name));
                } catch (SymmetryException _) {
                    continue;
                }
            }
        }
        return "";
    }

    private static ReducedSystem derived(OptimizerRule rule, Map<String, Double> fixed, PowerLaw law) {
        Map<String, Expression> next = longRun(rule, fixed);
        List<String> states = next.keySet().stream()
                .filter(n -> !n.equals(OptimizerRule.PARAMETER))
                .toList();
        ScaleSymmetry symmetry = ScaleSymmetry.of(rule.name(), states, next, fixed, law.degree());
        Normalisation normal = new Normalisation(rule, symmetry, law, fixed);
        return new ReducedSystem(
                rule,
                normal.recurrence(next, Normalisation.Entrance.LIMIT),
                normal.recurrence(next, Normalisation.Entrance.EXACT),
                normal.recurrence(next, Normalisation.Entrance.PINNED),
                Arrays.stream(normal.shrinking()).boxed().toList(),
                normal.meaning());
    }

    /// Next values of x and the states, with the gradient as the symbol `g`, running powers at 0 and zeros put in.
    private static Map<String, Expression> longRun(OptimizerRule rule, Map<String, Double> fixed) {
        FormulaObjective any = new FormulaObjective(
                "|x|^k",
                List.of(OptimizerRule.PARAMETER),
                Expression.ZERO,
                List.of(new Symbol(OptimizerRule.GRADIENT)));
        Recurrence map = LongRun.of(ClosedMap.of(rule, any, ClosedMap.Start.ZERO), rule.name());
        Map<String, Double> zeros = new LinkedHashMap<>(fixed);
        zeros.values().removeIf(value -> value != 0);
        var folding = Folding.shared(zeros);
        Map<String, Expression> next = new LinkedHashMap<>();
        for (Component component : map.components()) {
            next.put(component.name(), folding.apply(component.next()));
        }
        return next;
    }
}
