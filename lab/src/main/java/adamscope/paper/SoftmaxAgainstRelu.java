package adamscope.paper;

import adamscope.data.Subset;
import adamscope.figure.Figure;
import adamscope.model.Activation;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.report.Claim;
import adamscope.table.Table;
import adamscope.training.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Paper 1, Fig. 15 a to c: softmax in place of relu slows gradient descent against Adam, and flattens the loss.
record SoftmaxAgainstRelu() implements ComputedFigure {
    private static final String SOFTMAX = "softmax";
    private static final String RELU = "relu";

    /// What is trained.
    record Size(int images, int hidden, long steps) {
        static final Size STANDARD = new Size(500, 64, 1000);
        static final Size FULL = new Size(5000, 256, 2000);

        TunedContest contest(String name, Activation activation) {
            Task task = new Task(
                    new ModelSource.Dense(List.of(hidden), activation),
                    Optional.of(ClassifiedImages.fashion(Subset.first(images))),
                    Optional.of(Criterion.CROSS_ENTROPY));
            return new TunedContest(
                    name,
                    task,
                    0,
                    steps,
                    Map.of(
                            TunedContest.GD,
                            TunedContest.halfDecades(activation == Activation.RELU ? 0.032 : 0.32, 5),
                            TunedContest.ADAM,
                            TunedContest.halfDecades(1e-3, 4)));
        }

        List<TunedContest> contests() {
            return List.of(contest(RELU, Activation.RELU), contest(SOFTMAX, Activation.SOFTMAX));
        }
    }

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
        return Cost.network(61);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort.full() ? Size.FULL : Size.STANDARD, effort);
    }

    static List<Table> measure(Size size, Effort effort) {
        return TunedPair.measure(size.contests(), effort);
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
        return List.of(
                pair.advantage(new Statement(
                        "P1-55",
                        "Degenerate polynomials, Fig. 15 a, b",
                        "Softmax between the layers slows tuned gradient descent against Adam, compared with relu",
                        "best of several η each, one seed")),
                pair.concentration(new Statement(
                        "P1-56",
                        "Degenerate polynomials, Fig. 15 c",
                        "Softmax concentrates the spectrum of the Hessian at 0",
                        "part of the eigenvalues within a thousandth of the largest with relu, and of the own"
                                + " largest")));
    }
}
