package adamscope.model;

import adamscope.tensor.Scopes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// A fully connected network: z ← W·a + b, a ← activation(z), and no activation after the last layer.
///
/// θ is one flat vector, layer by layer the weights (out × in, row by row), then the biases; the tensors the network
/// multiplies by are views of it. Before training weights are N(0, 1/fan_in) and biases 0 (Cohen et al. 2022, appendix
/// G.1).
///
/// @param widths input, hidden and output widths, at least two numbers
public record FullyConnected(List<Integer> widths, Activation activation) implements DeclaredNetwork {

    public FullyConnected {
        widths = List.copyOf(widths);
        if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "widths " + widths + ": a network needs at least an input and an output width, each at least 1");
        }
    }

    /// `hidden` layers of the same width between input and output.
    public static FullyConnected of(int input, int width, int hidden, int output, Activation activation) {
        return between(input, java.util.Collections.nCopies(hidden, width), output, activation);
    }

    /// Hidden layers of these widths between input and output.
    public static FullyConnected between(int input, List<Integer> hidden, int output, Activation activation) {
        List<Integer> widths = new ArrayList<>(hidden);
        widths.addFirst(input);
        widths.addLast(output);
        return new FullyConnected(widths, activation);
    }

    /// The number of affine maps.
    public int layers() {
        return widths.size() - 1;
    }

    @Override
    public ParameterList parameterList() {
        ParameterList list = new ParameterList();
        for (int layer = 1; layer <= layers(); layer++) {
            int in = widths.get(layer - 1);
            int out = widths.get(layer);
            list.normal("weight " + layer, 1 / Math.sqrt(in), out, in).constant("bias " + layer, 0, out);
        }
        return list;
    }

    @Override
    public Tensor output(Tensor theta, Tensor inputs) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Weights weights = new Weights(theta, blocks());
            Tensor values = inputs.dim() > 2 ? inputs.flatten(1, -1) : inputs;
            for (int layer = 1; layer <= layers(); layer++) {
                Tensor z = weights.affine(values);
                values = layer < layers() ? activation.apply(z) : z;
            }
            return Scopes.kept(outer, values);
        }
    }
}
