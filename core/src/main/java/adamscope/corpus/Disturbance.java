package adamscope.corpus;

import adamscope.diagnosis.FloatFormat;
import adamscope.dynamics.SteppedRule;
import adamscope.linear.CountedNormal;

/// What is done to a training from outside: the cause of its spike where the task itself is not.
sealed interface Disturbance {
    /// Nothing.
    record None() implements Disturbance {}

    /// The learning rate times `factor` after `from`, reached over `ramp` steps, and back after `until`.
    record LearningRate(long from, long ramp, long until, double factor) implements Disturbance {}

    /// Strange batches at some steps.
    record StrangeBatches(java.util.List<Long> at) implements Disturbance {}

    /// States and ε in a number format, numbers below its range set to 0.
    record Rounding(FloatFormat format) implements Disturbance {}

    /// Gradients that overflow for `steps` steps and enter the step as the largest number over the loss scale, which is
    /// halved each time, instead of being skipped.
    record OverflowKept(long at, int steps, double scale, long seed) implements Disturbance {}

    /// Parameters overwritten, once: each moved by `size` times a normal number.
    record Corruption(long at, double size, long seed) implements Disturbance {}

    /// A loss scale that doubles every so many steps and harms nobody.
    record HealthyScale(long every, double scale) implements Disturbance {}

    /// Factor on the learning rate at a step.
    default double learningRateFactor(long step) {
        return switch (this) {
            case LearningRate(long from, long ramp, long until, double factor) -> {
                double share =
                        step < from || step > until ? 0 : ramp == 0 ? 1 : Math.min(1, (step - from + 1.0) / ramp);
                yield Math.pow(factor, share);
            }
            case None _, StrangeBatches _, Rounding _, OverflowKept _, Corruption _, HealthyScale _ -> 1;
        };
    }

    /// Whether the batch of a step is strange.
    default boolean strange(long step) {
        return switch (this) {
            case StrangeBatches(var at) -> at.contains(step);
            case None _, LearningRate _, Rounding _, OverflowKept _, Corruption _, HealthyScale _ -> false;
        };
    }

    /// The loss scale at a step, NaN where there is none.
    default double lossScale(long step) {
        return switch (this) {
            case OverflowKept(long at, int steps, double scale, var _) ->
                scale * Math.pow(0.5, Math.clamp(step - at, 0, steps));
            case HealthyScale(long every, double scale) -> scale * Math.pow(2, Math.min(8, step / every));
            case None _, LearningRate _, StrangeBatches _, Rounding _, Corruption _ -> Double.NaN;
        };
    }

    /// What becomes of a gradient before the rule sees it.
    default double[] gradient(long step, double[] gradient) {
        return switch (this) {
            case OverflowKept(long at, int steps, var _, long seed)
            when step >= at && step < at + steps -> {
                double[] kept = new double[gradient.length];
                for (int i = 0; i < kept.length; i++) {
                    kept[i] = Math.signum(CountedNormal.number(seed, i))
                            * FloatFormat.FLOAT16.largest()
                            / lossScale(step);
                }
                yield kept;
            }
            case Rounding(FloatFormat format) -> {
                double[] rounded = new double[gradient.length];
                for (int i = 0; i < rounded.length; i++) {
                    rounded[i] = format.round(gradient[i], true);
                }
                yield rounded;
            }
            case None _, LearningRate _, StrangeBatches _, OverflowKept _, Corruption _, HealthyScale _ -> gradient;
        };
    }

    /// What happens to parameters and states before a step.
    default void before(long step, SteppedRule rule) {
        switch (this) {
            case Corruption(long at, double size, long seed)
            when step == at -> {
                for (int i = 0; i < rule.x().length; i++) {
                    rule.x()[i] += size * CountedNormal.number(seed, i);
                }
            }
            case Rounding(FloatFormat format) -> {
                if (step == 0) {
                    rule.set("eps", format.round(rule.value("eps"), true));
                }
            }
            case None _, LearningRate _, StrangeBatches _, OverflowKept _, Corruption _, HealthyScale _ -> {}
        }
    }

    /// What happens to the states after a step.
    default void after(SteppedRule rule) {
        switch (this) {
            case Rounding(FloatFormat format) -> rule.replace("v", value -> format.round(value, true));
            case None _, LearningRate _, StrangeBatches _, OverflowKept _, Corruption _, HealthyScale _ -> {}
        }
    }
}
