package adamscope.stability;

import adamscope.formula.PlainText;
import adamscope.linear.Spectrum;
import adamscope.optimizer.OptimizerRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/// The stability threshold of an optimizer with its preconditioner frozen, derived from its rule.
///
/// On L = λx²/2 with the preconditioner held at 1 the rule is a linear map A + λ·b·e₀ᵀ of x and the states that x
/// depends on and that depend on x ([FrozenRule]). Every λ at which an eigenvalue lies on the unit circle is known
/// ([CurvatureCrossings]); between them the rule is stable or not. The threshold is the upper end of the first interval
/// of stability. For a rule with a preconditioner P it bounds the eigenvalues of P⁻¹H, for one without those of H
/// [Cohen et al. 2022, Table 1 and appendix A]. Rules that are linear piece by piece: [PiecewiseGrowth].
public final class Threshold {
    /// A step long after the start.
    public static final double LATE = 1e15;

    /// A radius of 1 is stable; it is known to a few units of rounding.
    private static final double MARGIN = 1e-12;

    private final FrozenRule rule;
    private final double scale;
    private final LinearPieces pieces;
    private final PiecewiseGrowth growth;

    private Threshold(OptimizerRule optimizer, Map<String, Double> chosen, double step) {
        if (!(step >= 1)) {
            throw new IllegalArgumentException("step = " + new PlainText().number(step) + " is outside [1, inf)");
        }
        Map<String, Double> values = optimizer.values(chosen);
        this.rule = new FrozenRule(optimizer, values, step, step == LATE);
        double lr = values.get(optimizer.hyper("lr").name());
        // a power of two, so that what cancels does so exactly
        this.scale = lr > 0 ? Math.scalb(1.0, -Math.getExponent(lr)) : 1;
        this.pieces = LinearPieces.of(rule, scale);
        this.growth = pieces.linear() ? null : new PiecewiseGrowth(rule);
    }

    /// η times the threshold: 38 for Adam at β₁ = 0.9.
    ///
    /// @param chosen hyper-parameters that differ from the default ones
    /// @return empty when no curvature is the first at which the frozen rule becomes unstable: its step does not grow
    ///         with the gradient (sign methods), or it is unstable everywhere; [#stable] tells
    /// @throws IllegalArgumentException if the rule divides by a state without marking it as its preconditioner
    public static OptionalDouble timesLearningRate(OptimizerRule rule, Map<String, Double> chosen) {
        return timesLearningRate(rule, chosen, LATE);
    }

    /// The same at a step, for rules that depend on the step t itself; see [#dependsOnStep].
    public static OptionalDouble timesLearningRate(OptimizerRule rule, Map<String, Double> chosen, double step) {
        double learningRate = rule.values(chosen).get(rule.hyper("lr").name());
        return stable(rule, chosen, step).times(learningRate).threshold();
    }

    /// The threshold itself, in the units of P⁻¹H: 38/η for Adam at β₁ = 0.9.
    public static OptionalDouble curvature(OptimizerRule rule, Map<String, Double> chosen) {
        return stable(rule, chosen, LATE).threshold();
    }

    /// Every interval of curvatures at which the frozen rule is stable at a step, with the running powers and schedules
    /// of that step; at [#LATE] they have died out or settled.
    public static StableCurvatures stable(OptimizerRule rule, Map<String, Double> chosen, double step) {
        return new Threshold(rule, chosen, step).stable();
    }

    /// The factor per step at which the frozen rule grows on a curvature so many times the threshold, and how fast that
    /// factor rises with the curvature just beyond it.
    ///
    /// @param factor spectral radius at `times` the threshold: 1.2 for gradient descent at 1.1 [Cohen et al. 2022,
    ///               Fig. 14]
    /// @param slope  d(spectral radius)/d(curvature/threshold) just above the threshold: 2 for gradient descent
    public record Growth(double times, double factor, double slope) {}

    /// The growth beyond the threshold; empty where there is no threshold.
    ///
    /// @throws IllegalArgumentException if `times` is below 1, where nothing grows
    public static Optional<Growth> growth(OptimizerRule rule, Map<String, Double> chosen, double times) {
        return growth(rule, chosen, times, LATE);
    }

