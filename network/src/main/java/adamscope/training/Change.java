package adamscope.training;

import java.util.Map;

/// Something that changes in the middle of a training, after step `at` was made: step `at` + 1 is the first to feel it.
public sealed interface Change {

    /// The last step before the change; 0: before the first.
    long at();

    /// The preconditioner P of step `at` stays from then on; the states go on as before.
    ///
    /// Frozen Adam of paper 3, section 3, in the middle of a run. The P of a rule holds its bias correction, which is
    /// frozen with it.
    record Freeze(long at) implements Change {
        public Freeze {
            if (at < 1) {
                throw new IllegalArgumentException(
                        "at = " + at + " is outside [1, inf): a preconditioner exists after the first step");
            }
        }
    }

    /// Hyper-parameters follow other schedules, which see the number of the step as it is, not counted from the change.
    record Retune(long at, Map<String, Schedule> schedules) implements Change {
        public Retune {
            notNegative(at);
            schedules = Map.copyOf(schedules);
        }
    }

    /// A state becomes 0 in every coordinate.
    record Clear(long at, String state) implements Change {
        public Clear {
            notNegative(at);
        }
    }

    /// A state stays at or above its value after step `at` in every coordinate: after each later step it becomes the
    /// larger of the two.
    record Floor(long at, String state) implements Change {
        public Floor {
            notNegative(at);
        }
    }

    /// Step `at` + 1 is not made: parameters and states stay, its batch is not used. The clock of the rule goes on, so
    /// the bias correction counts the step.
    record Skip(long at) implements Change {
        public Skip {
            notNegative(at);
        }
    }

    private static void notNegative(long at) {
        if (at < 0) {
            throw new IllegalArgumentException("at = " + at + " is outside [0, inf)");
        }
    }
}
