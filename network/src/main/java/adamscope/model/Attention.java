package adamscope.model;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Multi-head attention, softmax(Q·Kᵀ/√(d/h) + mask)·V (Vaswani et al. 2017, equation 1), written with operations that
/// can be differentiated twice; and what attention needs around it.
///
/// Texts are samples × tokens × d, d divided into h heads; a mask is 0 where a query may look and −∞ where not.
final class Attention {
    private Attention() {}

    /// Refuses a stack of layers that cannot be.
    static void refuseUneven(int layers, int heads, int width) {
        if (layers < 1 || heads < 1 || width < 1 || width % heads != 0) {
            throw new IllegalArgumentException("layers = " + layers + ", heads = " + heads + ", width = " + width
                    + ": each must be 1 or more, and the width a multiple of the heads");
        }
    }

    /// What each query finds.
    ///
    /// @param mask broadcast to samples × heads × queries × keys
    static Tensor attended(Tensor queries, Tensor keysAndValues, int heads, Tensor mask) {
        long width = queries.size(2);
        Tensor keys = keysAndValues.narrow(2, 0, width);
        Tensor values = keysAndValues.narrow(2, width, width);
        double scale = 1 / Math.sqrt((double) width / heads);
        Tensor scores = torch.matmul(
                split(queries, heads).mul(new Scalar(scale)), split(keys, heads).transpose(2, 3));
        Tensor found = torch.matmul(torch.softmax(scores.add(mask), 3), split(values, heads));
        return found.transpose(1, 2).reshape(queries.size(0), queries.size(1), width);
    }

    private static Tensor split(Tensor text, int heads) {
        return text.view(text.size(0), text.size(1), heads, text.size(2) / heads)
                .transpose(1, 2);
    }

    /// Self-attention of a text: one affine map to queries, keys and values, attention, one affine map back.
    static Tensor self(Weights weights, Tensor text, int heads, Tensor mask) {
        long width = text.size(2);
        Tensor all = weights.affine(text);
        return weights.affine(attended(all.narrow(2, 0, width), all.narrow(2, width, 2 * width), heads, mask));
    }

    /// Attention of a text to another: affine maps to queries and to keys and values, attention, one affine map back.
    static Tensor cross(Weights weights, Tensor text, Tensor other, int heads, Tensor mask) {
        Tensor queries = weights.affine(text);
        return weights.affine(attended(queries, weights.affine(other), heads, mask));
    }

    /// −∞ above the diagonal: a token sees itself and those before it.
    static Tensor causalMask(Tensor theta, long tokens) {
        return torch.full(new long[] {tokens, tokens}, new Scalar(Double.NEGATIVE_INFINITY), theta.options())
                .triu(1);
    }

    /// −∞ at the tokens of samples × tokens that are padding, as samples × 1 × 1 × tokens.
    static Tensor paddingMask(Tensor theta, Tensor tokens, long padding) {
        Tensor visible = torch.zeros(new long[] {1}, theta.options());
        return visible.masked_fill(
                tokens.eq(new Scalar(padding)).unsqueeze(1).unsqueeze(1), new Scalar(Double.NEGATIVE_INFINITY));
    }

    /// The rows of a table that belong to tokens.
    static Tensor embedded(Tensor table, Tensor tokens) {
        return torch.embedding(table, tokens);
    }

    /// The scores of all tokens: the product with the table of embeddings, no bias.
    static Tensor scores(Tensor table, Tensor text) {
        return torch.linear(text, table, new TensorOptional());
    }
}