    /// The same at a step.
    public static Optional<Growth> growth(OptimizerRule rule, Map<String, Double> chosen, double times, double step) {
        if (!(times >= 1) || Double.isInfinite(times)) {
            throw new IllegalArgumentException("times = " + new PlainText().number(times) + " is outside [1, inf)");
        }
        Threshold threshold = new Threshold(rule, chosen, step);
        OptionalDouble at = threshold.stable().threshold();
        if (at.isEmpty()) {
            return Optional.empty();
        }
        double lambda = at.getAsDouble();
        // one-sided differences extrapolated twice: the leading root is analytic there, so the error is of order h³
        double[] slopes = new double[3];
        for (int i = 0; i < 3; i++) {
            double h = 4e-6 / (1 << i);
            slopes[i] = (threshold.radius(lambda * (1 + h)) - 1) / h;
        }
        double coarse = 2 * slopes[1] - slopes[0];
        double fine = 2 * slopes[2] - slopes[1];
        return Optional.of(new Growth(times, threshold.radius(lambda * times), (4 * fine - coarse) / 3));
    }

    /// The multipliers of the frozen rule at curvatures: the eigenvalues of its linear map there.
    ///
    /// @throws IllegalArgumentException if the rule is linear only piece by piece: eigenvalues do not tell its growth
    public static List<Multipliers> multipliers(OptimizerRule rule, Map<String, Double> chosen, double... curvatures) {
        Threshold threshold = new Threshold(rule, chosen, LATE);
        if (threshold.growth != null) {
            throw new IllegalArgumentException(
                    rule.name() + " is linear only piece by piece: its growth is not that of eigenvalues");
        }
        return Arrays.stream(curvatures)
                .mapToObj(curvature ->
                        Multipliers.of(threshold.pieces.all().getFirst().at(curvature)))
                .toList();
    }

    /// Whether the frozen rule depends on the step t other than through powers βᵗ, as with lr/(1 + t)^p: then its
    /// threshold changes from step to step.
    public static boolean dependsOnStep(OptimizerRule rule, Map<String, Double> chosen) {
        Map<String, Double> values = rule.values(chosen);
        FrozenRule late = new FrozenRule(rule, values, LATE, true);
        FrozenRule early = new FrozenRule(rule, values, 1, true);
        double curvature = 1 / values.get("lr");
        FrozenRule second = new FrozenRule(rule, values, 2, true);
        return LinearPieces.points(late, curvature).stream()
                .anyMatch(z -> !Arrays.deepEquals(late.jacobian(curvature, z), early.jacobian(curvature, z))
                        || !Arrays.deepEquals(second.jacobian(curvature, z), early.jacobian(curvature, z)));
    }

    private StableCurvatures stable() {
        TreeSet<Double> crossings = new TreeSet<>();
        for (LinearPieces.Linear piece : pieces.all()) {
            crossings.addAll(CurvatureCrossings.of(piece.a(), piece.b()));
        }
        return growth != null
                ? new StableCurvatures(growth.stable(crossings, scale), true, true)
                : new StableCurvatures(between(crossings), pieces.vanishing(), false);
    }

    /// The intervals between neighbouring crossings in which the rule is stable, those that touch joined.
    private List<StableCurvatures.CurvatureInterval> between(TreeSet<Double> crossings) {
        List<Double> ends = new ArrayList<>(List.of(0.0));
        ends.addAll(crossings);
        ends.add(Double.POSITIVE_INFINITY);
        List<StableCurvatures.CurvatureInterval> intervals = new ArrayList<>();
        for (int i = 1; i < ends.size(); i++) {
            double from = ends.get(i - 1);
            double to = ends.get(i);
            double inside = from == 0
                    ? Double.isInfinite(to) ? scale : 0.5 * to
                    : Double.isInfinite(to) ? 2 * from : Math.sqrt(from) * Math.sqrt(to);
            if (radius(inside) <= 1 + MARGIN) {
                boolean touches = !intervals.isEmpty() && intervals.getLast().to() == from;
                double start = touches ? intervals.removeLast().from() : from;
                intervals.add(new StableCurvatures.CurvatureInterval(start, to));
            }
        }
        return intervals;
    }

    private double radius(double curvature) {
        return growth == null
                ? Spectrum.radius(pieces.all().getFirst().at(curvature))
                : Math.exp(growth.at(curvature).value());
    }
}
