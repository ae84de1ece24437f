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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Paper 3, Fig. 10: the sharpness λ₁(H) where the loss has come down, over η and β₂, full batch and in large batches.
record SolutionSharpness() implements TrainedFigure {
    static final double LOSS = 0.01;

    private static final Map<String, String> PANELS =
            new TreeMap<>(Map.of("a", "η, full batch", "b", "η, batches", "c", "β₂, full batch", "d", "β₂, batches"));

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig10",
                "Adaptive edge of stability, Fig. 10",
                "Adam finds sharper solutions when η is small or β₂ is small, full batch (a, c) and in batches (b, d).",
                FigureTasks.CHANCE_LABELS + ", Adam until the loss of a step is 0.01; (a, b) η = 3·10⁻⁴ to 3·10⁻³ at"
                        + " (0.9, 0.999); (c, d) β₂ = 0.9 to 0.999 at η = 3·10⁻³; (b, d) batches of 100; λ₁(H) over"
                        + " all images at the last look, at most 20 steps before the end. The paper: a wide residual"
                        + " network on CIFAR-100 until the loss is 0.1, batches of 4,096.",
                "Five hidden layers of 200, 5,000 images with their own classes, batches of 1,000.");
    }

    @Override
    public Cost cost() {
        return Cost.network(25);
    }

    @Override
    public Label label(String group, Train train) {
        double beta2 = TrainedRuns.hyper(train, "beta2");
        return group.equals("a") || group.equals("b") ? Label.ofLr(train) : new Label("β₂ = " + beta2, 1 - beta2);
    }

    /// The last value of a column in each run of a group; NaN for a run that did not come down to the loss.
    static double[] atTheEnd(Tables tables, String group, String column, double loss) {
        return TrainedRuns.probes(tables, group).values().stream()
                .mapToDouble(table -> {
                    double[] losses = table.numbers("loss");
                    double[] values = table.numbers(column);
                    // a minibatch run ends at the loss of a batch; that of all images is near it
                    return losses[losses.length - 1] <= 5 * loss ? values[values.length - 1] : Double.NaN;
                })
                .toArray();
    }

    @Override
    public Figure draw(Tables tables) {
        return new Figure(
                "P3-fig10",
                "",
                "Sharpness at the solution over η and over 1 − β₂",
                4,
                List.of(
                        panel("(a) full batch", "η", "a", tables),
                        panel("(b) batches", "η", "b", tables),
                        panel("(c) full batch", "1 − β₂", "c", tables),
                        panel("(d) batches", "1 − β₂", "d", tables)));
    }

    private static Panel panel(String title, String x, String group, Tables tables) {
        double[] at = TrainedRuns.values(tables, group);
        double[] sharpness = atTheEnd(tables, group, "sharpness", LOSS);
        return Panel.of(
                title,
                PanelAxis.log10(x),
                PanelAxis.log10("sharpness λ₁(H) at the solution"),
                Mark.line("a run", at, sharpness));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Measurement measured = Register.of("P3-17").ran("λ₁(H) where the loss has come down to " + LOSS);
        List<String> words = new ArrayList<>();
        boolean known = true;
        for (Map.Entry<String, String> panel : PANELS.entrySet()) {
            double[] sharpness = atTheEnd(tables, panel.getKey(), "sharpness", LOSS);
            List<String> labels =
                    List.copyOf(TrainedRuns.probes(tables, panel.getKey()).keySet());
            known &= Arrays.stream(sharpness).noneMatch(Double::isNaN);
            // in both sweeps the runs go from what should be sharp to what should be flat
            measured = measured.got(
                    panel.getValue() + ", largest of a λ₁ over the one before",
                    IntStream.range(1, sharpness.length)
                            .mapToDouble(i -> sharpness[i] / sharpness[i - 1])
                            .max()
                            .orElse(Double.NaN));
            words.add(panel.getValue() + ": "
                    + IntStream.range(0, sharpness.length)
                            .mapToObj(i -> text("%s: %.1f", labels.get(i), sharpness[i]))
                            .collect(Collectors.joining(", ")));
        }
        return List.of(measured.got("all runs come down to the loss", known)
                .claim("sharper the smaller η, and the smaller β₂", String.join("; ", words)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "η = 10⁻³ and β₂ = 0.999 in all runs",
                Set.of("P3-17"),
                effort -> ControlRuns.ofAll(this, effort, train -> train.with(Map.of("lr", 1e-3, "beta2", 0.999)))));
    }
}
