package adamscope.paper;

import adamscope.data.ImageSource;
import adamscope.data.Subset;
import adamscope.data.TextSource;
import adamscope.data.Tokenizer;
import adamscope.figure.Figure;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.report.Claim;
import adamscope.table.Table;
import adamscope.training.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Paper 1, Fig. 15 d to f: Adam's lead over gradient descent, and the spectrum at 0, of a transformer and of a
/// convolutional network.
record TransformerAgainstCnn() implements ComputedFigure {
    private static final String GPT = "transformer";
    private static final String CNN = "convolutions";

    /// What is trained.
    record Size(TunedContest transformer, TunedContest convolutions) {

        static Size standard() {
            return of(
                    new ModelSource.Language(1, 2, 32),
                    new TextSource(Optional.empty(), Tokenizer.GPT2, 32, 64),
                    ClassifiedImages.fashion(Subset.first(500)),
                    new Length(List.of(8, 16), List.of(16L, 50L), 300));
        }

        static Size full() {
            return of(
                    new ModelSource.Language(12, 12, 768),
                    new TextSource(Optional.of(Path.of("text.txt")), Tokenizer.GPT2, 1024, 0),
                    ClassifiedImages.cifar(Subset.ALL),
                    new Length(List.of(32, 64), List.of(64L, 64L), 20_000));
        }

        /// @param filters of the convolutions
        /// @param batches samples of a batch of texts and of images
        record Length(List<Integer> filters, List<Long> batches, long steps) {}

        static Size of(ModelSource.Language gpt, TextSource text, ImageSource images, Length length) {
            Task language = new Task(gpt, Optional.of(text), Optional.empty());
            Task vision = new Task(
                    new ModelSource.TwoConvolutional(length.filters()),
                    Optional.of(images),
                    Optional.of(Criterion.CROSS_ENTROPY));
            return new Size(
                    new TunedContest(
                            GPT,
                            language,
                            length.batches().getFirst(),
                            length.steps(),
                            Map.of(
                                    TunedContest.GD,
                                    TunedContest.halfDecades(0.032, 4),
                                    TunedContest.ADAM,
                                    TunedContest.halfDecades(1e-3, 3))),
                    new TunedContest(
                            CNN,
                            vision,
                            length.batches().getLast(),
                            length.steps(),
                            Map.of(
                                    TunedContest.GD,
                                    TunedContest.halfDecades(0.01, 4),
                                    TunedContest.ADAM,
                                    TunedContest.halfDecades(1e-3, 5))));
        }
    }

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig15def",
                "Degenerate polynomials, Fig. 15 d–f",
                "Adam's lead over tuned stochastic gradient descent is larger on a transformer than on a convolutional"
                        + " network, and its Hessian has more eigenvalues at 0.",
                "GPT-2 of one layer, two heads, width 32 on 64 pieces of 32 tokens of English instead of GPT-2 on"
                    + " SlimPajama, batches of 16; two convolutions of 8 and 16 filters on the first 500 images of"
                    + " Fashion-MNIST instead of CIFAR-10, batches of 50; cross-entropy, 300 steps; η in half decades,"
                    + " for each rule and network the best mean loss of the last tenth. Spectra: stochastic Lanczos"
                    + " quadrature over all samples, 2 vectors of 30 steps, after the first step of the best Adam and"
                    + " after the last.",
                "GPT-2 small on text.txt and 32 and 64 filters on CIFAR-10, batches of 64, 20,000 steps. Needs plain"
                        + " text in text.txt in the folder where the command runs. " + ClassifiedImages.CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(80);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort.full() ? Size.full() : Size.standard(), effort);
    }

    static List<Table> measure(Size size, Effort effort) {
        return TunedPair.measure(List.of(size.convolutions(), size.transformer()), effort);
    }

    @Override
    public Figure draw(Tables tables) {
        return TunedPair.figure(
                "P1-fig15def",
                "Losses of gradient descent and Adam at their best rates on two networks; densities of the Hessians",
                List.of(CNN, GPT),
                tables);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        TunedPair pair = new TunedPair(GPT, CNN, tables);
        return List.of(
                pair.advantage(new Statement(
                        "P1-57",
                        "Degenerate polynomials, Fig. 15 d, e",
                        "Adam's lead over tuned stochastic gradient descent is larger for a transformer than for a"
                                + " convolutional network",
                        "best of several η each, one seed")),
                pair.concentration(new Statement(
                        "P1-58",
                        "Degenerate polynomials, Fig. 15 f",
                        "The spectrum of the transformer is more concentrated at 0",
                        "part of the eigenvalues within a thousandth of the largest of the convolutions, and of the own"
                                + " largest")));
    }
}
