package adamscope.model;

import adamscope.data.Samples;

/// Samples that a training does not see, with the criterion for them and the network as it is evaluated on them.
public record HeldOut(Samples samples, Criterion criterion, Network network) {}
