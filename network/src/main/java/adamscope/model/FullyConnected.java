package adamscope.model;

import adamscope.linear.CountedNormal;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A fully connected network: z ← W·a + b, a ← activation(z), and no activation after the last layer.
///
/// θ is one flat vector, layer by layer the weights (out × in, row by row), then the biases; the tensors the network
/// multiplies by are views of it.
///
/// @param widths input, hidden and output widths, at least two numbers
public record FullyConnected(List<Integer> widths, Activation activation) implements Network {

    public FullyConnected {
        widths = List.copyOf(widths);
        if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "widths " + widths + ": a network needs at least an input and an output width, each at least 1");
        }
    }

    /// `hidden` layers of the same width between input and output.
    public static FullyConnected of(int input, int width, int hidden, int output, Activation activation) {
        List<Integer> widths = new ArrayList<>(java.util.Collections.nCopies(hidden, width));
        widths.addFirst(input);
        widths.addLast(output);
        return new FullyConnected(widths, activation);
    }

    /// The number of affine maps.
    public int layers() {
        return widths.size() - 1;
    }

    @Override
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        long offset = 0;
        for (int layer = 1; layer <= layers(); layer++) {
            long in = widths.get(layer - 1);
            long out = widths.get(layer);
            blocks.add(new Block("weight " + layer, offset, List.of(out, in)));
            blocks.add(new Block("bias " + layer, offset + out * in, List.of(out)));
            offset += out * (in + 1);
        }
        return blocks;
    }

    /// θ before training: weights N(0, 1/fan_in), biases 0 (Cohen et al. 2022, appendix G.1).
    ///
    /// Each weight is a function of the seed and its coordinate alone: the same on every device and in every
    /// precision, up to its rounding.
    @Override
    public Tensor initial(long seed, Place place) {
        double[] theta = new double[Math.toIntExact(parameters())];
        for (Block block : blocks()) {
            if (block.isMatrix()) {
                double deviation = 1 / Math.sqrt(block.shape().getLast());
                for (long i = block.offset(); i < block.offset() + block.size(); i++) {
                    theta[(int) i] = deviation * CountedNormal.number(seed, i);
                }
            }
        }
        return place.tensor(theta, theta.length);
    }

    @Override
    public Tensor output(Tensor theta, Tensor inputs) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            TensorVector views = torch.split_with_sizes(
                    theta, blocks().stream().mapToLong(Block::size).toArray());
            Tensor values = inputs;
            for (int layer = 1; layer <= layers(); layer++) {
                Tensor weight = views.get(2L * layer - 2).view(widths.get(layer), widths.get(layer - 1));
                Tensor bias = views.get(2L * layer - 1);
                Tensor z = torch.linear(values, weight, new TensorOptional(bias));
                values = layer < layers() ? activation.apply(z) : z;
            }
            return Scopes.kept(outer, values);
        }
    }
}
