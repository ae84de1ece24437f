package adamscope.model;

import adamscope.data.DataShape;
import adamscope.tensor.Scopes;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A network of two convolutional layers, relu and 2 × 2 max pooling after each, and one affine map to the classes: the
/// convolutional network of paper 1, Fig. 15, of which no more is said.
///
/// Kernels 5 × 5 without padding. Weights are N(0, 2/fan_in) before a relu (He et al. 2015, section 2.2) and
/// N(0, 1/fan_in) at the end, biases 0.
///
/// @param filters of the first and of the second layer
/// @param shape   of its images, at least 16 pixels high and wide
public record TwoConvolutions(List<Integer> filters, DataShape.Images shape) implements DeclaredNetwork {
    private static final int KERNEL = 5;
    private static final int SMALLEST = 16;

    public TwoConvolutions {
        filters = List.copyOf(filters);
        if (filters.size() != 2 || filters.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("filters " + filters + ": two numbers are needed, each at least 1");
        }
        if (Math.min(shape.height(), shape.width()) < SMALLEST) {
            throw new IllegalArgumentException("two convolutions need images of at least 16 x 16 pixels, not "
                    + shape.height() + " x " + shape.width());
        }
    }

    @Override
    public ParameterList parameterList() {
        ParameterList list = new ParameterList();
        int in = shape.channels();
        for (int layer = 1; layer <= filters.size(); layer++) {
            int out = filters.get(layer - 1);
            double deviation = Math.sqrt(2.0 / (in * KERNEL * KERNEL));
            list.normal("convolution " + layer + " weight", deviation, out, in, KERNEL, KERNEL)
                    .constant("convolution " + layer + " bias", 0, out);
            in = out;
        }
        in *= extent(shape.height()) * extent(shape.width());
        return list.affine("classes", 1 / Math.sqrt(in), in, shape.classes());
    }

    /// What two layers leave of the height or width of an image: 4 of 28.
    private static int extent(int pixels) {
        int extent = pixels;
        for (int layer = 0; layer < 2; layer++) {
            extent = (extent - KERNEL + 1) / 2;
        }
        return extent;
    }

    @Override
    public Tensor output(Tensor theta, Tensor inputs) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Weights weights = new Weights(theta, blocks());
            Tensor values = inputs.reshape(-1, shape.channels(), shape.height(), shape.width());
            for (int layer = 0; layer < filters.size(); layer++) {
                values = pooled(torch.relu(weights.convolvedWithBias(values, 1, 0)));
            }
            return Scopes.kept(outer, weights.affine(values.flatten(1, -1)));
        }
    }

    private static Tensor pooled(Tensor images) {
        return torch.max_pool2d(
                images, new long[] {2, 2}, new long[] {2, 2}, new long[] {0, 0}, new long[] {1, 1}, false);
    }
}
