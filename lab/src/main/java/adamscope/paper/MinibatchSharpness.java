package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Paper 3, Fig. 6: with minibatches the preconditioned sharpness stays below the full-batch threshold, the more so the
/// smaller the batch, and is smaller at larger η.
record MinibatchSharpness() implements TrainedFigure {
    private static final double[] LRS = {1e-3, 2e-3};

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig6",
                "Adaptive edge of stability, Fig. 6",
                "Minibatch Adam: λ₁(P⁻¹H) stays below the full-batch threshold, is smaller when the batch is smaller,"
                        + " and smaller when η is larger.",
                FigureTasks.FULLY_CONNECTED.replace("full batch of the", "batches of 20, 100 and 500 of the") + ", 800"
                        + " steps of Adam (0.9, 0.999), η = 10⁻³ and 2·10⁻³; λ₁ over all images. The paper:"
                        + " ResNet-50 on ImageNet.",
                "Five hidden layers of 200, 5,000 images, batches of 50, 500 and 2,500, 5000 steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(25);
    }

    @Override
    public Label label(String group, Train train) {
        long batch = train.training().batching().size();
        return new Label("batch " + batch, batch);
    }

    private static String group(double lr) {
        return "lr-" + lr;
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (double lr : LRS) {
            panels.add(EdgePanels.preconditioned(
                    "Batches, " + AdamAtEdge.lr(lr), "38/η", TrainedRuns.probes(tables, group(lr))));
        }
        return new Figure("P3-fig6", "", "Preconditioned sharpness of minibatch Adam over the steps", 2, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Map<String, EdgeCurve> runs = new LinkedHashMap<>();
        double below = 0;
        double step = Double.POSITIVE_INFINITY;
        boolean full = true;
        for (double lr : LRS) {
            List<EdgeCurve> batches =
                    List.copyOf(TrainedRuns.edges(tables, group(lr)).values());
            TrainedRuns.edges(tables, group(lr))
                    .forEach((label, run) -> runs.put(AdamAtEdge.lr(lr) + ", " + label, run));
            full &= batches.getLast().reached();
            for (int i = 1; i < batches.size(); i++) {
                double smaller = batches.get(i - 1).lastThird().mean();
                below = Math.max(below, smaller);
                step = Math.min(step, 1 - smaller / batches.get(i).lastThird().mean());
            }
        }
        double[] small = sharpness(LRS[0], tables);
        double[] large = sharpness(LRS[1], tables);
        double fall = IntStream.range(0, small.length)
                .mapToDouble(i -> 1 - large[i] / small[i])
                .min()
                .orElseThrow();
        return List.of(Register.of("P3-13")
                .ran("time average over the last third of the steps")
                .got("full batches come within 5 % of the threshold", full)
                .gotIf(full && below > 0, "largest average of a minibatch, of the threshold", below)
                .gotIf(full && Double.isFinite(step), "least fall from a batch to the next smaller, relative", step)
                .gotIf(full, "least fall of λ₁ from η = 1e-3 to 2e-3, relative", fall)
                .claim(
                        "below 1, rising with the batch; λ₁ smaller at the larger η",
                        EdgeClaim.measured(runs) + "; λ₁ " + words(small) + " at 1e-3, " + words(large) + " at 2e-3"));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "full batches in place of minibatches",
                Set.of("P3-13"),
                effort -> ControlRuns.ofAll(this, effort, ControlRuns::inFullBatches)));
    }

    private static double[] sharpness(double lr, Tables tables) {
        return TrainedRuns.probes(tables, group(lr)).values().stream()
                .mapToDouble(table -> EdgeCurve.sharpness(table).lastThird().mean())
                .toArray();
    }

    private static String words(double[] values) {
        return Arrays.stream(values)
                .mapToObj(value -> text("%.0f", value))
                .toList()
                .toString();
    }
}
