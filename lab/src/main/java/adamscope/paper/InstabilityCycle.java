package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.report.Claim;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paper 3, Fig. 9: 200 steps at the edge, looked at one by one: instability makes large gradients, these make ν grow,
/// and ν ends the instability.
record InstabilityCycle() implements TrainedFigure {
    private static final int FROM = 300;
    private static final int FULL_FROM = 3000;
    private static final int LENGTH = 200;
    private static final String GROUP = "zoom";
    private static final int SHORTEST = 8;

    @Override
    public Caption caption() {
        return new Caption(
                "P3-fig9",
                "Adaptive edge of stability, Fig. 9",
                "Zoom on 200 steps of full-batch Adam at a small and at a large η: whenever λ₁(P⁻¹H) crosses 38/η the"
                    + " gradient grows, ν with it, and λ₁(P⁻¹H) falls below 38/η again. At the large η the sharpness"
                    + " falls too: the run escapes to a flatter region.",
                FigureTasks.CHANCE_LABELS + ", Adam without bias correction, β₁ = 0.9, β₂ = 0.99, η = 3·10⁻⁴ and"
                        + " 4·10⁻³, steps " + FROM + " to " + (FROM + LENGTH) + ", every one of them measured."
                        + FigureTasks.FULLY_CONNECTED_PAPER + " η = 5·10⁻⁵ and 4·10⁻⁴.",
                FigureTasks.FULLY_CONNECTED_FULL + " η = 5·10⁻⁵ and 4·10⁻⁴, steps " + FULL_FROM + " to "
                        + (FULL_FROM + LENGTH) + ".");
    }

    @Override
    public Cost cost() {
        return Cost.network(20).medium(22);
    }

    /// What a stretch of steps shows, one number a step.
    ///
    /// @param norm of √ν
    private record Zoom(
            double[] step, double[] loss, double[] ratio, double[] sharpness, double[] gradient, double[] norm) {

        static Zoom of(Table probes, Table steps) {
            double[] at = probes.numbers("step");
            int from = at.length - LENGTH - 1;
            double[] every = steps.numbers("step");
            int first = (int) (at[from] - every[0]);
            return new Zoom(
                    cut(at, from),
                    cut(probes.numbers("loss"), from),
                    cut(EdgeCurve.preconditioned(probes).ratio(), from),
                    cut(probes.numbers("sharpness"), from),
                    cut(probes.numbers("gradientNorm"), from),
                    cut(steps.numbers("rootSecondMomentNorm"), first));
        }

        private static double[] cut(double[] all, int from) {
            return Arrays.copyOfRange(all, from, from + LENGTH + 1);
        }

        /// Stretches in which the average of the ratio over five steps is at least 1, eight steps or longer, begun and
        /// ended here: the first step of each, and the first after it. Single steps jump over 1 and back at large η.
        List<int[]> crossings() {
            List<int[]> crossings = new ArrayList<>();
            int up = -1;
            for (int i = 3; i + 2 < ratio.length; i++) {
                boolean before = average(i - 1) >= 1;
                boolean now = average(i) >= 1;
                if (!before && now) {
                    up = i;
                } else if (before && !now && up > 0) {
                    if (i - up >= SHORTEST) {
                        crossings.add(new int[] {up, i});
                    }
                    up = -1;
                }
            }
            return crossings;
        }

        private double average(int middle) {
            return Arrays.stream(ratio, middle - 2, middle + 3).average().orElseThrow();
        }
    }

    private static List<Zoom> zooms(Tables tables) {
        Map<String, Table> steps = TrainedRuns.steps(tables, GROUP);
        List<Zoom> zooms = new ArrayList<>();
        TrainedRuns.probes(tables, GROUP).forEach((label, table) -> zooms.add(Zoom.of(table, steps.get(label))));
        return zooms;
    }

    private static List<String> labels(Tables tables) {
        return List.copyOf(TrainedRuns.probes(tables, GROUP).keySet());
    }

    @Override
    public Figure draw(Tables tables) {
        List<Panel> panels = new ArrayList<>();
        List<String> labels = labels(tables);
        List<Zoom> zooms = zooms(tables);
        for (int i = 0; i < zooms.size(); i++) {
            Zoom zoom = zooms.get(i);
            String label = labels.get(i);
            panels.add(panel(label, PanelAxis.log10("loss"), zoom, zoom.loss(), List.of()));
            panels.add(panel(
                    label,
                    PanelAxis.linear("λ₁(P⁻¹H)·η/38"),
                    zoom,
                    zoom.ratio(),
                    List.of(new Mark.HorizontalReference("threshold 38/η", 1))));
            panels.add(panel(label, PanelAxis.linear("sharpness λ₁(H)"), zoom, zoom.sharpness(), List.of()));
            panels.add(panel(label, PanelAxis.log10("‖g‖"), zoom, zoom.gradient(), List.of()));
            panels.add(panel(label, PanelAxis.log10("‖√ν‖"), zoom, zoom.norm(), List.of()));
        }
        return new Figure(
                "P3-fig9",
                "",
                "Loss, preconditioned sharpness, sharpness, gradient and ν over 200 steps; vertical lines where the"
                        + " threshold is crossed upwards",
                5,
                panels);
    }

