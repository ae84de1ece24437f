package adamscope.inspection;

import java.util.Locale;

/// What can be wrong with a checkpoint.
public enum FaultKind {
    NOT_FINITE(Strength.IMPOSSIBLE, "NaN or infinite numbers"),
    NEGATIVE_SQUARE(Strength.IMPOSSIBLE, "an average of squares is negative"),
    STEP_COUNT(Strength.IMPOSSIBLE, "a step count that no parameter can have"),
    STATE_WITHOUT_STEP(Strength.IMPOSSIBLE, "states are full, but no step is counted"),
    RATIO_ABOVE_BOUND(Strength.IMPOSSIBLE, "|m|/√v above its bound: m and v are of different gradients"),
    MAXIMUM_BELOW(Strength.IMPOSSIBLE, "the maximum of v lies below v"),
    OTHER_SHAPE(Strength.IMPOSSIBLE, "a state has another shape than its parameter"),
    SAME_NUMBERS(Strength.IMPOSSIBLE, "two tensors hold the same numbers"),
    FELL_TOO_FAST(Strength.IMPOSSIBLE, "v fell faster than its decay allows"),
    JUMPED(Strength.IMPOSSIBLE, "m moved further than the growth of v allows"),
    CHANGED_WITHOUT_STEP(Strength.IMPOSSIBLE, "numbers changed, but no step was made"),
    STEP_BACK(Strength.IMPOSSIBLE, "the step count went back"),
    PARAMETERS_DIFFER(Strength.MEASURED, "the checkpoints have different parameters or states"),
    MISSING_STATE(Strength.MEASURED, "a state is missing"),
    ZERO_STATE(Strength.MEASURED, "a state is zero everywhere"),
    STEPS_DIFFER(Strength.MEASURED, "step counts differ"),
    OUT_OF_RANGE(Strength.MEASURED, "numbers left the range of their format"),
    UNMOVED(Strength.MEASURED, "parameters did not move"),
    COARSER_FORMAT(Strength.MEASURED, "numbers of a shorter format than declared"),
    SECOND_STUCK(Strength.MEASURED, "v cannot fall: its decay is rounded away"),
    UPDATES_LOST(Strength.MEASURED, "updates below half the last bit of the parameters"),
    EPS_RULES(Strength.MEASURED, "eps at or above √v"),
    FIRST_STEP(Strength.HINT, "the next step is unlike the usual one"),
    GREW_ALONE(Strength.HINT, "v grew by more than m saw"),
    FITS_ANOTHER(Strength.HINT, "v fits the layer of another tensor"),
    SCALE_APART(Strength.HINT, "v is out of scale with m"),
    PRECONDITIONER_APART(Strength.HINT, "√v far from that of the other tensors");

    /// How much a finding says.
    public enum Strength {
        /// No run of the rule can leave this.
        IMPOSSIBLE("impossible"),
        /// It is so; whether it hurts depends on the run.
        MEASURED("measured"),
        /// Unusual, and no more.
        HINT("hint");

        private final String word;

        Strength(String word) {
            this.word = word;
        }

        /// `hint`.
        public String word() {
            return word;
        }
    }

    private final Strength standing;
    private final String words;

    FaultKind(Strength standing, String words) {
        this.standing = standing;
        this.words = words;
    }

    /// How much it says.
    public Strength standing() {
        return standing;
    }

    /// For a reader.
    public String words() {
        return words;
    }

    /// The name in JSON: `ratio-above-bound`.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
