package adamscope.model;

import adamscope.data.DataShape;
import adamscope.tensor.Scopes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The convolutional network of Cohen et al. 2022, appendix G.1: three times convolution, relu and max pooling, then
/// affine maps to 512, 256 and the classes with relu between them.
///
/// Kernels 5, 3, 3 and filters 64, 96, 128; windows 3 × 3 with stride 2. The padding that the paper names for a layer
/// (valid, valid, same) is taken for its convolution and its window, which makes 895,210 parameters on 32 × 32 × 3
/// images and 10 classes. Weights are N(0, 1/fan_in), biases 0. With other numbers of filters and widths the first two
/// convolutions stay as they are and those behind them are like the third.
///
/// @param filters of each convolution
/// @param hidden  widths of the affine maps before the last
/// @param shape   of its images, at least 15 pixels high and wide
public record ConvolutionalNetwork(List<Integer> filters, List<Integer> hidden, DataShape.Images shape)
        implements DeclaredNetwork {
    /// The paper's filters.
    static final List<Integer> FILTERS = List.of(64, 96, 128);

    /// The paper's widths.
    static final List<Integer> HIDDEN = List.of(512, 256);

    private static final int SAME = 2;

    /// The paper's.
    public ConvolutionalNetwork(DataShape.Images shape) {
        this(FILTERS, HIDDEN, shape);
    }

    public ConvolutionalNetwork {
        filters = List.copyOf(filters);
        hidden = List.copyOf(hidden);
        if (filters.isEmpty()) {
            throw new IllegalArgumentException("a convolutional network has at least one convolution");
        }
        if (Math.min(shape.height(), shape.width()) < 15) {
            throw new IllegalArgumentException("the convolutional network needs images of at least 15 x 15 pixels, not "
                    + shape.height() + " x " + shape.width());
        }
    }

    @Override
    public ParameterList parameterList() {
        ParameterList list = new ParameterList();
        int in = shape.channels();
        for (int layer = 0; layer < filters.size(); layer++) {
            int kernel = kernel(layer);
            String name = "convolution " + (layer + 1);
            list.normal(name + " weight", 1 / Math.sqrt(in * kernel * kernel), filters.get(layer), in, kernel, kernel)
                    .constant(name + " bias", 0, filters.get(layer));
            in = filters.get(layer);
        }
        in *= extent(shape.height()) * extent(shape.width());
        List<Integer> widths = new ArrayList<>(hidden);
        widths.add(shape.classes());
        for (int width : widths) {
            list.affine("affine " + in + " to " + width, 1 / Math.sqrt(in), in, width);
            in = width;
        }
        return list;
    }

    private static int kernel(int layer) {
        return layer == 0 ? 5 : 3;
    }

    /// What the convolutions leave of the height or width of an image: the paper's three 3 of 32.
    private int extent(int pixels) {
        int extent = pixels;
        for (int layer = 0; layer < filters.size(); layer++) {
            extent = layer >= SAME ? (extent + 1) / 2 : (extent - kernel(layer) + 1 - 3) / 2 + 1;
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
                values = torch.relu(weights.convolvedWithBias(values, 1, layer >= SAME ? 1 : 0));
                values = layer >= SAME ? pooledSame(values) : pooled(values, new long[] {0, 0}, false);
            }
            values = values.flatten(1, -1);
            for (int layer = 0; layer < hidden.size(); layer++) {
                values = torch.relu(weights.affine(values));
            }
            return Scopes.kept(outer, weights.affine(values));
        }
    }

    /// Half the height and width, rounded up; of the edge that this takes, an odd row or column lies behind.
    private static Tensor pooledSame(Tensor images) {
        return pooled(images, new long[] {images.size(2) % 2, images.size(3) % 2}, true);
    }

    private static Tensor pooled(Tensor images, long[] padding, boolean roundedUp) {
        return torch.max_pool2d(images, new long[] {3, 3}, new long[] {2, 2}, padding, new long[] {1, 1}, roundedUp);
    }
}
