package adamscope.diagnosis;

import adamscope.formula.Rewriting;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.regime.RunLog;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is known of a run besides its log: the rule, its hyper-parameters, the number format of its states.
///
/// @param rule   the optimizer
/// @param known  hyper-parameters that were given; others are not assumed
/// @param format of v and the gradients, if known
public record Circumstances(OptimizerRule rule, Map<String, Double> known, Optional<FloatFormat> format) {

    /// Hyper-parameter of a log: the share of the data that a batch holds, 1 where every step sees all of it.
    public static final String BATCH_SHARE = "batchShare";

    /// Hyper-parameter of a log: 1 where the loss is the cross-entropy of a softmax.
    public static final String CROSS_ENTROPY = "crossEntropy";

    public Circumstances {
        known = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(known));
        rule.values(known);
    }

    /// Adam with the hyper-parameters that the log names, in an unknown format.
    public static Circumstances of(RunLog log) {
        return of(log, Catalogue.shipped("adam"), Optional.empty());
    }

    /// A rule with those hyper-parameters of the log that it has.
    public static Circumstances of(RunLog log, OptimizerRule rule, Optional<FloatFormat> format) {
        Map<String, Double> known = new LinkedHashMap<>(log.hyper());
        known.keySet().retainAll(rule.hyperNames());
        return new Circumstances(rule, known, format);
    }

    /// A hyper-parameter, if it was given.
    public OptionalDouble value(String hyper) {
        return known.containsKey(hyper) ? OptionalDouble.of(known.get(hyper)) : OptionalDouble.empty();
    }

    /// A hyper-parameter, NaN if it was not given.
    public double or(String hyper, double otherwise) {
        return known.getOrDefault(hyper, otherwise);
    }

    /// Whether the preconditioner takes the start of v at 0 out, as v/(1−β₂^t).
    boolean corrected() {
        return rule.precondition()
                .filter(p -> Rewriting.names(p.expression()).contains(OptimizerRule.STEP))
                .isPresent();
    }

    /// lr times the largest stable preconditioned sharpness, 38 for Adam at beta1 = 0.9; empty for rules without one.
    public OptionalDouble threshold() {
        Map<String, Double> values = new LinkedHashMap<>(known);
        // The product does not depend on lr, which may have been scheduled to 0.
        values.remove("lr");
        try {
            return adamscope.stability.Threshold.timesLearningRate(rule, values);
        } catch (IllegalArgumentException _) {
            // The rule hides its scale in a state, so that nothing can be frozen.
            return OptionalDouble.empty();
        }
    }
}
