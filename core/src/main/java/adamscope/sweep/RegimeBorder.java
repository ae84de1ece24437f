package adamscope.sweep;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.PowerLawTheory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// A border between regimes over a plane of β₁ and β₂, where theory knows one.
///
/// @param name which regimes it parts, and the theorem
/// @param x    its points along the axis x
/// @param y    and along y
public record RegimeBorder(String name, double[] x, double[] y) {
    private static final int POINTS = 400;
    private static final double LEAST_BETA2 = 1e-9;
    private static final double GREATEST_BETA2 = 1 - 1e-12;

    /// The borders of Adam and RMSProp without ε on c·|x|^k; none for other rules, values, objectives or axes.
    ///
    /// @param values of hyper-parameters, those of the axes anywhere on them
    public static List<RegimeBorder> of(
            OptimizerRule rule, Map<String, Double> values, FormulaObjective objective, Axis x, Axis y) {
        Map<String, Double> within = new HashMap<>(values);
        within.put("beta2", 0.5);
        Optional<PowerLawTheory> theory = PowerLawTheory.of(rule, objective, within);
        if (theory.isEmpty() || !List.of(x.name(), y.name()).containsAll(List.of("beta1", "beta2"))) {
            return List.of();
        }
        double k = theory.get().degree();
        return List.of(
                of("I | II, Theorem 4.1 (ii)", k, PowerLawTheory::stabilityBoundary, x, y),
                of("II | III, Theorem 4.1 (i)", k, PowerLawTheory::existenceBoundary, x, y));
    }

    private static RegimeBorder of(
            String name, double degree, ToDoubleFunction<PowerLawTheory> beta1Of, Axis x, Axis y) {
        Axis beta2Axis = x.name().equals("beta2") ? x : y;
        double from = Math.max(beta2Axis.from(), LEAST_BETA2);
        double to = Math.min(beta2Axis.to(), GREATEST_BETA2);
        double[] beta1 = new double[POINTS];
        double[] beta2 = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            beta2[i] = from + (to - from) * i / (POINTS - 1);
            beta1[i] = beta1Of.applyAsDouble(new PowerLawTheory(degree, 0, beta2[i]));
        }
        return beta2Axis == y ? new RegimeBorder(name, beta1, beta2) : new RegimeBorder(name, beta2, beta1);
    }
}
