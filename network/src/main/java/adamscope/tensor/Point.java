package adamscope.tensor;

import org.bytedeco.pytorch.Tensor;

/// A place on the loss surface.
///
/// @param theta    the flat parameter vector
/// @param gradient of the loss there, in the same order
/// @param place    where both live
public record Point(Tensor theta, Tensor gradient, Place place) {}
