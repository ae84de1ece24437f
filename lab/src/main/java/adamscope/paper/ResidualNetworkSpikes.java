package adamscope.paper;

import adamscope.data.ImageSource;
import adamscope.data.Subset;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.model.ResNet;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import adamscope.training.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Paper 2, Fig. 9: minibatch Adam on a residual network, the usual decays and nearly equal ones.
record ResidualNetworkSpikes() implements ComputedFigure {
    private static final String USUAL = "usual";
    private static final String EQUAL = "equal";

    /// What is trained.
    record Size(Task task, long batch, long steps) {
        static final Size STANDARD =
                new Size(task(0.125, ResNet.Stem.IMAGENET, ClassifiedImages.fashion(Subset.first(200))), 100, 1000);

        static Size full() {
            return new Size(
                    task(0.5, ResNet.Stem.CIFAR, ClassifiedImages.cifar(new Subset(List.of(), 1000, 0))), 1000, 2000);
        }

        static Task task(double multiplier, ResNet.Stem stem, ImageSource images) {
            return new Task(
                    new ModelSource.Residual(ResNet.Depth.EIGHTEEN, multiplier, stem),
                    Optional.of(images),
                    Optional.of(Criterion.MEAN_SQUARED));
        }
    }

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig9",
                "Qualitative study, Fig. 9",
                "Stochastic Adam on ResNet-18: large spikes late in the training with the usual decays; with a ≈ b it"
                        + " converges smoothly, and faster.",
                "ResNet-18 with 8 channels in its first stage instead of 32 and the stem for large images, mean"
                    + " squared error, the first 200 images of Fashion-MNIST in batches of 100 instead of 10,000 of"
                    + " CIFAR-10 in batches of 1,000; η = 10⁻³; usual decays against β₁ = β₂ = 0.99 (the paper's pair"
                    + " is not in its text), 1,000 steps.",
                "32 channels, 1,000 images of each class of CIFAR-10, batches of 1,000, 2,000 steps. "
                        + ClassifiedImages.CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(43);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort.full() ? Size.full() : Size.STANDARD, effort);
    }

    static List<Table> measure(Size size, Effort effort) {
        Map<String, MeasuredTraining> runs = new LinkedHashMap<>();
        runs.put(USUAL, run(size, 0.9, 0.999));
        runs.put(EQUAL, run(size, 0.99, 0.99));
        return LossShape.tables(effort.trained(runs));
    }

    private static MeasuredTraining run(Size size, double beta1, double beta2) {
        Map<String, Double> hyper = Map.of("lr", 1e-3, "beta1", beta1, "beta2", beta2);
        return MeasuredTraining.of(size.task(), "adam", hyper, size.steps()).inBatches(size.batch());
    }

    @Override
    public Figure draw(Tables tables) {
        return Figure.of(
                "P2-fig9",
                "Loss of minibatch Adam on a residual network over the steps, for two pairs of decays",
                Panel.of(
                        "ResNet-18",
                        Axis.linear("step t"),
                        Axis.log10("loss of a batch"),
                        LossShape.of(tables, USUAL).line("β₁ = 0.9, β₂ = 0.999"),
                        LossShape.of(tables, EQUAL).line("β₁ = β₂ = 0.99")));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        LossShape usual = LossShape.of(tables, USUAL);
        LossShape equal = LossShape.of(tables, EQUAL);
        double late = 0.5 * usual.lastStep();
        boolean spiking = usual.tallest(late) >= LossShape.LARGE;
        boolean smoother = usual.roughness(late) > equal.roughness(late) && equal.tallest(late) < usual.tallest(late);
        boolean lower = equal.median(late) < usual.median(late);
        boolean agrees = spiking && smoother && lower;
        return List.of(new Statement(
                        "P2-20",
                        "Qualitative study, Fig. 9",
                        "With a ≈ b stochastic Adam avoids the spikes of the usual decays, and is faster",
                        Statement.format("one run each of %.0f steps, second half", usual.lastStep()))
                .open(
                        "a rise of a decade with the usual decays; fewer and smaller rises, and a lower median loss,"
                                + " with equal ones",
                        "qualitative",
                        Statement.format(
                                "usual: tallest rise %.2f decades, %.1f decades climbed per 1,000 steps, median %.2g;"
                                        + " equal: %.2f, %.1f, %.2g",
                                usual.tallest(late),
                                usual.roughness(late),
                                usual.median(late),
                                equal.tallest(late),
                                equal.roughness(late),
                                equal.median(late)),
                        agrees ? Verdict.AGREES : spiking ? Verdict.DISAGREES : Verdict.INCONCLUSIVE,
                        agrees
                                ? ""
                                : spiking
                                        ? "The usual decays spike, but equal ones are not both smoother and lower."
                                        : Statement.format(
                                                "The usual decays do not spike in so short a run of so small a network"
                                                        + " on so few images. Equal ones are %s.",
                                                lower ? "faster" : "not faster")));
    }
}
