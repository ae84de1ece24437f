package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import java.util.List;
import java.util.Set;

/// Paper 2, Fig. 9: minibatch Adam on a residual network, the usual decays and nearly equal ones.
record ResidualNetworkSpikes() implements TrainedFigure {
    private static final String USUAL = "usual";
    private static final String EQUAL = "equal";

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
                "32 channels, 1,000 images of each class of CIFAR-10, batches of 1,000, 2,000 steps. " + CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(43).medium(30);
    }

    @Override
    public Label label(String group, Train train) {
        double beta1 = TrainedRuns.hyper(train, "beta1");
        double beta2 = TrainedRuns.hyper(train, "beta2");
        return new Label("β₁ = " + beta1 + ", β₂ = " + beta2, beta2);
    }

    @Override
    public Figure draw(Tables tables) {
        return Figure.of(
                "P2-fig9",
                "Loss of minibatch Adam on a residual network over the steps, for two pairs of decays",
                Panel.of(
                        "ResNet-18",
                        PanelAxis.linear("step t"),
                        PanelAxis.log10("loss of a batch"),
                        LossShape.of(tables, USUAL).line("β₁ = 0.9, β₂ = 0.999"),
                        LossShape.of(tables, EQUAL).line("β₁ = β₂ = 0.99")));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        LossShape usual = LossShape.of(tables, USUAL);
        LossShape equal = LossShape.of(tables, EQUAL);
        double late = 0.5 * usual.lastStep();
        boolean spiking = usual.tallest(late) >= LossShape.LARGE;
        return List.of(Register.of("P2-20")
                .ran(text("one run each of %.0f steps, second half", usual.lastStep()))
                .got("tallest rise with the usual decays, decades", usual.tallest(late))
                .gotIf(spiking, "tallest rise with equal ones less that", equal.tallest(late) - usual.tallest(late))
                .gotIf(
                        spiking,
                        "decades climbed with equal ones less with the usual",
                        equal.roughness(late) - usual.roughness(late))
                .gotIf(spiking, "median loss with equal ones over that", equal.median(late) / usual.median(late))
                .claim(
                        "the usual decays spike; with equal ones fewer and smaller rises, and a lower loss",
                        text(
                                "usual: tallest rise %.2f decades, %.1f decades climbed per 1,000 steps, median %.2g;"
                                        + " equal: %.2f, %.1f, %.2g",
                                usual.tallest(late),
                                usual.roughness(late),
                                usual.median(late),
                                equal.tallest(late),
                                equal.roughness(late),
                                equal.median(late))));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "a learning rate of 10⁻⁷, at which nothing moves, 10 steps",
                Set.of("P2-20"),
                effort -> ControlRuns.ofAll(this, effort, train -> ControlRuns.standingStill(train, 10))));
    }
}
