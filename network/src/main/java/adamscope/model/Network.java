package adamscope.model;

import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// A network as a function of one flat parameter vector θ: its parameter tensors are views of θ.
public interface Network {

    /// The parameter tensors in the order in which θ holds them.
    List<Block> blocks();

    /// θ before training: a function of the seed and the coordinate alone, up to the rounding of the place.
    Tensor initial(long seed, Place place);

    /// The outputs for a batch of inputs, one row for each sample; differentiable twice in θ.
    Tensor output(Tensor theta, Tensor inputs);

    /// Whether the output of a sample depends on no other sample of its batch: false with batch normalisation.
    default boolean separable() {
        return true;
    }

    /// Running means and variances of its batch normalisations before the first step, in the caller's scope.
    default RunningStatistics statistics(Place place) {
        return RunningStatistics.NONE;
    }

    /// The same network, each pass of which moves such statistics by those of its batch.
    default Network moving(RunningStatistics statistics) {
        return this;
    }

    /// The same network as it is evaluated: normalising by such statistics, as PyTorch's `eval()` has it.
    default Network evaluated(RunningStatistics statistics) {
        return this;
    }

    /// The number of coordinates of θ.
    default long parameters() {
        Block last = blocks().getLast();
        return last.offset() + last.size();
    }
}
