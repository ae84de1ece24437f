package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.probe.ValidationProbe;
import adamscope.report.Claim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Paper 3, Fig. 19: the test error where the training loss has come down, over η and β₂. (Its caption says that small
/// values generalise better; text and data say worse.)
record TestErrorAtSolution() implements TrainedFigure {
    /// The 97.5 % quantile of Student's distribution with 2·(5 − 1) degrees of freedom.
    private static final double STUDENT = 2.306;

    /// The error, as earlier versions measured it.
    private static final String EARLIER = "heldOutError";

    private static final Map<String, String> PANELS =
            new TreeMap<>(Map.of("a", "η, full batch", "b", "η, batches", "c", "β₂, full batch", "d", "β₂, batches"));

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig19",
                "Adaptive edge of stability, Fig. 19 and appendix F",
                "The test error is higher when η is small or β₂ is small, full batch (a, c) and in batches (b, d). (So"
                        + " the text and the data; the caption says the opposite.)",
                FigureTasks.FULLY_CONNECTED.replace("seed 1", "five seeds") + ", Adam until the loss of a step is"
                        + " 0.02, error on 4,000 other images at the last look; η = 3·10⁻⁴ to 3·10⁻³ at (0.9,"
                        + " 0.999), β₂ = 0.9 to 0.999 at η = 10⁻³, batches of 100. The paper: a wide residual network"
                        + " on CIFAR-100 until the loss is 0.05, batches of 4,096.",
                "Five hidden layers of 200, 1,000 images.");
    }

    @Override
    public Cost cost() {
        return Cost.network(75).medium(80);
    }

    @Override
    public Label label(String group, Train train) {
        boolean rates = group.equals("a") || group.equals("b");
        double beta2 = TrainedRuns.hyper(train, "beta2");
        String varied = rates ? AdamAtEdge.lr(TrainedRuns.lr(train)) : "β₂ = " + beta2;
        return new Label(varied + ", seed " + train.training().run().seed(), rates ? TrainedRuns.lr(train) : 1 - beta2);
    }

    /// The test error at the end of each run of a group.
    private static double[] errors(Tables tables, String group) {
        return TrainedRuns.probes(tables, group).values().stream()
                .mapToDouble(table -> {
                    boolean earlier = table.columns().stream()
                            .anyMatch(column -> column.name().equals(EARLIER));
                    double[] values = table.numbers(earlier ? EARLIER : ValidationProbe.ACCURACY);
                    double last = values[values.length - 1];
                    return earlier ? last : 1 - last;
                })
                .toArray();
    }

    @Override
    public Figure draw(Tables tables) {
        return new Figure(
                "P3-fig19",
                "",
                "Test error at the solution over η and over 1 − β₂, five seeds",
                4,
                List.of(
                        panel("(a) full batch", "η", "a", tables),
                        panel("(b) batches", "η", "b", tables),
                        panel("(c) full batch", "1 − β₂", "c", tables),
                        panel("(d) batches", "1 − β₂", "d", tables)));
    }

    private static Panel panel(String title, String x, String group, Tables tables) {
        double[] at = TrainedRuns.values(tables, group);
        double[] errors = errors(tables, group);
        double[] values = Arrays.stream(at).distinct().sorted().toArray();
        double[] means = Arrays.stream(values)
                .map(value -> Mean.of(at, errors, value).mean())
                .toArray();
        return Panel.of(
                title,
                PanelAxis.log10(x),
                PanelAxis.linear("test error"),
                Mark.line("mean", values, means),
                Mark.points("a seed", at, errors));
    }

    /// Over the seeds.
    private record Mean(double mean, double standardError) {
        static Mean of(double[] at, double[] errors, double value) {
            double[] chosen = java.util.stream.IntStream.range(0, at.length)
                    .filter(i -> at[i] == value)
                    .mapToDouble(i -> errors[i])
                    .toArray();
            double mean = Arrays.stream(chosen).average().orElse(Double.NaN);
            double squares =
                    Arrays.stream(chosen).map(e -> (e - mean) * (e - mean)).sum();
            return new Mean(mean, Math.sqrt(squares / (chosen.length - 1.0) / chosen.length));
        }
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Measurement measured = Register.of("P3-26")
                .ran("smallest against largest value, mean of five seeds each; of five hidden layers of 50, 500"
                        + " images");
        List<String> words = new ArrayList<>();
        for (Map.Entry<String, String> panel : PANELS.entrySet()) {
            Difference difference = Difference.of(tables, panel.getKey());
            double overChance = difference.points() / difference.seen();
            measured = measured.got(
                            panel.getValue() + ", size of the difference over what chance hides", Math.abs(overChance))
                    .got(panel.getValue() + ", difference over what chance hides", overChance);
            words.add(panel.getValue() + ": " + difference.words());
        }
        return List.of(measured.claim("higher at the small value, by more than chance", String.join("; ", words)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "η = 10⁻³ and β₂ = 0.999 in all runs",
                Set.of("P3-26"),
                effort -> ControlRuns.ofAll(this, effort, train -> train.with(Map.of("lr", 1e-3, "beta2", 0.999)))));
    }

    /// How much larger the error is at the end where the paper sees the larger one.
    ///
    /// @param error  standard error of the difference
    private record Difference(double high, double low, double error) {
        static Difference of(Tables tables, String group) {
            double[] at = TrainedRuns.values(tables, group);
            double[] errors = errors(tables, group);
            double least = Arrays.stream(at).min().orElseThrow();
            double most = Arrays.stream(at).max().orElseThrow();
            // the panels of β₂ are over 1 − β₂
            boolean falls = group.equals("c") || group.equals("d");
            Mean high = Mean.of(at, errors, falls ? most : least);
            Mean low = Mean.of(at, errors, falls ? least : most);
            return new Difference(high.mean(), low.mean(), Math.hypot(high.standardError(), low.standardError()));
        }

        double points() {
            return 100 * (high - low);
        }

        /// The largest difference that chance alone leaves unseen, in points.
        double seen() {
            return 100 * STUDENT * error;
        }

        String words() {
            return text(
                    "%.2f %% against %.2f %%, difference %.2f ± %.2f points (a difference of %.2f would be seen)",
                    100 * high, 100 * low, points(), 100 * error, seen());
        }
    }
}
