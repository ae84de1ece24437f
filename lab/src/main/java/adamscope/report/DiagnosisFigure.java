package adamscope.report;

import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.EarlyWarning;
import adamscope.diagnosis.EventDiagnosis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.regime.LossCurve;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.regime.SeriesRises;
import adamscope.regime.SpikeEvent;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A diagnosed run as figures: the whole loss with its rises, and the steps around the highest one.
final class DiagnosisFigure {
    private static final int MARKED = 12;
    private static final int MOST_SERIES = 7;
    private static final int MOST_DRAWN = 4000;
    private static final int ROWS_AROUND = 60;

    private static final String DERIVED = "rootSecondMomentNorm from the gradient norms";

    private DiagnosisFigure() {}

    /// The loss over the whole run, onsets and peaks marked, and below it the other quantities that did something.
    static Figure whole(String id, Diagnosis diagnosis) {
        LossCurve curve = diagnosis.curve();
        List<Mark> marks = new ArrayList<>();
        marks.add(Mark.line("loss", doubles(curve.steps()), curve.log10Loss()));
        heldOut(diagnosis.log()).ifPresent(marks::add);
        List<SpikeEvent> shown = diagnosis.events().stream()
                .map(EventDiagnosis::event)
                .filter(event -> !event.broken())
                .sorted(Comparator.comparingDouble(SpikeEvent::height).reversed())
                .limit(MARKED)
                .sorted(Comparator.comparingLong(SpikeEvent::onset))
                .toList();
        if (!shown.isEmpty()) {
            marks.add(Mark.points(
                    "onset",
                    shown.stream().mapToDouble(SpikeEvent::onset).toArray(),
                    shown.stream().mapToDouble(SpikeEvent::level).toArray()));
            marks.add(Mark.points(
                    "peak",
                    shown.stream().mapToDouble(SpikeEvent::peak).toArray(),
                    shown.stream().mapToDouble(e -> e.level() + e.height()).toArray()));
        }
        diagnosis.events().stream()
                .map(EventDiagnosis::event)
                .filter(SpikeEvent::broken)
                .limit(MARKED)
                .forEach(event -> marks.add(new Mark.VerticalReference("no number", event.onset())));
        String unit = diagnosis.log().facts().axis().unit().word();
        List<Mark> seams = seams(diagnosis.log());
        marks.addAll(seams);
        List<Panel> panels = new ArrayList<>();
        panels.add(new Panel("", PanelAxis.linear(unit), PanelAxis.log10Values("loss"), marks));
        moved(diagnosis).forEach(quantity -> {
            double[] values = diagnosis.log().numbers(quantity).orElseThrow();
            double[] drawn = Arrays.stream(values)
                    .map(v -> v > 0 && Double.isFinite(v) ? v : Double.NaN)
                    .toArray();
            List<Mark> lines =
                    new ArrayList<>(List.of(present(quantity, diagnosis.log().steps(), drawn)));
            lines.addAll(seams);
            panels.add(new Panel("", PanelAxis.linear(unit), PanelAxis.log10(quantity), lines));
        });
        return new Figure(
                id,
                "",
                "The run on a logarithmic scale with the rises that were found and the quantities that moved",
                Math.min(2, panels.size()),
                panels);
    }

    /// The learning rate if it changed, and the quantities with events, those first whose events the loss did not
    /// share.
    private static List<String> moved(Diagnosis diagnosis) {
        List<String> moved = new ArrayList<>();
        double[] rate = Arrays.stream(diagnosis.log().numbers(Quantity.LR).orElse(new double[0]))
                .filter(v -> v > 0 && Double.isFinite(v))
                .sorted()
                .toArray();
        if (rate.length > 1 && rate[rate.length - 1] > 1.01 * rate[0]) {
            moved.add(Quantity.LR);
        }
        others(diagnosis).limit(MOST_SERIES).forEach(moved::add);
        return moved;
    }

    /// Quantities with rises, those first that rose most often without the loss; the validation loss stands with the
    /// loss.
    private static Stream<String> others(Diagnosis diagnosis) {
        return diagnosis.others().stream()
                .sorted(Comparator.comparingInt(SeriesRises::alone).reversed())
                .map(SeriesRises::quantity)
                .filter(quantity -> !quantity.equals(Quantity.VALIDATION_LOSS));
    }

