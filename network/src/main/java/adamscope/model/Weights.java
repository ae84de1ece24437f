package adamscope.model;

import adamscope.tensor.Block;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The parameter tensors of one θ, handed out in the order of the [ParameterList] that declared them, and the layers
/// that take one or two of them.
final class Weights {
    private static final double NORM_EPS = 1e-5;

    private final List<Block> blocks;
    private final TensorVector parts;
    private final BatchNorm norm;
    private final Normalising how;
    private int next;

    Weights(Tensor theta, List<Block> blocks) {
        this(theta, blocks, BatchNorm.DEFAULT, Normalising.BY_BATCH);
    }

    /// @param how batches are normalised
    Weights(Tensor theta, List<Block> blocks, BatchNorm norm, Normalising how) {
        this.norm = norm;
        this.how = how;
        this.blocks = blocks;
        this.parts = torch.split_with_sizes(
                theta, blocks.stream().mapToLong(Block::size).toArray());
    }

    /// The next tensor, a view of θ.
    Tensor next() {
        long[] shape =
                blocks.get(next).shape().stream().mapToLong(Long::longValue).toArray();
        return parts.get(next++).view(shape);
    }

    /// W·x + b over the last dimension.
    Tensor affine(Tensor x) {
        Tensor weight = next();
        return torch.linear(x, weight, new TensorOptional(next()));
    }

    /// The convolution of N × C × H × W images with the next tensor, without bias, zeros around the edges.
    Tensor convolved(Tensor images, long stride, long padding) {
        return convolved(images, next(), new TensorOptional(), stride, padding);
    }

    /// The same with a bias, the tensor after the next.
    Tensor convolvedWithBias(Tensor images, long stride, long padding) {
        Tensor kernel = next();
        return convolved(images, kernel, new TensorOptional(next()), stride, padding);
    }

    private static Tensor convolved(Tensor images, Tensor kernel, TensorOptional bias, long stride, long padding) {
        return torch.conv2d(
                images, kernel, bias, new long[] {stride, stride}, new long[] {padding, padding}, new long[] {1, 1}, 1);
    }

    /// (x − mean)/√(variance + 10⁻⁵)·scale + shift, mean and variance of each channel over this batch, or running
    /// ones. A pass that moves these takes in the variance times n/(n − 1), as PyTorch does.
    Tensor batchNormed(Tensor images) {
        String name = RunningStatistics.norm(blocks.get(next));
        Tensor scale = next();
        RunningStatistics statistics = switch (how) {
            case Normalising.ByBatch _ -> RunningStatistics.NONE;
            case Normalising.Moving(var moved) -> moved;
            case Normalising.ByRunning(var running) -> running;
        };
        return torch.batch_norm(
                images,
                new TensorOptional(scale),
                new TensorOptional(next()),
                statistic(statistics, name, RunningStatistics.MEAN),
                statistic(statistics, name, RunningStatistics.VARIANCE),
                !(how instanceof Normalising.ByRunning),
                norm.momentum(),
                NORM_EPS,
                false);
    }

    private static TensorOptional statistic(RunningStatistics statistics, String norm, String which) {
        return statistics.isEmpty()
                ? new TensorOptional()
                : new TensorOptional(statistics.tensors().get(norm + " " + which));
    }

    /// The same with mean and variance of each vector over the last dimension.
    Tensor layerNormed(Tensor x) {
        Tensor scale = next();
        return torch.layer_norm(
                x, new long[] {x.size(-1)}, new TensorOptional(scale), new TensorOptional(next()), NORM_EPS, false);
    }
}
