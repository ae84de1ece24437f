package adamscope.data;

import adamscope.tensor.Place;
import org.bytedeco.pytorch.Tensor;

/// What a network is trained on: the first index of both tensors counts samples.
///
/// | data | inputs | targets |
/// | --- | --- | --- |
/// | vectors | samples × width | samples × outputs |
/// | images | samples × channels × rows × columns | samples × classes, one-hot |
/// | text | samples × length, whole numbers | samples × length, whole numbers: the next token |
/// | pairs of texts | samples × (source + target), whole numbers | samples × target, whole numbers |
///
/// @param place where both live
public record Samples(Tensor inputs, Tensor targets, Place place) {

    /// The number of samples.
    public long count() {
        return inputs.size(0);
    }

    /// With each input as one row of numbers, for networks that know no rows and columns.
    public Samples flat() {
        return inputs.dim() == 2 ? this : new Samples(inputs.flatten(1, -1), targets, place);
    }
}
