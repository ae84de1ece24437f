package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 3, Figs. 15 and 16: at extremely small η the preconditioned sharpness stays short of its threshold, until the
/// preconditioner is frozen.
///
/// @param frozen whether Fig. 16, with the frozen run, is meant
record SmallestRates(boolean frozen) implements TrainedFigure {
    private static final int FREEZE = 300;
    private static final int IMAGES = 200;
    private static final double LOSS = 0.002;
    /// A sharpness that grew by less decides nothing.
    private static final double GREW = 1.1;
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
        return frozen ? Cost.network(6).medium(26) : Cost.network(16);
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
        return EdgePanels.adamAtEdge(
                caption().id(), "Loss, preconditioned sharpness and sharpness at very small η", runs);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        return List.of(frozen ? rises(tables) : staysShort(tables));
    }

    @Override
    public List<Control> controls() {
        return List.of(
                frozen
                        ? new Control(
                                "P is never frozen, 300 steps",
                                Set.of("P3-23"),
                                effort -> ControlRuns.ofAll(
                                        this,
                                        effort,
                                        train -> ControlRuns.by(
                                                train, "adam", Map.of("lr", TrainedRuns.lr(train)), 300)))
                        : new Control(
                                "η = 10⁻³, 600 steps: the threshold is reached",
                                Set.of("P3-22"),
                                effort -> ControlRuns.ofAll(
                                        this,
                                        effort,
                                        train -> ControlRuns.by(train, "adam", Map.of("lr", 1e-3), 600))));
    }

    private static Claim staysShort(Tables tables) {
        Map<String, EdgeCurve> runs = TrainedRuns.edges(tables, "adam");
        double ended = TrainedRuns.probes(tables, "adam").values().stream()
                .mapToDouble(table -> table.numbers("loss")[table.rows() - 1])
                .min()
                .orElseThrow();
        return Register.of("P3-22")
                .ran("time average over the last third of the steps")
                .got("least loss at the end over the one that ends a run", ended / LOSS)
                .got(
                        "largest average of the last third",
                        runs.values().stream()
                                .mapToDouble(run -> run.lastThird().mean())
                                .max()
                                .orElseThrow())
                .claim(
                        "below 38/η",
                        EdgeClaim.measured(runs),
                        "A run that ends because all is learned, and the sharpness with it, does not tell whether it"
                                + " would have stayed short in a longer training.");
    }

    private static Claim rises(Tables tables) {
        EdgeCurve frozen =
                TrainedRuns.edges(tables, "frozen").values().iterator().next();
        EdgeCurve adam = TrainedRuns.edges(tables, "adam").values().iterator().next();
        RawGrowth growth = RawGrowth.of(
                TrainedRuns.probes(tables, "frozen").values().iterator().next(), FREEZE);
        double settled = frozen.lastThird().mean();
        // with P fixed λ₁(P⁻¹H) rises only as H does: where λ₁(H) does not, a run that stays short decides nothing
        boolean open = growth.factor() < GREW && settled < SHORT;
        return Register.of("P3-23")
                .ran("time average over the last third of the steps; growth of λ₁(H) after the freezing")
                .got("average of Adam", adam.lastThird().mean())
                .got("growth of λ₁(H) after the freezing", growth.factor())
                .gotIf(!open, "average once frozen", settled)
                .claim(
                        "Adam below, frozen at 38/η",
                        text(
                                "Adam %.3f, frozen %.3f of 38/η; λ₁(H) grew %.2f times after the freezing",
                                adam.lastThird().mean(), settled, growth.factor()));
    }
}
