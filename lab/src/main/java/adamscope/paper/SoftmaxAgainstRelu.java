package adamscope.paper;

import adamscope.experiment.Series;
import adamscope.figure.Figure;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.List;

/// Paper 1, Fig. 15 a to c: softmax in place of relu slows gradient descent against Adam, and flattens the loss.
record SoftmaxAgainstRelu() implements TrainedFigure {
    private static final String SOFTMAX = "softmax";
    private static final String RELU = "relu";

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig15abc",
                "Degenerate polynomials, Fig. 15 a–c",
                "With softmax in place of relu, tuned gradient descent falls far behind Adam, and the spectrum of the"
                        + " Hessian concentrates at 0.",
                "784–64–10, cross-entropy, the first 500 images of Fashion-MNIST instead of MNIST, full batch, 1,000"
                    + " steps; η in half decades, for each rule and activation the best mean loss of the last tenth."
                    + " Spectra: stochastic Lanczos quadrature, 2 vectors of 30 steps, after the first step of the"
                    + " best Adam and after the last. (Widths, learning rates and the moment of the spectrum are not"
                    + " in the paper's text.)",
                "784–256–10, the 5,000 images that ship with the program, 2,000 steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(61).medium(15);
    }

    @Override
    public List<Table> derived(Series series, Tables tables) {
        return TunedPair.derived(this, series, tables);
    }

    @Override
    public Figure draw(Tables tables) {
        return TunedPair.figure(
                "P1-fig15abc",
                "Losses of gradient descent and Adam at their best rates with relu and softmax; densities of the"
                        + " Hessians",
                List.of(RELU, SOFTMAX),
                tables);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        TunedPair pair = new TunedPair(SOFTMAX, RELU, tables);
        return List.of(pair.advantage("P1-55"), pair.concentration("P1-56"));
    }

    @Override
    public List<Control> controls() {
        return List.of(TunedPair.alike(this, List.of("P1-55", "P1-56"), SOFTMAX, RELU));
    }
}
