package adamscope.model;

import adamscope.optimizer.Domain;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;

/// What PyTorch's `BatchNorm2d` keeps from one step to the next.
///
/// @param momentum share of a batch in running means and variances: r ← (1 − momentum)·r + momentum·batch
/// @param tracked  whether there are any; without them a network is evaluated by the statistics of what it is given
public record BatchNorm(double momentum, boolean tracked) {
    /// PyTorch's defaults.
    public static final BatchNorm DEFAULT = new BatchNorm(0.1, true);

    /// As keys of a model.
    static final Shape<BatchNorm> SHAPE = Shape.of(keys -> {
        var momentum = keys.add(
                Key.of(
                                "momentum",
                                Forms.number(new Domain(0, true, 1, true)),
                                "share of a step's batch in the running means and variances of batch normalisation")
                        .orElse(DEFAULT.momentum)
                        .quiet(),
                BatchNorm::momentum);
        var tracked = keys.add(
                Key.of(
                                "track_running_stats",
                                Forms.truth(),
                                "whether validation normalises by running means and variances, not by those of its"
                                        + " samples")
                        .orElse(DEFAULT.tracked)
                        .quiet(),
                BatchNorm::tracked);
        return in -> new BatchNorm(in.get(momentum), in.get(tracked));
    });
}
