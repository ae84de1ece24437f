package adamscope.model;

import adamscope.data.DataShape;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A residual network (He et al. 2016, table 1) with batch normalisation.
///
/// Shortcuts are the identity, or a 1 × 1 convolution where the size changes (option B); of a bottleneck the 3 × 3
/// convolution has the stride, as in torchvision. Kernels are N(0, 2/fan_in) (He et al. 2015, section 2.2), the last
/// weight N(0, 1/fan_in), scales 1, shifts and the last bias 0.
///
/// @param channels of the first stage: 64 in the paper, half of that in Ma, Wu & E 2022, figure 9
/// @param shape    of its images
public record ResNet(Depth depth, Stem stem, int channels, BatchNorm norm, DataShape.Images shape)
        implements NormalisedNetwork, DeclaredNetwork {

    /// How many residual blocks the four stages have, and of what kind.
    public enum Depth {
        /// Two convolutions of 3 × 3 in each of 2 + 2 + 2 + 2 blocks.
        EIGHTEEN(1, 2, 2, 2, 2),
        /// A bottleneck of 1 × 1, 3 × 3 and 1 × 1 with fourfold channels in each of 3 + 4 + 6 + 3 blocks.
        FIFTY(4, 3, 4, 6, 3);

        private final int expansion;
        private final int[] blocks;

        Depth(int expansion, int... blocks) {
            this.expansion = expansion;
            this.blocks = blocks;
        }
    }

    /// What comes before the first stage.
    public enum Stem {
        /// A 7 × 7 convolution and a 3 × 3 window, each with stride 2: for images of 224 × 224.
        IMAGENET,
        /// A 3 × 3 convolution with stride 1: usual for images of 32 × 32.
        CIFAR;

        /// Its name in experiments.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ResNet {
        if (channels < 1) {
            throw new IllegalArgumentException("a residual network has at least 1 channel, not " + channels);
        }
    }

    /// With PyTorch's defaults of batch normalisation.
    public ResNet(Depth depth, Stem stem, int channels, DataShape.Images shape) {
        this(depth, stem, channels, BatchNorm.DEFAULT, shape);
    }

    @Override
    public boolean separable() {
        return false;
    }

    @Override
    public RunningStatistics statistics(Place place) {
        return norm.tracked() ? RunningStatistics.before(blocks(), place) : RunningStatistics.NONE;
    }

    @Override
    public ParameterList parameterList() {
        ParameterList list = new ParameterList();
        int kernel = stem == Stem.IMAGENET ? 7 : 3;
        convolution(list, "stem", shape.channels(), channels, kernel);
        int in = channels;
        for (int stage = 0; stage < 4; stage++) {
            int inner = channels << stage;
            for (int block = 0; block < depth.blocks[stage]; block++) {
                residualBlock(list, "stage " + (stage + 1) + " block " + (block + 1), in, inner, stride(stage, block));
                in = inner * depth.expansion;
            }
        }
        return list.affine("classes", 1 / Math.sqrt(in), in, shape.classes());
    }

    private static int stride(int stage, int block) {
        return stage > 0 && block == 0 ? 2 : 1;
    }

    private void residualBlock(ParameterList list, String name, int in, int inner, int stride) {
        int out = inner * depth.expansion;
        switch (depth) {
            case EIGHTEEN -> {
                convolution(list, name + " a", in, inner, 3);
                convolution(list, name + " b", inner, out, 3);
            }
            case FIFTY -> {
                convolution(list, name + " a", in, inner, 1);
                convolution(list, name + " b", inner, inner, 3);
                convolution(list, name + " c", inner, out, 1);
            }
        }
        if (in != out || stride > 1) {
            convolution(list, name + " shortcut", in, out, 1);
        }
    }

    /// @param extents channels in, channels out, kernel
    private static void convolution(ParameterList list, String name, int... extents) {
        int in = extents[0];
        int out = extents[1];
        int kernel = extents[2];
        list.normal(name + " kernel", Math.sqrt(2.0 / (in * kernel * kernel)), out, in, kernel, kernel)
                .norm(name, out);
    }

    @Override
    public Tensor output(Tensor theta, Tensor inputs, Normalising how) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Weights weights = new Weights(theta, blocks(), norm, how);
            Tensor values = stem(weights, inputs.reshape(-1, shape.channels(), shape.height(), shape.width()));
            int in = channels;
            for (int stage = 0; stage < 4; stage++) {
                int out = (channels << stage) * depth.expansion;
                for (int block = 0; block < depth.blocks[stage]; block++) {
                    int stride = stride(stage, block);
                    values = residual(weights, values, stride, in != out || stride > 1);
                    in = out;
                }
            }
            return Scopes.kept(outer, weights.affine(values.mean(2, 3)));
        }
    }

    private Tensor stem(Weights weights, Tensor images) {
        return switch (stem) {
            case IMAGENET -> {
                Tensor values = torch.relu(weights.batchNormed(weights.convolved(images, 2, 3)));
                yield torch.max_pool2d(
                        values, new long[] {3, 3}, new long[] {2, 2}, new long[] {1, 1}, new long[] {1, 1}, false);
            }
            case CIFAR -> torch.relu(weights.batchNormed(weights.convolved(images, 1, 1)));
        };
    }

    private Tensor residual(Weights weights, Tensor values, int stride, boolean projected) {
        Tensor branch = switch (depth) {
            case EIGHTEEN -> {
                Tensor a = torch.relu(weights.batchNormed(weights.convolved(values, stride, 1)));
                yield weights.batchNormed(weights.convolved(a, 1, 1));
            }
            case FIFTY -> {
                Tensor a = torch.relu(weights.batchNormed(weights.convolved(values, 1, 0)));
                Tensor b = torch.relu(weights.batchNormed(weights.convolved(a, stride, 1)));
                yield weights.batchNormed(weights.convolved(b, 1, 0));
            }
        };
        Tensor shortcut = projected ? weights.batchNormed(weights.convolved(values, stride, 0)) : values;
        return torch.relu(branch.add(shortcut));
    }
}
