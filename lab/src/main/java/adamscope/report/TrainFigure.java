package adamscope.report;

import adamscope.experiment.Train;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.formula.PlainText;
import adamscope.optimizer.OptimizerRule;
import adamscope.regime.Crossing;
import adamscope.regime.Quantity;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.stability.Threshold;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A training as a page: what was run, its loss, what was measured at every step, its curvature.
final class TrainFigure {
    private static final String MEASUREMENTS = "measurements";
    private static final int SHOWN_CROSSINGS = 5;

    private TrainFigure() {}

    /// Loss, samples that were not trained on, curvature, layers: what of it was looked at.
    static List<Supplier<List<Section>>> sections(String name, Train train, Function<String, Table> tables) {
        List<Supplier<List<Section>>> sections = new ArrayList<>();
        sections.add(() -> List.of(steps(name, train, tables)));
        sections.add(() -> EvaluationFigure.sections(name, train, tables));
        if (train.probe().isPresent()) {
            sections.add(() -> List.of(curvature(name, train, tables)));
        }
        if (train.watch().layers() != 0) {
            sections.add(() -> List.of(layers(name, tables)));
        }
        return sections;
    }

    /// What was measured at every step.
    ///
    /// @param name of the part in a series; empty outside one
    private static Section steps(String name, Train train, Function<String, Table> tables) {
        return new Section.FigureSection(
                "Training" + of(name),
                new Figure(
                        RunReport.id(name, "training"),
                        "",
                        "Loss and what was measured at every step",
                        2,
                        live(train, tables.apply(RunReport.tableName(name, MEASUREMENTS)))),
                "‖g‖ is taken at the parameters whose loss is shown; m and v hold the gradients before them. Quantiles"
                        + " of v/g² and |m|/√v are those of a fixed sample of coordinates."
                        + (train.training().batching().size() > 0 ? " The loss is that of a minibatch." : ""));
    }

    /// Curvature of a training that has probes.
    private static Section curvature(String name, Train train, Function<String, Table> tables) {
        Table probes = tables.apply(RunReport.tableName(name, "probes")).measured(Quantity.PRECONDITIONED_SHARPNESS);
        return new Section.FigureSection(
                "Curvature" + of(name),
                new Figure(
                        RunReport.id(name, "curvature"),
                        "",
                        "Top eigenvalues over all samples",
                        2,
                        curvature(train, probes)),
                "Preconditioned sharpness is the largest eigenvalue of P⁻¹H with the preconditioner P of the same"
                        + " step; the threshold is derived from the rule with the hyper-parameters of the step. "
                        + StandingWords.of(List.of(probes)) + crossings(train, probes));
    }

    private static String of(String name) {
        return name.isEmpty() ? "" : " of " + name;
    }

    private static List<Panel> live(Train train, Table live) {
        double[] steps = live.numbers(Quantity.STEP);
        List<Panel> panels = new ArrayList<>();
        panels.add(Panel.of(
                "Loss",
                PanelAxis.linear("step t"),
                PanelAxis.log10("loss"),
                Mark.line("loss", steps, live.numbers(Quantity.LOSS))));
        List<Mark> norms = new ArrayList<>();
        marks(live, steps, norms, Map.of(Quantity.GRADIENT_NORM, "‖g‖"));
        marks(live, steps, norms, Map.of(Quantity.AVERAGE_GRADIENT_NORM, "‖m‖"));
        marks(live, steps, norms, Map.of(Quantity.ROOT_SECOND_MOMENT_NORM, "‖√v‖"));
        marks(live, steps, norms, Map.of(Quantity.STEP_NORM, "‖Δθ‖"));
        panels.add(new Panel("Norms over all parameters", PanelAxis.linear("step t"), PanelAxis.log10("norm"), norms));
        if (has(live, Quantity.couplingRatio(50))) {
            panels.add(Panel.of(
                    "Coupling ratio v/g²",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10("v/g²"),
                    band(live, steps, "1 % to 99 %", 1, 99),
                    band(live, steps, "10 % to 90 %", 10, 90),
                    Mark.line("median", steps, live.numbers(Quantity.couplingRatio(50)))));
        }
        if (has(live, Quantity.stepRatio(50))) {
            panels.add(Panel.of(
                    "Step ratio |m|/√v",
                    PanelAxis.linear("step t"),
                    PanelAxis.log10("|m|/√v"),
                    Mark.line("median", steps, live.numbers(Quantity.stepRatio(50))),
                    Mark.line("99 %", steps, live.numbers(Quantity.stepRatio(99)))));
        }
        if (changes(train.training().tuned().schedules().get(Quantity.LR))) {
            panels.add(Panel.of(
                    "Learning rate",
                    PanelAxis.linear("step t"),
                    PanelAxis.linear("η"),
                    Mark.line("η", steps, live.numbers(Quantity.LR))));
        }
        return panels;
    }

    private static boolean changes(Schedule schedule) {
        return schedule != null && !(schedule instanceof Schedule.Constant);
    }

    private static void marks(Table live, double[] steps, List<Mark> marks, Map<String, String> names) {
        names.forEach((quantity, name) -> {
            if (has(live, quantity)) {
                marks.add(Mark.line(name, steps, live.numbers(quantity)));
            }
        });
    }

    private static Mark band(Table live, double[] steps, String name, int low, int high) {
        return Mark.band(
                name, steps, live.numbers(Quantity.couplingRatio(low)), live.numbers(Quantity.couplingRatio(high)));
    }

