package adamscope.inspection;

import adamscope.stability.StepBound;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is known of the rule that made a state.
///
/// @param name      for a reader
/// @param averages  which averages it keeps, and so what can be said of them
/// @param hyper     values that are known: `lr`, `beta1`, `beta2`, `eps`
/// @param assumed   those of them that are only assumed
/// @param corrected whether its step divides m by 1 − β₁ᵗ and v by 1 − β₂ᵗ
public record StateRule(
        String name, Averages averages, Map<String, Double> hyper, Set<String> assumed, boolean corrected) {

    /// Averages of a rule.
    public enum Averages {
        /// m ← β₁m + (1−β₁)g and v ← β₂v + (1−β₂)g²; the step is lr·m/(√v + ε).
        BOTH,
        /// v ← β₂v + (1−β₂)g² alone; the step is lr·g/(√v + ε).
        SECOND,
        /// m alone, or something else of which no bound is known.
        OTHER
    }

    public StateRule {
        hyper = Map.copyOf(hyper);
        assumed = Set.copyOf(assumed);
    }

    /// A hyper-parameter, if it is known.
    public OptionalDouble value(String name) {
        return hyper.containsKey(name) ? OptionalDouble.of(hyper.get(name)) : OptionalDouble.empty();
    }

    /// What a statement that rests on these has to add: "", or that they are only assumed.
    String proviso(String... names) {
        String all = Stream.of(names)
                .filter(assumed::contains)
                .map(name -> name + " = " + hyper.get(name))
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : "; for " + all + ", which the file does not say";
    }

    double or(String name, double unknown) {
        return hyper.getOrDefault(name, unknown);
    }

    /// Whether v ← β₂v + (1−β₂)g² with a β₂ that is known.
    boolean hasSecond() {
        double beta2 = or("beta2", Double.NaN);
        return averages != Averages.OTHER && beta2 > 0 && beta2 < 1;
    }

    /// The largest |m|/√v after so many steps; infinite where there is no bound or none is known.
    double bound(OptionalDouble step) {
        double beta1 = or("beta1", Double.NaN);
        if (averages != Averages.BOTH || !hasSecond() || !(beta1 >= 0 && beta1 < 1)) {
            return Double.POSITIVE_INFINITY;
        }
        StepBound bound = new StepBound(beta1, or("beta2", Double.NaN));
        return step.isPresent() && step.getAsDouble() >= 1 ? bound.after((long) step.getAsDouble()) : bound.limit();
    }

    /// 1 − βᵗ of the step after `step`, or 1 where the rule has no correction or the step is not known.
    double correction(String beta, OptionalDouble step) {
        double decay = or(beta, 0);
        return corrected && decay > 0 && step.isPresent() && step.getAsDouble() >= 0
                ? -Math.expm1((step.getAsDouble() + 1) * Math.log(decay))
                : 1;
    }
}