    private static Panel panel(String label, PanelAxis axis, Zoom zoom, double[] values, List<Mark> more) {
        List<Mark> marks = new ArrayList<>(List.of(Mark.line(axis.label(), zoom.step(), values)));
        marks.addAll(more);
        List<int[]> crossings = zoom.crossings();
        for (int i = 0; i < crossings.size(); i++) {
            marks.add(new Mark.VerticalReference(
                    i == 0 ? "crossing" : "", zoom.step()[crossings.get(i)[0]]));
        }
        return new Panel(label, PanelAxis.linear("step t"), axis, marks);
    }

    /// What happened between a crossing and the return, and soon after: factors of ‖g‖, ‖√ν‖ and λ₁(H).
    private record Event(double gradient, double norm, double sharpness) {
        private static final int SOON = 10;

        static Event of(Zoom zoom, int[] crossing) {
            int up = crossing[0];
            int end = Math.min(zoom.step().length - 1, crossing[1] + SOON);
            return new Event(
                    max(zoom.gradient(), up, end) / zoom.gradient()[up],
                    max(zoom.norm(), up, end) / zoom.norm()[up],
                    zoom.sharpness()[end] / zoom.sharpness()[up]);
        }

        private static double max(double[] values, int from, int to) {
            return Arrays.stream(values, from, to + 1).max().orElseThrow();
        }
    }

    @Override
    public List<Claim> claims(Tables tables) {
        List<Zoom> zooms = zooms(tables);
        List<String> labels = labels(tables);
        List<String> words = new ArrayList<>();
        double[] crossings = new double[2];
        double[] shares = new double[2];
        double[] falls = new double[2];
        for (int i = 0; i < 2; i++) {
            Zoom zoom = i == 0 ? zooms.getFirst() : zooms.getLast();
            List<Event> events =
                    zoom.crossings().stream().map(c -> Event.of(zoom, c)).toList();
            // at the large η the paper sees the gradient grow, but not ν end it
            boolean byNorm = i == 0;
            long full = events.stream()
                    .filter(e -> e.gradient() > 1.1 && (e.norm() > 1 || !byNorm))
                    .count();
            crossings[i] = events.size();
            shares[i] = events.isEmpty() ? Double.NaN : (double) full / events.size();
            falls[i] = median(events.stream().mapToDouble(Event::sharpness));
            words.add(text(
                    "%s: %d of %d crossings; medians: ‖g‖ times %.2f, ‖√ν‖ times %.3f, λ₁(H) times %.3f",
                    i == 0 ? labels.getFirst() : labels.getLast(),
                    full,
                    events.size(),
                    median(events.stream().mapToDouble(Event::gradient)),
                    median(events.stream().mapToDouble(Event::norm)),
                    falls[i]));
        }
        boolean enough = Math.min(crossings[0], crossings[1]) >= 2;
        return List.of(Register.of("P3-16")
                .ran("200 steps, each measured; from a crossing to 10 steps after the return: stretches of eight steps"
                        + " or longer above the threshold")
                .got("crossings at the small η", crossings[0])
                .got("crossings at the large η", crossings[1])
                .gotIf(enough, "share of them at which ‖g‖ grows by 10 % and ‖√ν‖ grows, small η", shares[0])
                .gotIf(enough, "share of them at which ‖g‖ grows by 10 %, large η", shares[1])
                .gotIf(enough, "λ₁(H) after over before, large η", falls[1])
                .gotIf(enough, "λ₁(H) after over before, large η less small η", falls[1] - falls[0])
                .claim("at each crossing; λ₁(H) falls at the large η", String.join("; ", words)));
    }

    @Override
    public List<Control> controls() {
        return List.of(new Control(
                "a learning rate of 10⁻⁷, at which nothing moves",
                Set.of("P3-16"),
                effort -> ControlRuns.ofAll(this, effort, train -> ControlRuns.standingStill(train, Long.MAX_VALUE))));
    }

    private static double median(java.util.stream.DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
