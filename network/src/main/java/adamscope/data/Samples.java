package adamscope.data;

import adamscope.tensor.Place;
import org.bytedeco.pytorch.Tensor;

/// What a network is trained on: one row for each sample.
///
/// @param inputs  samples × input width
/// @param targets samples × output width
/// @param place   where both live
public record Samples(Tensor inputs, Tensor targets, Place place) {

    /// The number of samples.
    public long count() {
        return inputs.size(0);
    }
}
