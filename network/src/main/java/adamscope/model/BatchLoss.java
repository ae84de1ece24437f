package adamscope.model;

import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/// A loss that is a mean over samples, as a function of one flat parameter vector θ: all that training and curvature
/// know of a network and its data.
public interface BatchLoss {

    /// The parameter tensors in the order in which θ holds them.
    List<Block> blocks();

    /// θ before training.
    Tensor initial(long seed);

    /// How many samples there are.
    long samples();

    /// Where θ and the samples live.
    Place place();

    /// Whether [#mean] of a batch is the mean over its samples of what each gives alone: false with batch
    /// normalisation. A loss that is not separable has no exact accumulation over smaller batches.
    boolean separable();

    /// The mean loss over a batch, a tensor of one number on the graph of θ, twice differentiable.
    Tensor mean(Tensor theta, Batch batch);

    /// Running means and variances of its batch normalisations before the first step, in the caller's scope.
    default RunningStatistics statistics() {
        return RunningStatistics.NONE;
    }

    /// The same loss, each [#mean] of which moves such statistics by those of its batch.
    default BatchLoss moving(RunningStatistics statistics) {
        return this;
    }

    /// The same loss, whose samples held out are measured by such statistics.
    default BatchLoss evaluated(RunningStatistics statistics) {
        return this;
    }

    /// Why the mean over a batch is no finite number, where a mistake in what the user wrote is the reason.
    default Optional<String> fault(Tensor theta, Batch batch) {
        return Optional.empty();
    }

    /// The number of coordinates of θ.
    default long parameters() {
        Block last = blocks().getLast();
        return last.offset() + last.size();
    }
}
