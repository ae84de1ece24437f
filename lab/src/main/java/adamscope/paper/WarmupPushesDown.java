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
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 3, Fig. 7: while η warms up, the preconditioned sharpness of Transformers is pushed down along 38/η.
record WarmupPushesDown() implements TrainedFigure {
    private static final int WARMUP = 200;
    private static final int FULL_WARMUP = 40_000;
    private static final int PAIRS = 24;
    private static final int FULL_PAIRS = 160;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig7",
                "Adaptive edge of stability, Fig. 7",
                "While the learning rate warms up, λ₁(P⁻¹H) of Transformers rises to the falling 38/η and is pushed"
                        + " down along it; with small batches there is a gap.",
                "Encoder and decoder of 1 layer, width 32, 2 heads, inner width 64, norms before (Pre-LN) and after"
                        + " (Post-LN); " + PAIRS + " paragraphs of at most 64 bytes, English to German, byte by byte;"
                        + " Adam (0.9, 0.999), linear warm-up to 10⁻² in " + WARMUP + " steps, batches of 6 and 24;"
                        + " λ₁ over all pairs. The paper: 6 + 6 layers, WMT, batches of 1,024 and 10,240, warm-up to"
                        + " 10⁻³ in 40,000 steps.",
                "6 + 6 layers of width 512, " + FULL_PAIRS + " paragraphs, warm-up to 10⁻³ in " + FULL_WARMUP
                        + " steps, batches of 16 and 160. WMT does not ship with the program.");
    }

    @Override
    public Cost cost() {
        return Cost.network(130);
    }

    private static List<Boolean> orders() {
        return List.of(true, false);
    }

    private static String group(boolean normBefore) {
        return normBefore ? "pre-norm" : "post-norm";
    }

    @Override
    public Label label(String group, Train train) {
        long batch = train.training().batching().size();
        return new Label("batch " + batch, batch);
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        for (boolean normBefore : orders()) {
            Map<String, Table> runs = TrainedRuns.probes(tables, group(normBefore));
            List<Mark> marks = new ArrayList<>();
            runs.forEach((label, table) ->
                    marks.add(Mark.line(label, table.numbers("step"), table.numbers("preconditionedSharpness"))));
            Table any = runs.values().iterator().next();
            marks.add(Mark.line("threshold 38/η", any.numbers("step"), any.numbers("threshold")));
            panels.add(new Panel(
                    normBefore ? "Pre-LN Transformer" : "Post-LN Transformer",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10("λ₁(P⁻¹H)"),
                    marks));
        }
        return new Figure("P3-fig7", "", "Preconditioned sharpness of Transformers during warm-up", 2, panels);
    }

    @Override
    public List<Claim> claims(Tables tables) {
        Measurement measured = Register.of("P3-14")
                .ran("from the step at which the large batch came to 38/η to the end of the warm-up; the gap over the"
                        + " second half of the warm-up");
        List<String> words = new ArrayList<>();
        for (boolean normBefore : orders()) {
            String name = normBefore ? "Pre-LN" : "Post-LN";
            List<Table> runs =
                    List.copyOf(TrainedRuns.probes(tables, group(normBefore)).values());
            Pushed small = Pushed.of(runs.getFirst());
            Pushed large = Pushed.of(runs.getLast());
            measured = measured.got(name + " came to 38/η", !Double.isNaN(large.from()))
                    .got(name + ", median of λ₁·η/38 from there on", large.ratio())
                    .got(name + ", λ₁ at the end over λ₁ there", large.sharpness())
                    .gotIf(
                            !Double.isNaN(large.from()),
                            name + ", λ₁·η/38 at the small batch over that at the large",
                            small.overall() / large.overall());
            words.add(text(
                    "%s: large batch: from step %.0f on median %.3f of 38/η, λ₁ at the end %.2f of that at the start;"
                            + " second half: %.3f, small batch %.3f",
                    name, large.from(), large.ratio(), large.sharpness(), large.overall(), small.overall()));
        }
        return List.of(
                measured.claim("λ₁·η/38 near 1 while λ₁ falls; smaller at the small batch", String.join("; ", words)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "a learning rate of 10⁻⁷, at which nothing moves, without warm-up, 40 steps",
                Set.of("P3-14"),
                effort -> ControlRuns.ofAll(this, effort, train -> ControlRuns.standingStill(train, 40))));
    }

    /// @param from      the step at which 38/η was reached
    /// @param ratio     median of λ₁·η/38 from there on: spikes are short
    /// @param sharpness λ₁ of the last tenth over λ₁ of as many steps after `from`
    /// @param overall   average of λ₁·η/38 over the second half of the warm-up
    private record Pushed(double from, double ratio, double sharpness, double overall) {
        static Pushed of(Table table) {
            EdgeCurve edge = EdgeCurve.preconditioned(table);
            EdgeCurve itself = EdgeCurve.sharpness(table);
            double from = edge.reaches(1);
            double overall = edge.since(edge.last() / 2).mean();
            if (Double.isNaN(from)) {
                return new Pushed(from, Double.NaN, Double.NaN, overall);
            }
            double tenth = (edge.last() - from) / 10;
            double before = new Curve(itself.step(), itself.ratio()).max(from, from + tenth);
            return new Pushed(
                    from,
                    new Curve(edge.step(), edge.ratio()).median(from),
                    itself.since(edge.last() - tenth).mean() / before,
                    overall);
        }
    }
}
