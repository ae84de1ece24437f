package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Paper 3, Fig. 11: at equal speed Adam ends where the sharpness is larger than where momentum ends.
record AdamAgainstMomentum() implements TrainedFigure {

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig11",
                "Adaptive edge of stability, Fig. 11",
                "For both methods small η finds sharper solutions, more slowly; at equal speed Adam ends sharper than"
                        + " gradient descent with momentum.",
                FigureTasks.CHANCE_LABELS + ", until the loss is 0.01; Adam (0.9, 0.999) with η = 10⁻⁴ to 10⁻³, heavy"
                        + " ball (0.9) with η = 0.01 to 0.05. The paper: a wide residual network on CIFAR-100, five"
                        + " hidden layers of 200 on CIFAR-10.",
                "Five hidden layers of 200, 5,000 images with their own classes.");
    }

    @Override
    public Cost cost() {
        return Cost.network(20);
    }

    /// Where a run ended.
    private record End(double steps, double sharpness) {}

    /// The ends of the runs that came down to the loss, the fastest first.
    private static List<End> ends(Tables tables, String group, String column) {
        double[] steps = SolutionSharpness.atTheEnd(tables, group, "step", SolutionSharpness.LOSS);
        double[] sharpness = SolutionSharpness.atTheEnd(tables, group, column, SolutionSharpness.LOSS);
        return IntStream.range(0, steps.length)
                .filter(i -> !Double.isNaN(steps[i]))
                .mapToObj(i -> new End(steps[i], sharpness[i]))
                .sorted(Comparator.comparingDouble(End::steps))
                .toList();
    }

    private static List<End> adam(Tables tables) {
        return ends(tables, "adam", "sharpness");
    }

    /// P is 1: both sharpnesses are the same.
    private static List<End> momentum(Tables tables) {
        return ends(tables, "momentum", "preconditionedSharpness");
    }

    @Override
    public Figure draw(Tables tables) {
        List<Mark> marks = new ArrayList<>();
        add(marks, "Adam", adam(tables));
        add(marks, "momentum", momentum(tables));
        return Figure.of(
                "P3-fig11",
                "Sharpness at the solution over the steps to it, Adam and momentum",
                new Panel(
                        "",
                        PanelAxis.log10("steps to the loss"),
                        PanelAxis.log10("sharpness λ₁(H) at the solution"),
                        marks));
    }

    private static void add(List<Mark> marks, String name, List<End> ends) {
        double[] steps = ends.stream().mapToDouble(End::steps).toArray();
        double[] sharpness = ends.stream().mapToDouble(End::sharpness).toArray();
        marks.add(Mark.line(name, steps, sharpness));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<End> adam = adam(tables);
        List<String> words = new ArrayList<>();
        int compared = 0;
        double least = Double.POSITIVE_INFINITY;
        for (End end : momentum(tables)) {
            double other = at(adam, end.steps());
            if (!Double.isNaN(other)) {
                compared++;
                least = Math.min(least, other / end.sharpness());
                words.add(text("%.0f steps: momentum %.1f, Adam %.1f", end.steps(), end.sharpness(), other));
            } else {
                words.add(text(
                        "%.0f steps: momentum %.1f, no Adam run as fast or as slow", end.steps(), end.sharpness()));
            }
        }
        return List.of(Register.of("P3-18")
                .ran("λ₁(H) at the solution; Adam's between its runs along straight lines in the logarithms")
                .got("momentum runs as fast as Adam's", compared)
                .gotIf(compared >= 2, "least of Adam's λ₁ over that of momentum", least)
                .claim("Adam's larger", String.join("; ", words)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "heavy ball in place of Adam too, with learning rates of its own",
                Set.of("P3-18"),
                effort -> ControlRuns.ofAll(
                        this,
                        effort,
                        train -> train.training().tuned().rule().name().equals("heavy-ball")
                                ? train
                                : ControlRuns.by(
                                        train,
                                        "heavy-ball",
                                        Map.of("lr", 50 * TrainedRuns.lr(train), "beta1", 0.9),
                                        train.training().ending().steps()))));
    }

    /// Between two neighbours; NaN outside.
    private static double at(List<End> ends, double steps) {
        for (int i = 1; i < ends.size(); i++) {
            End a = ends.get(i - 1);
            End b = ends.get(i);
            if (steps >= a.steps() && steps <= b.steps()) {
                double share = Math.log(steps / a.steps()) / Math.log(b.steps() / a.steps());
                return a.sharpness() * Math.pow(b.sharpness() / a.sharpness(), share);
            }
        }
        return Double.NaN;
    }
}
