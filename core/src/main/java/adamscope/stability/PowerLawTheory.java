package adamscope.stability;

import adamscope.formula.Evaluation;
import adamscope.formula.PlainText;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// Adam with ε = 0 on |x|^k/k, k > 2, in normalised variables: the fixed point, its multipliers and the regime.
///
/// With u = m/x^(k-1) and w = ηx^(k-2)/√v (averages before the step) the dynamics decouple from x as x → 0. All
/// formulas depend on β₁, β₂ and k only, not on η. RMSProp is β₁ = 0. Bias correction changes neither regime nor rate.
/// [Adam on degenerate polynomials, Theorems 4.1 and 6.1, Eqs. 8–10; closed forms re-derived.]
public record PowerLawTheory(double degree, double beta1, double beta2) {
    /// What the dynamics do in the long run.
    public enum Regime {
        /// The fixed point is stable: linear convergence.
        I,
        /// The fixed point exists and is unstable: convergence, then spikes.
        II,
        /// There is no fixed point: sign-like oscillation.
        III;

        /// The number with what it means: `I, convergence`.
        public String named() {
            return switch (this) {
                case I -> "I, convergence";
                case II -> "II, fall and spikes";
                case III -> "III, oscillation";
            };
        }
    }

    private static final List<List<Statement>> RULES = Stream.of("adam", "adam-uncorrected", "rmsprop")
            .map(name -> Catalogue.shipped(name).statements())
            .toList();

    public PowerLawTheory {
        if (!(degree > 2) || Double.isInfinite(degree)) {
            throw new IllegalArgumentException("degree = " + new PlainText().number(degree)
                    + " is outside (2, inf): the theory is about degenerate"
                    + " minima; on x^2/2 there is no fixed point");
        }
        if (!(beta1 >= 0 && beta1 < 1)) {
            throw new IllegalArgumentException("beta1 = " + new PlainText().number(beta1) + " is outside [0, 1)");
        }
        if (!(beta2 > 0 && beta2 < 1)) {
            throw new IllegalArgumentException("beta2 = " + new PlainText().number(beta2) + " is outside (0, 1)");
        }
    }

    /// The theory for a rule and its values, if the rule is Adam, with or without bias correction, or RMSProp.
    public static java.util.Optional<PowerLawTheory> of(OptimizerRule rule, Map<String, Double> values, double degree) {
        return appliesTo(rule)
                ? java.util.Optional.of(
                        new PowerLawTheory(degree, values.getOrDefault("beta1", 0.0), values.get("beta2")))
                : java.util.Optional.empty();
    }

    /// The theory of a run, where there is one: of these rules without a floor of the root, on c·|x|^k with k > 2.
    public static java.util.Optional<PowerLawTheory> of(
            OptimizerRule rule, FormulaObjective objective, Map<String, Double> values) {
        OptionalDouble degree = degreeOf(objective);
        return degree.isPresent() && knows(values)
                ? of(rule, values, degree.getAsDouble())
                : java.util.Optional.empty();
    }

    /// Whether these values are ones that the theory is about: no floor of the root, and a memory of squares.
    public static boolean knows(Map<String, Double> values) {
        return values.getOrDefault("eps", 0.0) == 0 && values.getOrDefault("beta2", 0.0) > 0;
    }

    /// Whether the rule is, line by line, one of those the theory is about; its name does not matter.
    public static boolean appliesTo(OptimizerRule rule) {
        return RULES.contains(rule.statements());
    }

    /// The k of an objective c·|x|^k with k > 2, if it is one.
    public static OptionalDouble degreeOf(FormulaObjective objective) {
        if (objective.dimension() != 1) {
            return OptionalDouble.empty();
        }
        double one = lossAt(objective, 1);
        double degree = Math.log(lossAt(objective, 2) / one) / Math.log(2);
        double rounded = Math.rint(degree * 1e6) / 1e6;
        for (double x : new double[] {-1, 0.5, -0.25, 3, 7}) {
            double expected = one * Math.pow(Math.abs(x), rounded);
            if (!(Math.abs(lossAt(objective, x) - expected) <= 1e-11 * expected)) {
                return OptionalDouble.empty();
            }
        }
        return one > 0 && rounded > 2 ? OptionalDouble.of(rounded) : OptionalDouble.empty();
    }

    private static double lossAt(FormulaObjective objective, double x) {
        return Evaluation.value(objective.loss(), _ -> x);
    }

    /// ρ = β₂^(1/(2(k−2))), the factor by which x shrinks each step at the fixed point. [Eq. 10]
    public double rho() {
        return Math.pow(beta2, 1 / (2 * (degree - 2)));
    }

    /// β₁ below which the fixed point exists, β₂^((k−1)/(2(k−2))). [Theorem 4.1 (i)]
    public double existenceBoundary() {
        return Math.pow(beta2, (degree - 1) / (2 * (degree - 2)));
    }

    /// β₁ below which the fixed point does not lose stability by rotation, β₂^(k/(2(k−2))). [Eq. 8]
    public double stabilityBoundary() {
        return Math.pow(beta2, degree / (2 * (degree - 2)));
    }

    /// β₁ above which it does not lose stability by a flip, ρ^(k−1)(k−2−kρ)/(k−(k−2)ρ); negative: never. [Eq. 9]
    public double flipBoundary() {
        double k = degree;
        double rho = rho();
        return Math.pow(rho, k - 1) * (k - 2 - k * rho) / (k - (k - 2) * rho);
    }

    /// β₂ from which on only [#stabilityBoundary()] matters, ((k−2)/k)^(2(k−2)); Theorem 6.1 is about these β₂.
    public double flipFreeBeta2() {
        return Math.pow((degree - 2) / degree, 2 * (degree - 2));
    }

    /// Whether the fixed point exists.
    public boolean exists() {
        return beta1 < existenceBoundary();
    }

    /// Whether both multipliers lie inside the unit circle.
    public boolean stable() {
        return beta1 < stabilityBoundary() && beta1 > flipBoundary();
    }

    /// The regime. [Theorem 6.1]
    public Regime regime() {
        return stable() ? Regime.I : exists() ? Regime.II : Regime.III;
    }

    /// ω* = m/g at the fixed point, with m that holds g: (1−β₁)/(1−β₁ρ^(−(k−1))).
    public double omega() {
        return (1 - beta1) / (1 - beta1 * Math.pow(rho(), 1 - degree));
    }

    /// w* = ηλ* = (1−ρ)/ω*.
    public double w() {
        return (1 - rho()) / omega();
    }

    /// Trace of the Jacobian in (ω, w): 1 + b − (k−2)q + b(k−1)q with q = (1−ρ)/ρ, b = β₁ρ^(−(k−1)).
    public double trace() {
        double q = (1 - rho()) / rho();
        double b = beta1 * Math.pow(rho(), 1 - degree);
        return 1 + b - (degree - 2) * q + b * (degree - 1) * q;
    }

    /// Determinant of the Jacobian in (ω, w): β₁ρ^(−k).
    public double det() {
        return beta1 * Math.pow(rho(), -degree);
    }

    /// Largest magnitude of the two multipliers in (ω, w); the third multiplier, of x itself, is ρ.
    public double spectralRadius() {
        double half = trace() / 2;
        double discriminant = half * half - det();
        return discriminant < 0 ? Math.sqrt(det()) : Math.abs(half) + Math.sqrt(discriminant);
    }

    /// d ln L/dt at the fixed point, k·ln β₂/(2(k−2)).
    public double lossRatePerStep() {
        return degree * Math.log(beta2) / (2 * (degree - 2));
    }
}
