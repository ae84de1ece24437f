package adamscope.training;

import adamscope.table.Table;

/// What a training left.
///
/// `losses` has a row for each step made, and one for step 0: `step`, `loss` = L(θ_t) after step t; of a minibatch run
/// the loss over the batch of step t + 1. A run that went on from a checkpoint has the rows after it.
///
/// `probes` has a row for each step t at which a probe looked, and the columns of its probes. With
/// [adamscope.probe.SharpnessProbe]: `step`, `loss`, `gradientNorm` ‖∇L(θ_t)‖, `stepNorm` ‖θ_t − θ_{t−1}‖,
/// `preconditionedSharpness` (top eigenvalue of P_t^(−1/2)·H(θ_t)·P_t^(−1/2)) with its `…Residual`, `…Error`,
/// `…Products`, `…Effort` and `…Standing` (the numbers of [adamscope.linear.TrackedSpectrum.TrackingEffort] and
/// [adamscope.linear.TrackedSpectrum.Standing]), the `excludedCoordinates` where P_t is not positive and
/// `rivalSharpness`, the next eigenvalue when last looked at; `threshold`, where the rule with P frozen loses stability
/// at the lr of the step; `sharpness` (top eigenvalue of H(θ_t)) with the same, and for rules with a state `v` the
/// quantiles `couplingRatio01` to `couplingRatio99` of v_t/g² with the gradient g that v_t took in last, at θ_{t−1},
/// over the coordinates where g is not 0; `zeroGradients` counts the others. Both eigenvalues are the algebraically
/// largest. What was not measured or does not exist is NaN.
///
/// P_t and v_t are those of step t: they hold the gradients up to θ_{t−1}, while H is taken at the new θ_t.
public record TrainingResult(TrainingOutcome outcome, Table losses, Table probes) {}
