package adamscope.paper;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Paper 3, Fig. 6: with minibatches the preconditioned sharpness stays below the full-batch threshold, the more so the
/// smaller the batch, and is smaller at larger η.
record MinibatchSharpness() implements TrainedFigure {
    private static final double[] LRS = {1e-3, 2e-3};
    /// An average that is lower by less than this part counts as equal.
    private static final double CLEARLY = 0.02;

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
        List<Claim> claims = new ArrayList<>();
        for (double lr : LRS) {
            claims.add(ordered(lr, tables));
        }
        double[] small = sharpness(LRS[0], tables);
        double[] large = sharpness(LRS[1], tables);
        boolean falls = IntStream.range(0, small.length).allMatch(i -> large[i] < small[i] * (1 - CLEARLY));
        claims.add(statement("P3-13-lr", "λ₁(P⁻¹H) is smaller when η is larger", "at each batch size")
                .judged(
                        "smaller at η = 2e-3 than at 1e-3",
                        "by more than 2 %",
                        "λ₁ averaged over the last third, batches in order: " + words(small) + " at 1e-3; "
                                + words(large) + " at 2e-3",
                        falls,
                        falls ? "" : "Not at every batch size on this small task."));
        return claims;
    }

    private static Statement statement(String id, String text, String setup) {
        return new Statement(
                id,
                "Adaptive edge of stability, Fig. 6",
                text,
                setup + "; time average over the last third of the steps");
    }

    private static Claim ordered(double lr, Tables tables) {
        Map<String, EdgeCurve> runs = TrainedRuns.edges(tables, group(lr));
        double[] means = runs.values().stream()
                .mapToDouble(run -> run.lastThird().mean())
                .toArray();
        boolean below = Arrays.stream(means).limit(means.length - 1).allMatch(mean -> mean < 1);
        boolean rises = IntStream.range(1, means.length).allMatch(i -> means[i - 1] < means[i] * (1 - CLEARLY));
        boolean full =
                runs.values().stream().reduce((_, last) -> last).orElseThrow().reached();
        return statement(
                        "P3-13",
                        "λ₁(P⁻¹H) of minibatch Adam lies below the full-batch threshold, lower for smaller batches",
                        AdamAtEdge.lr(lr))
                .open(
                        "below 1, rising with the batch",
                        "by more than 2 %",
                        EdgeClaim.measured(runs),
                        below && rises ? Verdict.AGREES : full ? Verdict.DISAGREES : Verdict.INCONCLUSIVE,
                        below && rises
                                ? ""
                                : full
                                        ? "Not in this order on this small task."
                                        : "The largest batch did not reach the threshold in these steps.");
    }

    private static double[] sharpness(double lr, Tables tables) {
        return TrainedRuns.probes(tables, group(lr)).values().stream()
                .mapToDouble(table -> EdgeCurve.sharpness(table).lastThird().mean())
                .toArray();
    }

    private static String words(double[] values) {
        return Arrays.stream(values)
                .mapToObj(value -> Statement.format("%.0f", value))
                .toList()
                .toString();
    }
}
