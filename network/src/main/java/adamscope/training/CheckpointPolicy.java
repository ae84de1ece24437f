package adamscope.training;

import adamscope.formula.PlainText;
import adamscope.optimizer.Domain;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;

/// When a checkpoint is taken.
///
/// @param steps   every so many steps; 0: not by steps
/// @param minutes when so many minutes have passed since the last; infinity: not by time
/// @param keep    how many of the newest stay
public record CheckpointPolicy(long steps, double minutes, int keep) {
    /// Every ten minutes, three of them.
    public static final CheckpointPolicy DEFAULT = new CheckpointPolicy(0, 10, 3);

    /// In an experiment.
    public static final Shape<CheckpointPolicy> SHAPE = Shape.of(keys -> {
        var steps = keys.add(
                Key.of("steps", Forms.whole(0, Long.MAX_VALUE), "every so many steps; 0: not by steps")
                        .orElse(DEFAULT.steps),
                CheckpointPolicy::steps);
        var minutes = keys.add(
                Key.of(
                                "minutes",
                                Forms.number(new Domain(0, false, Double.POSITIVE_INFINITY, true)),
                                "so many minutes after the last")
                        .orElse(DEFAULT.minutes),
                CheckpointPolicy::minutes);
        var keep = keys.add(
                Key.of("keep", Forms.count(1, 1000), "so many of the newest stay")
                        .orElse(DEFAULT.keep),
                CheckpointPolicy::keep);
        return in -> new CheckpointPolicy(in.get(steps), in.get(minutes), in.get(keep));
    });

    public CheckpointPolicy {
        if (steps < 0) {
            throw new IllegalArgumentException("checkpoint every " + steps + " steps: 0 means not by steps");
        }
        if (!(minutes > 0)) {
            throw new IllegalArgumentException(
                    "checkpoint every " + new PlainText().number(minutes) + " minutes: must be positive");
        }
        if (keep < 1) {
            throw new IllegalArgumentException("checkpoints to keep = " + keep + " must be at least 1");
        }
    }
}
