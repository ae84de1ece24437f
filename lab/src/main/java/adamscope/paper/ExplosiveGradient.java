package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Paper 3, Fig. 18: what grows explosively in the gradient lies in the top eigenvectors of P^(−1/2)·H·P^(−1/2).
record ExplosiveGradient() implements TrainedFigure {
    private static final int TOP = 4;
    private static final int FROM = 250;
    private static final int FULL_FROM = 3000;
    private static final int LENGTH = 120;
    private static final String GROUP = "zoom";
    private static final int AFTER = 3;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig18",
                "Adaptive edge of stability, Fig. 18 and appendix E",
                "Almost all of the spikes of ‖P^(−1/2)·g‖² lie in the top four eigenvectors of P^(−1/2)·H·P^(−1/2)."
                        + " (The paper prints P^(1/2)·g; P^(−1/2)·g is what grows.)",
                FigureTasks.CHANCE_LABELS + ", Adam without bias correction, β₁ = 0.9, β₂ = 0.99, η = 5·10⁻⁴, steps "
                        + FROM + " to " + (FROM + LENGTH) + ", every one of them measured."
                        + FigureTasks.FULLY_CONNECTED_PAPER,
                FigureTasks.FULLY_CONNECTED_FULL + " η = 5·10⁻⁵, from step " + FULL_FROM + " on.");
    }

    @Override
    public Cost cost() {
        return Cost.network(20).medium(12);
    }

    @Override
    public Label label(String group, Train train) {
        return new Label("Adam", TrainedRuns.lr(train));
    }

    /// The measured steps of the window: the first row, of step 1, left out.
    private static double[] window(Table table, String column) {
        double[] all = table.numbers(column);
        return Arrays.copyOfRange(all, 1, all.length);
    }

    /// ‖P^(−1/2)·g‖² and its part in the top eigenvectors.
    private record Parts(double[] step, double[] all, double[] top) {
        static Parts of(Table table) {
            double[] norm = window(table, "semiGradientNorm");
            double[] share = window(table, "semiGradientOnTop");
            double[] all = Arrays.stream(norm).map(n -> n * n).toArray();
            return new Parts(
                    window(table, "step"),
                    all,
                    IntStream.range(0, all.length)
                            .mapToDouble(i -> all[i] * share[i])
                            .toArray());
        }

        double[] rest() {
            return IntStream.range(0, all.length)
                    .mapToDouble(i -> Math.max(0, all[i] - top[i]))
                    .toArray();
        }
    }

    private static Table table(Tables tables) {
        return TrainedRuns.probes(tables, GROUP).get("Adam");
    }

    @Override
    public Figure draw(Tables tables) {
        Table table = table(tables);
        double lr = TrainedRuns.values(tables, GROUP)[0];
        Parts parts = Parts.of(table);
        List<Mark> eigenvalues = new ArrayList<>();
        for (int i = 1; i <= TOP; i++) {
            eigenvalues.add(Mark.line("λ" + "₀₁₂₃₄".charAt(i), parts.step(), window(table, "top" + i)));
        }
        eigenvalues.add(new Mark.HorizontalReference("threshold 38/η", 38 / lr));
        return new Figure(
                "P3-fig18",
                "",
                "Top four eigenvalues, and the semi-preconditioned gradient inside and outside their eigenvectors",
                2,
                List.of(
                        new Panel(
                                "Top four eigenvalues of P⁻¹H",
                                PanelAxis.linear("step t"),
                                PanelAxis.linear("eigenvalue"),
                                eigenvalues),
                        Panel.of(
                                "‖P^(−1/2)·g‖², " + AdamAtEdge.lr(lr),
                                PanelAxis.linear("step t"),
                                PanelAxis.linear("squared norm"),
                                Mark.line("all", parts.step(), parts.all()),
                                Mark.line("in the top four eigenvectors", parts.step(), parts.top()),
                                Mark.line("outside", parts.step(), parts.rest()))));
    }

    /// Of what spikes have beyond the median, the share in the top eigenvectors; spikes are steps at which
    /// ‖P^(−1/2)·g‖² is more than twice its median.
    private record Spikes(int count, double share) {
        static Spikes of(Parts parts, IntPredicate chosen) {
            double[] rest = parts.rest();
            double median = median(parts.all());
            double restMedian = median(rest);
            int[] spikes = IntStream.range(0, rest.length)
                    .filter(i -> parts.all()[i] > 2 * median && chosen.test(i))
                    .toArray();
            double rise = Arrays.stream(spikes)
                    .mapToDouble(i -> parts.all()[i] - median)
                    .sum();
            double outside =
                    Arrays.stream(spikes).mapToDouble(i -> rest[i] - restMedian).sum();
            return new Spikes(spikes.length, 1 - outside / rise);
        }

        private static double median(double[] values) {
            double[] sorted = Arrays.stream(values).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Table table = table(tables);
        double[] largest = window(table, "top1");
        double threshold = 38 / TrainedRuns.values(tables, GROUP)[0];
        Parts parts = Parts.of(table);
        Spikes all = Spikes.of(parts, _ -> true);
        // a growth of a few steps ends when the threshold has been passed downwards: its last steps lie just after
        Spikes unstable = Spikes.of(
                parts, i -> IntStream.rangeClosed(Math.max(0, i - AFTER), i).anyMatch(k -> largest[k] >= threshold));
        return List.of(Register.of("P3-25")
                .ran("steps at which ‖P^(−1/2)·g‖² is more than twice its median: what it has beyond its median,"
                        + " and how much of that is in the eigenvectors")
                .got("such steps while unstable", unstable.count())
                .gotIf(unstable.count() >= 3, "share in the top four while unstable", unstable.share())
                .gotIf(unstable.count() >= 3, "share in the top four at all such steps", all.share())
                .claim(
                        "almost all",
                        text(
                                "%.1f %% over %d such steps of %d; %.1f %% over the %d of them at which λ₁ is above the"
                                        + " threshold or was %d steps before",
                                100 * all.share(),
                                all.count(),
                                parts.all().length,
                                100 * unstable.share(),
                                unstable.count(),
                                AFTER),
                        "While it is unstable. Afterwards what is left swings on in directions that have left the top"
                                + " four."));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "a learning rate of 10⁻⁷, at which nothing moves",
                Set.of("P3-25"),
                effort -> ControlRuns.ofAll(this, effort, train -> ControlRuns.standingStill(train, Long.MAX_VALUE))));
    }
}