    /// What the figure of the whole run leaves out, in sentences; empty if nothing.
    static String leftOut(Diagnosis diagnosis) {
        long others = others(diagnosis).count();
        return leftOutRises(diagnosis)
                + Shown.of("the first", MARKED, broken(diagnosis), "places without a number are marked")
                + Shown.of(
                        "the first",
                        MARKED,
                        diagnosis.log().facts().seams().size(),
                        "places where it was resumed are marked")
                + Shown.of("the first", MOST_SERIES, others, "other quantities with rises are drawn");
    }

    /// Which rises are marked, as a sentence; empty if all are.
    static String leftOutRises(Diagnosis diagnosis) {
        return Shown.of("the highest", MARKED, diagnosis.rises() - broken(diagnosis), "rises are marked");
    }

    private static long broken(Diagnosis diagnosis) {
        return diagnosis.events().stream()
                .filter(event -> event.event().broken())
                .count();
    }

    private static List<Mark> seams(RunLog log) {
        return log.facts().seams().stream()
                .limit(MARKED)
                .<Mark>map(seam -> new Mark.VerticalReference("resumed", seam.step()))
                .toList();
    }

    /// The rows that have a value, so that sparse series are lines too.
    private static Mark present(String name, long[] steps, double[] values) {
        int[] rows = IntStream.range(0, values.length)
                .filter(row -> !Double.isNaN(values[row]))
                .toArray();
        return Mark.line(
                name,
                Arrays.stream(rows).mapToDouble(row -> steps[row]).toArray(),
                Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
    }

    private static Optional<Mark> heldOut(RunLog log) {
        if (!log.has(Quantity.VALIDATION_LOSS) || !log.has(Quantity.LOSS)) {
            return Optional.empty();
        }
        double[] values = log.numbers(Quantity.VALIDATION_LOSS).orElseThrow();
        int[] rows = IntStream.range(0, values.length)
                .filter(row -> values[row] > 0 && Double.isFinite(values[row]))
                .toArray();
        return rows.length == 0
                ? Optional.empty()
                : Optional.of(Mark.line(
                        "validation loss",
                        Arrays.stream(rows).mapToDouble(row -> log.steps()[row]).toArray(),
                        Arrays.stream(rows)
                                .mapToDouble(row -> Math.log10(values[row]))
                                .toArray()));
    }

    /// The score of the early warning over the run, with the alarm level and the onsets.
    static Figure warning(String id, Diagnosis diagnosis) {
        EarlyWarning warning = diagnosis.warning();
        int[] rows = warning.decisive(MOST_DRAWN);
        List<Mark> marks = new ArrayList<>();
        marks.add(Mark.line(
                "score",
                Arrays.stream(rows).mapToDouble(row -> warning.steps()[row]).toArray(),
                Arrays.stream(rows).mapToDouble(row -> warning.scores()[row]).toArray()));
        marks.add(new Mark.HorizontalReference("alarm", 1));
        double[] onsets = diagnosis.events().stream()
                .map(EventDiagnosis::event)
                .sorted(Comparator.comparingDouble(SpikeEvent::height).reversed())
                .limit(MARKED)
                .mapToDouble(SpikeEvent::onset)
                .sorted()
                .toArray();
        if (onsets.length > 0) {
            marks.add(Mark.points(
                    "onset of a rise", onsets, Arrays.stream(onsets).map(_ -> 1).toArray()));
        }
        return Figure.of(
                id,
                "Score of the early warning over the run with the onsets of rises",
                new Panel(
                        "",
                        PanelAxis.linear(diagnosis.log().facts().axis().unit().word()),
                        PanelAxis.linear("score"),
                        marks));
    }

    /// Loss and what else was logged from before a rise until after it.
    static Figure around(String id, Diagnosis diagnosis, SpikeEvent event) {
        LossCurve curve = diagnosis.curve();
        long climb = event.climb();
        long reach = Math.max(ROWS_AROUND * spacing(curve), 3 * climb);
        long from = event.onset() - reach;
        long to = event.recovery().orElse(event.peak() + reach) + reach / 2;
        to = Math.min(to, event.peak() + 4 * reach);
        List<Panel> panels = new ArrayList<>();
        panels.add(panel(
                diagnosis.log(),
                PanelAxis.log10Values("loss"),
                event,
                List.of(line("loss", curve.steps(), curve.log10Loss(), from, to))));
        RunLog log = diagnosis.log();
        if (diagnosis.moment().derived()) {
            log = withDerived(log, diagnosis.moment().root());
        }
        add(
                panels,
                log,
                event,
                new long[] {from, to},
                "norms",
                Quantity.GRADIENT_NORM,
                Quantity.ROOT_SECOND_MOMENT_NORM,
                DERIVED);
        add(panels, log, event, new long[] {from, to}, "step", Quantity.STEP_NORM);
        add(panels, log, event, new long[] {from, to}, "v/g²", Quantity.couplingRatio(50), Quantity.couplingRatio(90));
        add(panels, log, event, new long[] {from, to}, "|m|/√v", Quantity.stepRatio(50), Quantity.stepRatio(99));
        add(panels, log, event, new long[] {from, to}, "learning rate", Quantity.LR);
        sharpness(panels, diagnosis, event, new long[] {from, to});
        add(panels, log, event, new long[] {from, to}, "attention logit", Quantity.ATTENTION_LOGIT_MAX);
        add(panels, log, event, new long[] {from, to}, "loss scale", Quantity.LOSS_SCALE);
        return new Figure(
                id, "", "Loss and logged quantities around the highest rise", Math.min(2, panels.size()), panels);
    }

    /// Steps from one row to the next, as a mean.
    private static long spacing(LossCurve curve) {
        int last = curve.points() - 1;
        return last < 1 ? 1 : Math.max(1, (curve.steps()[last] - curve.steps()[0]) / last);
    }

    private static RunLog withDerived(RunLog log, double[] root) {
        List<Column> columns = new ArrayList<>(log.table().columns());
        columns.add(new Column.Numbers(DERIVED, "", root));
        return new RunLog(log.name(), new Table(log.table().name(), columns), log.hyper(), log.remarks(), log.facts());
    }

    private static void add(
            List<Panel> panels, RunLog log, SpikeEvent event, long[] span, String label, String... quantities) {
        List<Mark> marks = new ArrayList<>();
        for (String quantity : quantities) {
            if (log.has(quantity)) {
                double[] values = log.numbers(quantity).orElseThrow();
                double[] drawn =
                        Arrays.stream(values).map(v -> v > 0 ? v : Double.NaN).toArray();
                Mark.Line line = line(quantity, log.steps(), drawn, span[0], span[1]);
                if (Arrays.stream(line.y()).anyMatch(Double::isFinite)) {
                    marks.add(line);
                }
            }
        }
        if (!marks.isEmpty()) {
            panels.add(panel(log, PanelAxis.log10(label), event, marks));
        }
    }

    private static void sharpness(List<Panel> panels, Diagnosis diagnosis, SpikeEvent event, long[] span) {
        RunLog log = diagnosis.log();
        if (!log.has(Quantity.PRECONDITIONED_SHARPNESS)) {
            return;
        }
        double[] values =
                log.numbers(Quantity.PRECONDITIONED_SHARPNESS).orElseThrow().clone();
        double[] lr = log.numbers(Quantity.LR).orElse(null);
        double fixed = diagnosis.circumstances().or("lr", Double.NaN);
        int[] measured = IntStream.range(0, values.length)
                .filter(row -> Double.isFinite(values[row]))
                .toArray();
        long[] steps =
                Arrays.stream(measured).mapToLong(row -> log.steps()[row]).toArray();
        double[] scaled = Arrays.stream(measured)
                .mapToDouble(row -> values[row] * (lr == null ? fixed : lr[row]))
                .toArray();
        List<Mark> marks = new ArrayList<>();
        marks.add(line("lr·λ₁(P⁻¹H)", steps, scaled, span[0], span[1]));
        diagnosis
                .circumstances()
                .threshold()
                .ifPresent(level -> marks.add(
                        new Mark.HorizontalReference(String.format(Locale.ROOT, "threshold %.4g", level), level)));
        if (Arrays.stream(((Mark.Line) marks.getFirst()).y()).anyMatch(v -> v > 0)) {
            panels.add(panel(log, PanelAxis.log10("lr·λ₁(P⁻¹H)"), event, marks));
        }
    }

    private static Panel panel(RunLog log, PanelAxis y, SpikeEvent event, List<Mark> lines) {
        List<Mark> marks = new ArrayList<>(lines);
        marks.add(new Mark.VerticalReference("onset", event.onset()));
        return new Panel("", PanelAxis.linear(log.facts().axis().unit().word()), y, marks);
    }

    private static Mark.Line line(String name, long[] steps, double[] values, long from, long to) {
        int[] rows = IntStream.range(0, steps.length)
                .filter(row -> steps[row] >= from && steps[row] <= to)
                .toArray();
        return Mark.line(
                name,
                Arrays.stream(rows).mapToDouble(row -> steps[row]).toArray(),
                Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
    }

    private static double[] doubles(long[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }
}
