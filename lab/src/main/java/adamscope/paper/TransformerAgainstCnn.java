package adamscope.paper;

import adamscope.experiment.Series;
import adamscope.figure.Figure;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.List;

/// Paper 1, Fig. 15 d to f: Adam's lead over gradient descent, and the spectrum at 0, of a transformer and of a
/// convolutional network.
record TransformerAgainstCnn() implements TrainedFigure {
    private static final String GPT = "transformer";
    private static final String CNN = "convolutions";

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
                        + " text, --data text=FILE. " + CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(80).medium(20);
    }

    @Override
    public List<Table> derived(Series series, Tables tables) {
        return TunedPair.derived(this, series, tables);
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
        return List.of(pair.advantage("P1-57"), pair.concentration("P1-58"));
    }

    @Override
    public List<Control> controls() {
        return List.of(TunedPair.alike(this, List.of("P1-57", "P1-58"), GPT, CNN));
    }
}
