package adamscope.model;

import adamscope.data.DataShape;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// An encoder and a decoder for translation (Vaswani et al. 2017), with the layer normalisation before or after
/// attention and feed-forward maps (Xiong et al. 2020, figure 1), as Cohen et al. 2022 train both in figure 7.
///
/// One table of embeddings for source, target and output, times √width at the input; positions are sines; relu; biases
/// in all maps; no dropout. With the norm before, encoder and decoder end with one more. Weights start by Xavier's rule
/// N(0, 2/(fan_in + fan_out)), embeddings N(0, 1/width), biases 0, scales 1 (Xiong et al. 2020, section 3.3).
///
/// @param depth      layers of the encoder, and as many of the decoder
/// @param heads      of attention; `width` is a multiple of them
/// @param width      of the residual streams
/// @param inner      width inside a feed-forward map
/// @param normBefore whether the norm comes before a map (Pre-LN) or after the sum (Post-LN)
/// @param shape      lengths and vocabulary; inputs are samples × (source + target), outputs samples × target ×
///                   vocabulary
public record Transformer(int depth, int heads, int width, int inner, boolean normBefore, DataShape.Pairs shape)
        implements DeclaredNetwork {

    /// The token that fills short texts up: no query sees it.
    public static final long PADDING = 0;

    public Transformer {
        Attention.refuseUneven(depth, heads, width);
        if (inner < 1) {
            throw new IllegalArgumentException("inner = " + inner + " is outside [1, inf)");
        }
    }

    @Override
    public ParameterList parameterList() {
        ParameterList list = new ParameterList().normal("tokens", 1 / Math.sqrt(width), shape.vocabulary(), width);
        for (int layer = 1; layer <= depth; layer++) {
            String name = "encoder " + layer;
            sublayer(list, name + " attention", this::selfAttention);
            sublayer(list, name + " feed-forward", this::feedForward);
        }
        lastNorm(list, "encoder");
        for (int layer = 1; layer <= depth; layer++) {
            String name = "decoder " + layer;
            sublayer(list, name + " attention", this::selfAttention);
            sublayer(list, name + " cross", this::crossAttention);
            sublayer(list, name + " feed-forward", this::feedForward);
        }
        lastNorm(list, "decoder");
        return list;
    }

    private interface Declaration {
        void to(ParameterList list, String name);
    }

    private void sublayer(ParameterList list, String name, Declaration map) {
        if (normBefore) {
            list.norm(name + " norm", width);
        }
        map.to(list, name);
        if (!normBefore) {
            list.norm(name + " norm", width);
        }
    }

    private void lastNorm(ParameterList list, String name) {
        if (normBefore) {
            list.norm(name + " last norm", width);
        }
    }

    private void selfAttention(ParameterList list, String name) {
        double square = 1 / Math.sqrt(width);
        list.affine(name, square, width, 3L * width).affine(name + " back", square, width, width);
    }

    private void crossAttention(ParameterList list, String name) {
        double square = 1 / Math.sqrt(width);
        list.affine(name + " queries", square, width, width)
                .affine(name + " keys and values", square, width, 2L * width)
                .affine(name + " back", square, width, width);
    }

    private void feedForward(ParameterList list, String name) {
        double deviation = Math.sqrt(2.0 / (width + inner));
        list.affine(name, deviation, width, inner).affine(name + " back", deviation, inner, width);
    }

    @Override
    public Tensor output(Tensor theta, Tensor inputs) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Weights weights = new Weights(theta, blocks());
            Tensor table = weights.next();
            Tensor source = inputs.narrow(1, 0, shape.sourceLength());
            Tensor padded = Attention.paddingMask(theta, source, PADDING);
            Tensor memory = encoded(weights, embedded(table, source), padded);
            Tensor target = inputs.narrow(1, shape.sourceLength(), inputs.size(1) - shape.sourceLength());
            return Scopes.kept(
                    outer, Attention.scores(table, decoded(weights, embedded(table, target), memory, padded)));
        }
    }

    private Tensor embedded(Tensor table, Tensor tokens) {
        return Attention.embedded(table, tokens)
                .mul(new Scalar(Math.sqrt(width)))
                .add(positions(tokens.size(1)).to(table));
    }

    /// sin and cos of position/10000^(2i/width) in turn [Vaswani et al. 2017, section 3.5].
    private Tensor positions(long tokens) {
        double[] numbers = new double[Math.toIntExact(tokens * width)];
        for (int i = 0; i < numbers.length; i++) {
            int column = i % width;
            double angle = (i / width) / Math.pow(10_000, (column - column % 2) / (double) width);
            numbers[i] = column % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
        }
        return Place.CPU_FLOAT64.tensor(numbers, tokens, width);
    }

    private Tensor encoded(Weights weights, Tensor source, Tensor padded) {
        Tensor text = source;
        for (int layer = 0; layer < depth; layer++) {
            text = added(weights, text, x -> Attention.self(weights, x, heads, padded));
            text = added(weights, text, x -> fedForward(weights, x));
        }
        return normBefore ? weights.layerNormed(text) : text;
    }

    /// Padding in the target lies behind its words, where the causal mask hides it.
    private Tensor decoded(Weights weights, Tensor target, Tensor memory, Tensor padded) {
        Tensor causal = Attention.causalMask(target, target.size(1));
        Tensor text = target;
        for (int layer = 0; layer < depth; layer++) {
            text = added(weights, text, x -> Attention.self(weights, x, heads, causal));
            text = added(weights, text, x -> Attention.cross(weights, x, memory, heads, padded));
            text = added(weights, text, x -> fedForward(weights, x));
        }
        return normBefore ? weights.layerNormed(text) : text;
    }

    private Tensor added(Weights weights, Tensor text, UnaryOperator<Tensor> map) {
        return normBefore
                ? text.add(map.apply(weights.layerNormed(text)))
                : weights.layerNormed(text.add(map.apply(text)));
    }

    private static Tensor fedForward(Weights weights, Tensor text) {
        return weights.affine(torch.relu(weights.affine(text)));
    }
}
