package adamscope.model;

import adamscope.data.Samples;
import adamscope.shape.Form;
import adamscope.text.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// How far outputs are from targets, as a mean over the samples of a batch.
public sealed interface Criterion
        permits Criterion.HalfSquared,
                Criterion.MeanSquared,
                Criterion.CrossEntropy,
                Criterion.TokenCrossEntropy,
                FormulaCriterion {

    /// ½·Σ (output − target)², summed over the outputs of a sample (Cohen et al. 2022, appendix G.1).
    Criterion HALF_SQUARED = new HalfSquared();

    /// Mean of (output − target)² over samples and outputs: the square loss of Ma, Wu & E 2022, PyTorch's `MSELoss`.
    Criterion MEAN_SQUARED = new MeanSquared();

    /// −Σ target·log softmax(output), over the classes of a sample; targets are shares of the classes, such as one-hot.
    Criterion CROSS_ENTROPY = new CrossEntropy();

    /// Those that need no word about the data.
    List<Criterion> ALL = List.of(HALF_SQUARED, MEAN_SQUARED, CROSS_ENTROPY);

    /// Its name in experiments.
    String word();

    /// The mean over the rows of `outputs`, a tensor of one number.
    Tensor mean(Tensor outputs, Tensor targets);

    /// One of [#ALL] by its word, or a formula of an output `y` and its target `t`.
    Form<Criterion> FORM = new Form.Functions<>(
            (node, given) -> node.at(() -> read(node.label(), node.text())),
            (criterion, folder) -> criterion.word(),
            new Form.Allowed(
                    String.join(", ", words()) + ", or a formula of an output y and its target t: `log(cosh(y - t))`",
                    String.join("|", words()) + "|FORMULA",
                    () -> Map.of("type", "string"),
                    true));

    private static List<String> words() {
        return ALL.stream().map(Criterion::word).toList();
    }

    /// @param named what the text was meant for
    private static Criterion read(String named, String text) {
        Optional<Criterion> known =
                ALL.stream().filter(criterion -> criterion.word().equals(text)).findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        if (text.matches("[\\p{L}_-]{2,}")) {
            throw new IllegalArgumentException(named + " = " + text + " is none of " + words()
                    + " and no formula of y and t, such as (y - t)^2" + Nearest.hint(text, words()));
        }
        return FormulaCriterion.read("objective", text);
    }

    /// The cross-entropy of tokens: every target counts.
    static Criterion tokens(Samples samples) {
        return new TokenCrossEntropy(
                TokenCrossEntropy.NO_PADDING, samples.targets().size(1));
    }

    /// The cross-entropy of tokens: targets that are `padding` do not count.
    ///
    /// @throws IllegalArgumentException if all targets are padding
    static Criterion tokensWithPadding(Samples samples, long padding) {
        try (PointerScope _ = new PointerScope()) {
            double counted = samples.targets().ne(new Scalar(padding)).sum().item_long();
            return new TokenCrossEntropy(padding, counted / samples.count());
        }
    }

    /// See [Criterion#HALF_SQUARED].
    record HalfSquared() implements Criterion {
        @Override
        public String word() {
            return "half-squared";
        }

        @Override
        public Tensor mean(Tensor outputs, Tensor targets) {
            Tensor difference = outputs.sub(targets);
            return difference.mul(difference).sum().mul(new Scalar(0.5 / outputs.size(0)));
        }
    }

    /// See [Criterion#MEAN_SQUARED].
    record MeanSquared() implements Criterion {
        @Override
        public String word() {
            return "mean-squared";
        }

        @Override
        public Tensor mean(Tensor outputs, Tensor targets) {
            Tensor difference = outputs.sub(targets);
            return difference.mul(difference).mean();
        }
    }

    /// See [Criterion#CROSS_ENTROPY].
    record CrossEntropy() implements Criterion {
        @Override
        public String word() {
            return "cross-entropy";
        }

        @Override
        public Tensor mean(Tensor outputs, Tensor targets) {
            return torch.log_softmax(outputs, -1).mul(targets).sum().mul(new Scalar(-1.0 / outputs.size(0)));
        }
    }

    /// −log softmax(output)\[target\] of each token, summed and divided by the tokens that count in as many samples on
    /// average over the whole data set.
    ///
    /// So the mean over all samples is the mean over all tokens, a batch gives an unbiased estimate of it, and the loss
    /// of a batch is the mean of its samples' losses whatever their lengths.
    ///
    /// @param padding         the target that does not count; negative if all do
    /// @param tokensPerSample how many targets of a sample count on average
    record TokenCrossEntropy(long padding, double tokensPerSample) implements Criterion {
        static final long NO_PADDING = -100;

        private static final long SUM = 2;

        public TokenCrossEntropy {
            if (!(tokensPerSample > 0)) {
                throw new IllegalArgumentException(
                        "no target counts: all are the padding token " + padding + ", or there are none");
            }
        }

        @Override
        public String word() {
            return "token-cross-entropy";
        }

        @Override
        public Tensor mean(Tensor outputs, Tensor targets) {
            Tensor scores = outputs.view(-1, outputs.size(-1));
            Tensor total = torch.cross_entropy_loss(scores, targets.reshape(-1), new TensorOptional(), SUM, padding, 0);
            return total.mul(new Scalar(1 / (tokensPerSample * outputs.size(0))));
        }
    }
}
