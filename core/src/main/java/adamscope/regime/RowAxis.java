package adamscope.regime;

import java.util.regex.Pattern;

/// What the column `step` of a log counts, and how much of the training one row stands for.
///
/// @param unit      what is counted
/// @param name      as the log names it: `global_step`, `epoch`, `tokens`; empty where rows were numbered
/// @param manySteps whether a row stands for several steps of the optimizer: an average over an epoch, or over the
///                  stretch since the row before. Of a single batch such a row says nothing.
public record RowAxis(Unit unit, String name, boolean manySteps) {
    /// One row a step, counted in steps.
    public static final RowAxis STEPS = new RowAxis(Unit.STEP, Quantity.STEP, false);

    /// What is counted.
    public enum Unit {
        /// Steps of the optimizer.
        STEP,
        /// Passes over the data.
        EPOCH,
        /// Tokens seen so far.
        TOKENS,
        /// Samples seen so far.
        SAMPLES,
        /// Seconds since the start.
        SECONDS,
        /// The log counts nothing; its rows were numbered from 0.
        ROW;

        private static final Pattern STEPS = Pattern.compile("\\bstep(s?) (\\d)");
        private static final Pattern APART = Pattern.compile("\\b(within \\d+|are \\d+) step(s?)\\b");

        /// The unit in a sentence: "rise at epoch 40".
        public String word() {
            return switch (this) {
                case STEP -> "step";
                case EPOCH -> "epoch";
                case TOKENS -> "token";
                case SAMPLES -> "sample";
                case SECONDS -> "second";
                case ROW -> "row";
            };
        }

        /// A sentence that counts in steps, in this unit.
        public String in(String sentence) {
            return this == STEP
                    ? sentence
                    : APART.matcher(STEPS.matcher(sentence).replaceAll(word() + "$1 $2"))
                            .replaceAll("$1 " + word() + "$2");
        }
    }
}
