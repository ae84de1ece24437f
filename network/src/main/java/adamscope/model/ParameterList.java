package adamscope.model;

import adamscope.linear.CountedNormal;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// The parameter tensors of a network, in the order in which θ holds them and [Weights] takes them, each with the
/// numbers it starts from: normal with mean 0, or one constant.
final class ParameterList {

    /// @param deviation of the normal numbers it starts from; 0 if all are `mean`
    private record Parameter(Block block, double mean, double deviation) {}

    private final List<Parameter> parameters = new ArrayList<>();
    private long length;

    /// Starts as N(0, deviation²), each number a function of the seed and its coordinate alone.
    ParameterList normal(String name, double deviation, long... shape) {
        return add(name, 0, deviation, shape);
    }

    /// Starts as one number everywhere.
    ParameterList constant(String name, double value, long... shape) {
        return add(name, value, 0, shape);
    }

    /// The weight (out × in) and the bias of an affine map; the bias starts at 0.
    ParameterList affine(String name, double deviation, long in, long out) {
        return normal(name + " weight", deviation, out, in).constant(name + " bias", 0, out);
    }

    /// The scale and the shift of a normalisation over `width` numbers or channels, 1 and 0 at the start.
    ParameterList norm(String name, long width) {
        return constant(name + " scale", 1, width).constant(name + " shift", 0, width);
    }

    private ParameterList add(String name, double mean, double deviation, long... shape) {
        Block block = new Block(name, length, Arrays.stream(shape).boxed().toList());
        parameters.add(new Parameter(block, mean, deviation));
        length += block.size();
        return this;
    }

    List<Block> blocks() {
        return parameters.stream().map(Parameter::block).toList();
    }

    Tensor initial(long seed, Place place) {
        double[] theta = new double[Math.toIntExact(length)];
        for (Parameter parameter : parameters) {
            int from = (int) parameter.block().offset();
            for (int i = from; i < from + parameter.block().size(); i++) {
                theta[i] = parameter.deviation() == 0
                        ? parameter.mean()
                        : parameter.deviation() * CountedNormal.number(seed, i);
            }
        }
        return place.tensor(theta, theta.length);
    }
}
