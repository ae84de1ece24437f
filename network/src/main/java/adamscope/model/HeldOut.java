package adamscope.model;

import adamscope.data.Samples;

/// Samples that a training does not see, with the criterion for them.
public record HeldOut(Samples samples, Criterion criterion) {}
