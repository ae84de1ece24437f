package adamscope.paper;

import adamscope.data.Subset;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import adamscope.training.Task;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Paper 2, Fig. 4: three features of a training by RMSProp.
record FeaturesOfRmsprop() implements ComputedFigure {
    private static final String RUN = "rmsprop";
    private static final double START = 0.1;

    /// What is trained.
    record Size(Task task, long steps) {
        static final Size STANDARD = new Size(
                ClassifiedImages.squareLoss(
                        List.of(256, 256, 128), ClassifiedImages.fashion(new Subset(List.of(0, 1), 250, 0))),
                2000);

        static Size full() {
            return new Size(
                    ClassifiedImages.squareLoss(
                            List.of(256, 256, 128), ClassifiedImages.cifar(new Subset(List.of(0, 1), 1000, 0))),
                    2000);
        }
    }

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig4",
                "Qualitative study, Fig. 4",
                "RMSProp falls fast at first, then oscillates a little, and has large spikes.",
                "784–256–256–128–2, relu, mean squared error, full batch, 250 images of each of two classes of"
                        + " Fashion-MNIST (T-shirt, trousers) instead of 1,000 of each of two classes of CIFAR-10; η ="
                        + " 10⁻³, α = β₂ = 0.99, 2,000 steps as in the paper.",
                "1,000 images of each of two classes of CIFAR-10. " + ClassifiedImages.CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(45);
    }

    @Override
    public List<Table> measure(Effort effort) {
        return measure(effort.full() ? Size.full() : Size.STANDARD, effort);
    }

    static List<Table> measure(Size size, Effort effort) {
        Map<String, Double> hyper = Map.of("lr", 1e-3, "beta2", 0.99);
        return LossShape.tables(
                effort.trained(Map.of(RUN, MeasuredTraining.of(size.task(), "rmsprop", hyper, size.steps()))));
    }

    @Override
    public Figure draw(Tables tables) {
        LossShape run = LossShape.of(tables, RUN);
        return new Figure(
                "P2-fig4",
                "",
                "Loss of RMSProp over the steps, and over the last quarter of them",
                2,
                List.of(
                        Panel.of("all steps", Axis.linear("step t"), Axis.log10("loss"), run.line("")),
                        Panel.of(
                                "last quarter",
                                Axis.linear("step t"),
                                Axis.log10("loss"),
                                run.line("", 0.75 * run.lastStep(), run.lastStep()))));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        LossShape run = LossShape.of(tables, RUN);
        double early = START * run.lastStep();
        double gained = Math.log10(run.loss()[0] / lowestUntil(run, early)) / run.decadesTo(run.lowest());
        double turns = run.turns(early, run.lastStep());
        long spikes = run.spikes(LossShape.LARGE, early);
        boolean fast = gained > 0.5;
        boolean oscillates = turns > 0.1;
        boolean spiking = spikes > 0;
        long found = Stream.of(fast, oscillates, spiking).filter(f -> f).count();
        return List.of(new Statement(
                        "P2-12",
                        "Qualitative study, Fig. 4",
                        "RMSProp has a fast start, small oscillations and large spikes",
                        Statement.format("α = 0.99, one run of %.0f steps", run.lastStep()))
                .open(
                        "more than half of all decades gained in the first tenth of the steps; then more than 10 % of"
                                + " the steps turn; then a rise of a decade or more",
                        "qualitative",
                        Statement.format(
                                "%.0f %% of %.1f decades in the first tenth; %.0f %% turn; %d rises of a decade or"
                                        + " more, the tallest %.2f decades",
                                100 * gained, run.decadesTo(run.lowest()), 100 * turns, spikes, run.tallest(early)),
                        found == 3 ? Verdict.AGREES : found == 0 ? Verdict.DISAGREES : Verdict.CONDITIONAL,
                        found == 3 ? "" : "Of the three features this run shows " + found + "."));
    }

    private static double lowestUntil(LossShape run, double step) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < run.loss().length && run.steps()[i] <= step; i++) {
            lowest = Math.min(lowest, run.loss()[i]);
        }
        return lowest;
    }
}