    /// When the threshold was crossed; the first few times.
    private static String crossings(Train train, Table probes) {
        double[] steps = probes.numbers(Quantity.STEP);
        double[] ratio = probes.numbers(Quantity.PRECONDITIONED_SHARPNESS).clone();
        double[] threshold = thresholds(train.training(), steps);
        Arrays.setAll(ratio, i -> ratio[i] / threshold[i]);
        List<Crossing> crossings = Crossing.of(steps, ratio, 1);
        if (crossings.isEmpty()) {
            return "";
        }
        String first = crossings.stream()
                .limit(SHOWN_CROSSINGS)
                .map(crossing ->
                        String.format(Locale.ROOT, "%.0f (%s)", crossing.step(), crossing.upwards() ? "up" : "down"))
                .collect(Collectors.joining(", "));
        return " It crosses the threshold at step " + first
                + (crossings.size() > SHOWN_CROSSINGS
                        ? String.format(Locale.ROOT, " and %d times more.", crossings.size() - SHOWN_CROSSINGS)
                        : ".");
    }

    private static List<Panel> curvature(Train train, Table probes) {
        double[] steps = probes.numbers(Quantity.STEP);
        double[] measured = probes.numbers(Quantity.PRECONDITIONED_SHARPNESS);
        List<Mark> marks = new ArrayList<>();
        marks.add(Mark.line("preconditioned sharpness", steps, measured));
        double[] threshold = thresholds(train.training(), steps);
        if (Arrays.stream(threshold).anyMatch(Double::isFinite)) {
            marks.add(Mark.line("threshold of the rule", steps, threshold));
        }
        return List.of(
                new Panel("Preconditioned sharpness", PanelAxis.linear("step t"), PanelAxis.log10("λ₁(P⁻¹H)"), marks),
                Panel.of(
                        "Sharpness",
                        PanelAxis.linear("step t"),
                        PanelAxis.log10("λ₁(H)"),
                        Mark.line("top eigenvalue of H", steps, probes.numbers(Quantity.SHARPNESS))));
    }

    /// The threshold of each step, from the hyper-parameters that it had.
    static double[] thresholds(Training training, double[] steps) {
        OptimizerRule rule = training.tuned().rule();
        Map<Map<String, Double>, Double> known = new HashMap<>();
        return Arrays.stream(steps)
                .map(step -> {
                    TunedSchedule tuned = training.tunedAt((long) step);
                    return known.computeIfAbsent(
                            tuned.at((long) step),
                            values -> Threshold.curvature(rule, values).orElse(Double.NaN));
                })
                .toArray();
    }

    /// The last row of each layer.
    private static Section layers(String name, Function<String, Table> tables) {
        Table live = tables.apply(RunReport.tableName(name, MEASUREMENTS));
        List<String> layers = live.columns().stream()
                .map(Column::name)
                .filter(column -> column.startsWith(Quantity.GRADIENT_NORM + "/"))
                .map(column -> column.substring(Quantity.GRADIENT_NORM.length() + 1))
                .toList();
        List<String> quantities = List.of(
                        Quantity.GRADIENT_NORM,
                        Quantity.AVERAGE_GRADIENT_NORM,
                        Quantity.ROOT_SECOND_MOMENT_NORM,
                        Quantity.STEP_NORM,
                        Quantity.couplingRatio(50),
                        Quantity.stepRatio(50))
                .stream()
                .filter(quantity -> has(live, quantity))
                .filter(quantity ->
                        layers.stream().anyMatch(layer -> !Double.isNaN(lastMeasured(live, quantity, layer))))
                .toList();
        List<String> heads = new ArrayList<>(List.of("layer"));
        heads.addAll(quantities);
        List<List<String>> rows = layers.stream()
                .map(layer -> {
                    List<String> row = new ArrayList<>(List.of(layer));
                    quantities.forEach(quantity -> row.add(ShortNumber.of(lastMeasured(live, quantity, layer), 3)));
                    return row;
                })
                .toList();
        return new Section.TableSection("Layers", "When last measured", heads, rows);
    }

    /// NaN where it never was measured: a short training ends before the first step at which layers are.
    private static double lastMeasured(Table live, String quantity, String layer) {
        return Arrays.stream(live.numbers(Quantity.ofGroup(quantity, layer)))
                .filter(value -> !Double.isNaN(value))
                .reduce(Double.NaN, (_, value) -> value);
    }

    private static boolean has(Table table, String name) {
        return table.columns().stream().map(Column::name).anyMatch(name::equals);
    }

    static List<String> described(Train train) {
        Training training = train.training();
        String data =
                train.task().data().map(source -> " on " + Train.words(source)).orElse("");
        String batch = training.batching().size() == 0
                ? "full batch"
                : "batches of " + training.batching().size();
        String settings = train.task().model().settings().entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
        List<String> sentences = new ArrayList<>();
        sentences.add(String.format(
                Locale.ROOT,
                "The model %s%s%s, %s, %d steps at most, seed %d, %s on %s.",
                train.task().model().kind(),
                settings.isEmpty() ? "" : " (" + settings + ")",
                data,
                batch,
                training.ending().steps(),
                training.run().seed(),
                training.run().place().precision().name().toLowerCase(java.util.Locale.ROOT),
                training.run().place().device()));
        sentences.add(training.tuned().rule().name() + ": "
                + training.tuned().schedules().entrySet().stream()
                        .map(e -> e.getKey() + " = " + shown(e.getValue()))
                        .collect(Collectors.joining(", "))
                + ".");
        training.changes().forEach(change -> sentences.add("After step " + change.at() + ": " + Train.words(change)));
        return sentences;
    }

    private static String shown(Schedule schedule) {
        return schedule instanceof Schedule.Constant(double value)
                ? new PlainText().number(value)
                : schedule.toString();
    }
}
