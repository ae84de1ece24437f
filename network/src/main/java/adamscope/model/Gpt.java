package adamscope.model;

import adamscope.data.DataShape;
import adamscope.tensor.Scopes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// A GPT-2 (Radford et al. 2019): a decoder with layer normalisation before attention and feed-forward map and at the
/// end, learnt positions, output weights tied to the embeddings, no dropout.
///
/// Everywhere N(0, 0.02²), the maps back into the residual stream divided by √(2·layers); biases 0, scales 1. The
/// activation is gelu in its tanh approximation, as in GPT-2. With L layers of width d there are
/// (vocabulary + length)·d + L·(12·d² + 13·d) + 2·d parameters.
///
/// @param layers of attention and feed-forward map
/// @param heads  of attention; `width` is a multiple of them
/// @param width  d of the residual stream
/// @param shape  longest text and vocabulary; inputs are samples × tokens, outputs samples × tokens × vocabulary
public record Gpt(int layers, int heads, int width, DataShape.Tokens shape) implements DeclaredNetwork {
    private static final double DEVIATION = 0.02;
    private static final int EXPANSION = 4;

    public Gpt {
        Attention.refuseUneven(layers, heads, width);
    }

    @Override
    public ParameterList parameterList() {
        double back = DEVIATION / Math.sqrt(2.0 * layers);
        ParameterList list = new ParameterList()
                .normal("tokens", DEVIATION, shape.vocabulary(), width)
                .normal("positions", DEVIATION, shape.length(), width);
        for (int layer = 1; layer <= layers; layer++) {
            String name = "layer " + layer;
            list.norm(name + " attention norm", width)
                    .affine(name + " attention", DEVIATION, width, 3L * width)
                    .affine(name + " attention back", back, width, width)
                    .norm(name + " feed-forward norm", width)
                    .affine(name + " feed-forward", DEVIATION, width, (long) EXPANSION * width)
                    .affine(name + " feed-forward back", back, (long) EXPANSION * width, width);
        }
        return list.norm("last norm", width);
    }

    @Override
    public Tensor output(Tensor theta, Tensor inputs) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Weights weights = new Weights(theta, blocks());
            long length = inputs.size(1);
            Tensor table = weights.next();
            Tensor text = Attention.embedded(table, inputs).add(weights.next().narrow(0, 0, length));
            Tensor mask = Attention.causalMask(theta, length);
            for (int layer = 0; layer < layers; layer++) {
                text = text.add(Attention.self(weights, weights.layerNormed(text), heads, mask));
                Tensor inner = torch.gelu(weights.affine(weights.layerNormed(text)), "tanh");
                text = text.add(weights.affine(inner));
            }
            return Scopes.kept(outer, Attention.scores(table, weights.layerNormed(text)));
        }
    }
}
