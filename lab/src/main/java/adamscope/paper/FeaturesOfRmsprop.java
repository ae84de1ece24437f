package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import java.util.List;
import java.util.Set;

/// Paper 2, Fig. 4: three features of a training by RMSProp.
record FeaturesOfRmsprop() implements TrainedFigure {
    private static final String RUN = "rmsprop";
    private static final double START = 0.1;

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig4",
                "Qualitative study, Fig. 4",
                "RMSProp falls fast at first, then oscillates a little, and has large spikes.",
                "784–256–256–128–2, relu, mean squared error, full batch, 250 images of each of two classes of"
                        + " Fashion-MNIST (T-shirt, trousers) instead of 1,000 of each of two classes of CIFAR-10; η ="
                        + " 10⁻³, α = β₂ = 0.99, 2,000 steps as in the paper.",
                "1,000 images of each of two classes of CIFAR-10. " + CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(45).medium(5);
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
                        Panel.of("all steps", PanelAxis.linear("step t"), PanelAxis.log10("loss"), run.line("")),
                        Panel.of(
                                "last quarter",
                                PanelAxis.linear("step t"),
                                PanelAxis.log10("loss"),
                                run.line("", 0.75 * run.lastStep(), run.lastStep()))));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        LossShape run = LossShape.of(tables, RUN);
        double early = START * run.lastStep();
        double gained = Math.log10(run.loss()[0] / lowestUntil(run, early)) / run.decadesTo(run.lowest());
        double turns = run.turns(early, run.lastStep());
        long spikes = run.spikes(LossShape.LARGE, early);
        return List.of(Register.of("P2-12")
                .ran(text("α = 0.99, %.0f steps", run.lastStep()))
                .got("share of all decades in the first tenth of the steps", gained)
                .got("share of the later steps that turn", turns)
                .got("later rises of a decade", spikes)
                .claim(
                        "all three",
                        text(
                                "%.0f %% of %.1f decades in the first tenth; %.0f %% turn; %d rises of a decade or"
                                        + " more, the tallest %.2f decades",
                                100 * gained, run.decadesTo(run.lowest()), 100 * turns, spikes, run.tallest(early))));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "gradient descent, η = 0.02, 1,000 steps: its loss has no spikes",
                Set.of("P2-12"),
                effort -> ControlRuns.of(this, effort, train -> ControlRuns.byGradientDescent(train, 0.02, 1000))));
    }

    private static double lowestUntil(LossShape run, double step) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < run.loss().length && run.steps()[i] <= step; i++) {
            lowest = Math.min(lowest, run.loss()[i]);
        }
        return lowest;
    }
}
