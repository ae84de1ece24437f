package adamscope.flow;

import adamscope.formula.PlainText;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A differential equation that an optimizer follows as its learning rate η → 0; time is ηt, t in steps.
///
/// All but two are limits of a rule's own text, see [RuleLimit].
public sealed interface Flow {

    /// The word for it on the command line and in columns.
    default String word() {
        return switch (this) {
            case Gradient _ -> "gradient";
            case Exponential _ -> "exponential";
            case HeavyBall _ -> "heavy-ball";
            case Rmsprop _ -> "rmsprop";
            case Adam _ -> "adam";
            case Sign _ -> "sign";
            case SmoothedSign _ -> "smoothed-sign";
            case Limit _ -> "limit";
        };
    }

    /// The rule whose limit it is, with its rates; empty for the two sign flows.
    default Optional<Limit> limit() {
        return switch (this) {
            case Gradient _ -> Optional.of(shipped("gd", Map.of(), Map.of()));
            case Exponential(double growth) ->
                Optional.of(shipped("gd-exponential", Map.of("factor", -growth), Map.of()));
            case HeavyBall(double b) -> Optional.of(shipped("heavy-ball-ema", Map.of("beta1", b), Map.of()));
            case Rmsprop(double a, double eps) ->
                Optional.of(shipped("rmsprop", Map.of("beta2", a), Map.of("eps", eps)));
            case Adam(double a, double b, double eps, boolean biasCorrection) ->
                Optional.of(shipped(
                        biasCorrection ? "adam" : "adam-uncorrected",
                        Map.of("beta1", b, "beta2", a),
                        Map.of("eps", eps)));
            case Limit limit -> Optional.of(limit);
            case Sign _, SmoothedSign _ -> Optional.empty();
        };
    }

    /// x' = −g.
    record Gradient() implements Flow {}

    /// x' = −e^(growth·time)·g: gradient descent whose learning rate is multiplied by 1 + growth·η each step.
    record Exponential(double growth) implements Flow {
        public Exponential {
            if (!Double.isFinite(growth)) {
                throw new IllegalArgumentException(
                        "growth = " + new PlainText().number(growth) + " is not a finite number");
            }
        }
    }

    /// m' = b(g − m), x' = −m: momentum as an average of gradients, so x'' + b·x' + b·g = 0.
    record HeavyBall(double b) implements Flow {
        public HeavyBall {
            requirePositive("b", b);
        }
    }

    /// v' = a(g² − v), x' = −g/(√v + ε). [Ma, Wu & E, section 2]
    record Rmsprop(double a, double eps) implements Flow {
        public Rmsprop {
            requirePositive("a", a);
            requireNotNegative("eps", eps);
        }
    }

    /// m' = b(g − m), v' = a(g² − v), x' = −m̂/(√v̂ + ε); with bias correction m̂ = m/(1 − e^(−b·time)) and
    /// v̂ = v/(1 − e^(−a·time)), without m̂ = m and v̂ = v. [Ma, Wu & E, section 2]
    record Adam(double a, double b, double eps, boolean biasCorrection) implements Flow {
        public Adam {
            requirePositive("a", a);
            requirePositive("b", b);
            requireNotNegative("eps", eps);
        }
    }

    /// x' = −sign(g), each coordinate by itself; where a surface gᵢ = 0 attracts from both sides the solution slides
    /// along it. The limit of RMSProp and Adam at fixed β₁, β₂ and ε → 0. [Ma, Wu & E, Eq. 4]
    record Sign() implements Flow {}

    /// x' = −g/(|g| + ε), the limit of RMSProp and Adam at fixed β₁, β₂. [Ma, Wu & E, Eq. 4]
    record SmoothedSign(double eps) implements Flow {
        public SmoothedSign {
            requirePositive("eps", eps);
        }
    }

    /// The limit of any rule that has one.
    ///
    /// @param rates rate of each decay of the rule's averages, β = 1 − rate·η, by the name of the hyper-parameter
    /// @param fixed the other hyper-parameters apart from `lr`
    record Limit(OptimizerRule rule, Map<String, Double> rates, Map<String, Double> fixed) implements Flow {
        public Limit {
            rates = Collections.unmodifiableMap(new LinkedHashMap<>(rates));
            fixed = Collections.unmodifiableMap(new LinkedHashMap<>(fixed));
        }

        /// The limit along which these hyper-parameters lie: rate = (1 − β)/η for each decay.
        public static Limit of(OptimizerRule rule, Map<String, Double> values) {
            return RuleLimit.through(rule, values);
        }

        /// The hyper-parameters of the iteration at a learning rate: β = 1 − rate·η for each decay.
        ///
        /// @throws IllegalArgumentException if a decay would leave its domain
        public Map<String, Double> values(double lr) {
            Map<String, Double> values = new LinkedHashMap<>(fixed);
            rates.forEach((name, rate) -> values.put(name, MemoryRates.factor(name, rate, lr)));
            values.put("lr", lr);
            return rule.values(values);
        }
    }

    private static Limit shipped(String rule, Map<String, Double> rates, Map<String, Double> fixed) {
        return new Limit(Catalogue.shipped(rule), rates, fixed);
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " = " + new PlainText().number(value) + " is outside (0, inf)");
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " = " + new PlainText().number(value) + " is outside [0, inf)");
        }
    }
}
