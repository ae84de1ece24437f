package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Paper 2, Fig. 3: the larger the rates a and b at which Adam and RMSProp forget, the faster they converge early.
record SpeedOfForgetting() implements TrainedFigure {
    private static final double[] LEVELS = {0.2, 0.1, 0.05, 0.02};
    private static final List<String> RULES = List.of("adam", "rmsprop");

    @Override
    public Caption caption() {
        return new Caption(
                "P2-fig3",
                "Qualitative study, Fig. 3",
                "Early in the training, after a very short time from the start, larger rates a and b converge faster.",
                "784–256–128–64–2, relu, mean squared error, full batch, 250 images of each of two classes of"
                    + " Fashion-MNIST (T-shirt, trousers) instead of 1,000 of each of two classes of CIFAR-10; η ="
                    + " 10⁻³, 300 steps; Adam with a = b = 1, 10, 100, RMSProp with a = 1, 10, 100 (the paper's values"
                    + " are not in its text).",
                "1,000 images of each of two classes of CIFAR-10, 1,000 steps. " + CIFAR_FILES);
    }

    @Override
    public Cost cost() {
        return Cost.network(23);
    }

    @Override
    public Label label(String group, Train train) {
        double rate = TrainedRuns.rate(train, "beta2");
        return new Label(text(group.equals("adam") ? "a = b = %.4g" : "a = %.4g", rate), rate);
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (String rule : RULES) {
            List<Mark> marks = new ArrayList<>();
            TrainedRuns.steps(tables, rule)
                    .forEach((label, table) -> marks.add(LossShape.of(table).line(label)));
            panels.add(new Panel(
                    rule.equals("adam") ? "Adam" : "RMSProp",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10("loss"),
                    marks));
        }
        return new Figure("P2-fig3", "", "Early loss over the steps for several rates of forgetting", 2, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<LossShape> adam = LossShape.all(tables, "adam");
        List<LossShape> rmsprop = LossShape.all(tables, "rmsprop");
        return List.of(Register.of("P2-11")
                .ran("first step with a loss below 0.2, 0.1, 0.05 and 0.02 of the first; a = b = 1, 10, 100 of Adam, a"
                        + " = 1, 10, 100 of RMSProp")
                .got("levels of 4 in order, Adam", ordered(adam))
                .got("levels of 4 in order, RMSProp", ordered(rmsprop))
                .claim(
                        "fewer steps for larger rates, at each level",
                        "Adam " + reached(adam) + "; RMSProp " + reached(rmsprop)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "gradient descent, η = 0.02, in place of Adam and RMSProp: no rates of forgetting",
                Set.of("P2-11"),
                effort -> ControlRuns.ofAll(this, effort, train -> ControlRuns.byGradientDescent(train, 0.02, 200))));
    }

    /// At how many levels a larger rate takes no more steps than a smaller one, and the largest fewer than the
    /// smallest.
    private static long ordered(List<LossShape> runs) {
        return Arrays.stream(LEVELS)
                .filter(level -> {
                    double[] steps = steps(runs, level);
                    return IntStream.range(1, steps.length).allMatch(i -> steps[i] <= steps[i - 1])
                            && steps[steps.length - 1] < steps[0];
                })
                .count();
    }

    private static double[] steps(List<LossShape> runs, double level) {
        return runs.stream()
                .mapToDouble(run -> run.firstBelow(level * run.loss()[0]))
                .toArray();
    }

    /// The steps of each rate, level after level.
    private static String reached(List<LossShape> runs) {
        return Arrays.stream(LEVELS)
                .mapToObj(level -> Arrays.stream(steps(runs, level))
                        .mapToObj(step -> Double.isInfinite(step) ? "never" : text("%.0f", step))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }
}
