package adamscope.inspection;

import java.util.Locale;

/// What can be wrong with a checkpoint.
public enum FaultKind {
    NOT_FINITE(Standing.IMPOSSIBLE, "NaN or infinite numbers"),
    NEGATIVE_SQUARE(Standing.IMPOSSIBLE, "an average of squares is negative"),
    STEP_COUNT(Standing.IMPOSSIBLE, "a step count that no parameter can have"),
    STATE_WITHOUT_STEP(Standing.IMPOSSIBLE, "states are full, but no step is counted"),
    RATIO_ABOVE_BOUND(Standing.IMPOSSIBLE, "|m|/√v above its bound: m and v are of different gradients"),
    MAXIMUM_BELOW(Standing.IMPOSSIBLE, "the maximum of v lies below v"),
    OTHER_SHAPE(Standing.IMPOSSIBLE, "a state has another shape than its parameter"),
    SAME_NUMBERS(Standing.IMPOSSIBLE, "two tensors hold the same numbers"),
    FELL_TOO_FAST(Standing.IMPOSSIBLE, "v fell faster than its decay allows"),
    JUMPED(Standing.IMPOSSIBLE, "m moved further than the growth of v allows"),
    CHANGED_WITHOUT_STEP(Standing.IMPOSSIBLE, "numbers changed, but no step was made"),
    STEP_BACK(Standing.IMPOSSIBLE, "the step count went back"),
    PARAMETERS_DIFFER(Standing.MEASURED, "the checkpoints have different parameters or states"),
    MISSING_STATE(Standing.MEASURED, "a state is missing"),
    ZERO_STATE(Standing.MEASURED, "a state is zero everywhere"),
    STEPS_DIFFER(Standing.MEASURED, "step counts differ"),
    OUT_OF_RANGE(Standing.MEASURED, "numbers left the range of their format"),
    UNMOVED(Standing.MEASURED, "parameters did not move"),
    COARSER_FORMAT(Standing.MEASURED, "numbers of a shorter format than declared"),
    SECOND_STUCK(Standing.MEASURED, "v cannot fall: its decay is rounded away"),
    UPDATES_LOST(Standing.MEASURED, "updates below half the last bit of the parameters"),
    EPS_RULES(Standing.MEASURED, "eps at or above √v"),
    FIRST_STEP(Standing.HINT, "the next step is unlike the usual one"),
    GREW_ALONE(Standing.HINT, "v grew by more than m saw"),
    FITS_ANOTHER(Standing.HINT, "v fits the layer of another tensor"),
    SCALE_APART(Standing.HINT, "v is out of scale with m"),
    PRECONDITIONER_APART(Standing.HINT, "√v far from that of the other tensors");

    /// How much a finding says.
    public enum Standing {
        /// No run of the rule can leave this.
        IMPOSSIBLE("impossible"),
        /// It is so; whether it hurts depends on the run.
        MEASURED("measured"),
        /// Unusual, and no more.
        HINT("hint");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        /// `hint`.
        public String word() {
            return word;
        }
    }

    private final Standing standing;
    private final String words;

    FaultKind(Standing standing, String words) {
        this.standing = standing;
        this.words = words;
    }

    /// How much it says.
    public Standing standing() {
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
