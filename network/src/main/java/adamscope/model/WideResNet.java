package adamscope.model;

import adamscope.data.DataShape;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A wide residual network (Zagoruyko & Komodakis 2016): three groups of pre-activation blocks of two 3 × 3
/// convolutions, 16, 32 and 64 channels times the multiplier.
///
/// Cohen et al. 2022, appendix G.1, take four blocks a group and the multiplier 10 (depth 28, 36,536,884 parameters for
/// 100 classes); without batch normalisation they insert a learnable scalar, 1 at the start, after the residual branch
/// of each block. Shortcuts are 1 × 1 convolutions where the size changes. Kernels are N(0, 2/fan_in), the last weight
/// N(0, 1/fan_in), scales 1, shifts and the last bias 0.
///
/// @param blocksPerGroup residual blocks in each of the three groups
/// @param multiplier     of the channels
/// @param normalised     whether batches are normalised; if not, each branch has its scalar
/// @param norm           of batches, if they are normalised
/// @param shape          of its images
public record WideResNet(int blocksPerGroup, int multiplier, boolean normalised, BatchNorm norm, DataShape.Images shape)
        implements NormalisedNetwork, DeclaredNetwork {
    private static final int STEM = 16;
    private static final int MOST = 1000;

    public WideResNet {
        if (blocksPerGroup < 1 || blocksPerGroup > MOST || multiplier < 1 || multiplier > MOST) {
            throw new IllegalArgumentException("blocks a group (" + blocksPerGroup + ") and channel multiplier ("
                    + multiplier + ") must be from 1 to " + MOST);
        }
        if (!normalised && !norm.equals(BatchNorm.DEFAULT)) {
            throw new IllegalArgumentException("momentum and track_running_stats are of batch normalisation, which"
                    + " normalised: false leaves out");
        }
    }

    /// With PyTorch's defaults of batch normalisation.
    public WideResNet(int blocksPerGroup, int multiplier, boolean normalised, DataShape.Images shape) {
        this(blocksPerGroup, multiplier, normalised, BatchNorm.DEFAULT, shape);
    }

    @Override
    public boolean separable() {
        return !normalised;
    }

    @Override
    public RunningStatistics statistics(Place place) {
        return norm.tracked() ? RunningStatistics.before(blocks(), place) : RunningStatistics.NONE;
    }

    @Override
    public ParameterList parameterList() {
        ParameterList list = new ParameterList();
        kernel(list, "stem", shape.channels(), STEM, 3);
        int in = STEM;
        for (int group = 0; group < 3; group++) {
            int out = channels(group);
            for (int block = 0; block < blocksPerGroup; block++) {
                String name = "group " + (group + 1) + " block " + (block + 1);
                norm(list, name + " a", in);
                kernel(list, name + " a", in, out, 3);
                norm(list, name + " b", out);
                kernel(list, name + " b", out, out, 3);
                if (!normalised) {
                    list.constant(name + " multiplier", 1, 1);
                }
                if (block == 0 && projected(group)) {
                    kernel(list, name + " shortcut", in, out, 1);
                }
                in = out;
            }
        }
        norm(list, "last", in);
        return list.affine("classes", 1 / Math.sqrt(in), in, shape.classes());
    }

    private int channels(int group) {
        return (STEM * multiplier) << group;
    }

    private boolean projected(int group) {
        return group > 0 || multiplier > 1;
    }

    private static void kernel(ParameterList list, String name, int in, int out, int size) {
        list.normal(name + " kernel", Math.sqrt(2.0 / (in * size * size)), out, in, size, size);
    }

    private void norm(ParameterList list, String name, int width) {
        if (normalised) {
            list.norm(name, width);
        }
    }

    @Override
    public Tensor output(Tensor theta, Tensor inputs, Normalising how) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Weights weights = new Weights(theta, blocks(), norm, how);
            Tensor images = inputs.reshape(-1, shape.channels(), shape.height(), shape.width());
            Tensor values = weights.convolved(images, 1, 1);
            for (int group = 0; group < 3; group++) {
                for (int block = 0; block < blocksPerGroup; block++) {
                    int stride = group > 0 && block == 0 ? 2 : 1;
                    values = residual(weights, values, stride, block == 0 && projected(group));
                }
            }
            Tensor features = activated(weights, values).mean(2, 3);
            return Scopes.kept(outer, weights.affine(features));
        }
    }

    /// A projecting shortcut starts behind the first activation, as in the authors' code.
    private Tensor residual(Weights weights, Tensor values, int stride, boolean projected) {
        Tensor active = activated(weights, values);
        Tensor inner = activated(weights, weights.convolved(active, stride, 1));
        Tensor branch = weights.convolved(inner, 1, 1);
        Tensor scaled = normalised ? branch : branch.mul(weights.next());
        return scaled.add(projected ? weights.convolved(active, stride, 0) : values);
    }

    private Tensor activated(Weights weights, Tensor values) {
        return torch.relu(normalised ? weights.batchNormed(values) : values);
    }
}
