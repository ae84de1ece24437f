package adamscope.paper;

import adamscope.experiment.Train;
import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.report.Claim;
import adamscope.report.Claim.Verdict;
import adamscope.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Paper 3, Figs. 15 and 16: at extremely small η the preconditioned sharpness stays short of its threshold, until the
/// preconditioner is frozen.
///
/// @param frozen whether Fig. 16, with the frozen run, is meant
record SmallestRates(boolean frozen) implements TrainedFigure {
    private static final int FREEZE = 300;
    private static final int IMAGES = 200;
    private static final double LOSS = 0.002;
    /// A sharpness that stays below this part of the threshold is short of it.
    private static final double SHORT = 0.9;

    @Override
    public Caption caption() {
        String task = FigureTasks.CHANCE_LABELS.replace("500 images", IMAGES + " images")
                + ", Adam without bias correction (0.9, 0.999)";
        String paper = " The paper: a CNN on CIFAR-10, η around 2·10⁻⁶.";
        return frozen
                ? new Caption(
                        "P3-fig16",
                        "Adaptive edge of stability, Fig. 16",
                        "Where Adam's preconditioned sharpness stays short of 38/η, it rises to it once P is frozen.",
                        task + ", η = 10⁻⁴, with P frozen at step " + FREEZE + " and without, until the loss is " + LOSS
                                + "." + paper,
                        FigureTasks.FULLY_CONNECTED_FULL + " η = 10⁻⁵, P frozen at step 6,000.")
                : new Caption(
                        "P3-fig15",
                        "Adaptive edge of stability, Fig. 15",
                        "At extremely small η the preconditioned sharpness flattens short of 38/η, or rises very"
                                + " slowly below it.",
                        task + ", η = 2.5·10⁻⁵ to 10⁻⁴, until the loss is " + LOSS + "." + paper,
                        FigureTasks.FULLY_CONNECTED_FULL + " η = 2.2·10⁻⁶ to 10⁻⁵, 12000 steps.");
    }

    @Override
    public Cost cost() {
        return Cost.network(frozen ? 6 : 16);
    }

    @Override
    public Label label(String group, Train train) {
        if (!frozen) {
            return Label.ofLr(train);
        }
        return new Label(group.equals("adam") ? "Adam" : group, TrainedRuns.lr(train));
    }

    @Override
    public Figure draw(Tables tables) {
        Map<String, Table> runs = new LinkedHashMap<>(TrainedRuns.probes(tables, "adam"));
        runs.putAll(TrainedRuns.probes(tables, "frozen"));
        return new Figure(
                caption().id(),
                "",
                "Loss, preconditioned sharpness and sharpness at very small η",
                3,
                List.of(
                        EdgePanels.over("Training loss", Axis.log10("loss"), "loss", runs),
                        EdgePanels.preconditioned("Preconditioned sharpness", "38/η", runs),
                        EdgePanels.over("Sharpness", Axis.log10("λ₁(H)"), "sharpness", runs)));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(frozen ? rises(tables) : staysShort(tables));
    }

    private static Claim staysShort(Tables tables) {
        Map<String, EdgeCurve> runs = TrainedRuns.edges(tables, "adam");
        boolean isShort = runs.values().stream().allMatch(run -> run.lastThird().mean() < SHORT);
        return new Statement(
                        "P3-22",
                        "Adaptive edge of stability, Fig. 15",
                        "At extremely small η the preconditioned sharpness stays short of 38/η",
                        "time average over the last third of the steps")
                .open(
                        "below 38/η",
                        "below 90 % of it",
                        EdgeClaim.measured(runs),
                        isShort ? Verdict.INCONCLUSIVE : Verdict.DISAGREES,
                        isShort
                                ? "It does stay short, but these runs end because all is learned, and the sharpness"
                                        + " with it: whether it would have stayed short in a longer training is not"
                                        + " decided."
                                : "Not at every η of this small task.");
    }

    private static Claim rises(Tables tables) {
        EdgeCurve frozen =
                TrainedRuns.edges(tables, "frozen").values().iterator().next();
        EdgeCurve adam = TrainedRuns.edges(tables, "adam").values().iterator().next();
        RawGrowth growth = RawGrowth.of(
                TrainedRuns.probes(tables, "frozen").values().iterator().next(), FREEZE);
        boolean reached = frozen.lastThird().mean() >= SHORT;
        boolean wasShort = adam.lastThird().mean() < SHORT;
        boolean learned = growth.factor() < 1.1;
        Verdict verdict = !wasShort || (!reached && learned)
                ? Verdict.INCONCLUSIVE
                : reached ? Verdict.AGREES : Verdict.DISAGREES;
        return new Statement(
                        "P3-23",
                        "Adaptive edge of stability, Fig. 16",
                        "Once P is frozen, the preconditioned sharpness rises to 38/η",
                        "time average over the last third of the steps")
                .open(
                        "Adam below, frozen at 38/η",
                        "90 % of it",
                        Statement.format(
                                "Adam %.3f, frozen %.3f of 38/η; λ₁(H) grew %.2f times after the freezing",
                                adam.lastThird().mean(), frozen.lastThird().mean(), growth.factor()),
                        verdict,
                        switch (verdict) {
                            case AGREES -> "";
                            case INCONCLUSIVE, CONDITIONAL ->
                                wasShort
                                        ? "With P fixed, λ₁(P⁻¹H) rises only as H does, and λ₁(H) grew by less than 10"
                                                + " % after the freezing: this small task was learned."
                                        : "Adam was not short of its threshold here.";
                            case DISAGREES -> "It stayed short although the sharpness itself went on rising.";
                        });
    }
}
