package adamscope.report;

import adamscope.dynamics.LossHistory;
import adamscope.experiment.Simulation;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.formula.PlainText;
import adamscope.objective.FormulaObjective;
import adamscope.objective.Minimum;
import adamscope.stability.PowerLawTheory;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Runs side by side as a figure: loss, second moment against squared gradient, relative step.
public final class SimulationFigure {
    private SimulationFigure() {}

    static List<Section> sections(String name, Map<String, Simulation> runs, Function<String, Table> tables) {
        Map<String, Table> trajectories = new LinkedHashMap<>();
        runs.keySet().forEach(part -> trajectories.put(part, tables.apply(RunReport.tableName(part, "trajectory"))));
        return List.of(new Section.FigureSection(
                runs.size() == 1 ? "Run" : "Runs",
                of(RunReport.id(name, "trajectory"), runs, trajectories),
                caption(runs.values(), trajectories.values())));
    }

    /// Of the panels that there are.
    private static String caption(Collection<Simulation> runs, Collection<Table> trajectories) {
        List<String> shown = new ArrayList<>();
        boolean foreseen = runs.stream().anyMatch(run -> theory(run).isPresent());
        shown.add(foreseen ? "Loss with the slope that theory predicts" : "Loss");
        if (trajectories.stream().allMatch(t -> has(t, "log10Coupling"))) {
            shown.add("the average v of the squared gradient against the squared gradient itself");
        }
        if (trajectories.stream().allMatch(t -> has(t, "relativeStep"))) {
            shown.add("the relative step, which has to stay between 0 and 2 for the loss to fall");
        }
        if (runs.stream().allMatch(run -> run.formula().dimension() == 2)) {
            shown.add("the path over contours of the loss");
        }
        return String.join("; ", shown) + ".";
    }

    /// One column of panels for each run; `runs` in the order of drawing.
    static Figure of(String id, Map<String, Simulation> runs, Map<String, Table> trajectories) {
        List<Panel> panels = new ArrayList<>();
        runs.forEach((name, run) -> panels.add(loss(title(name, run), run, trajectories.get(name))));
        boolean coupled = trajectories.values().stream().allMatch(t -> has(t, "log10Coupling"));
        if (coupled) {
            trajectories.values().forEach(t -> panels.add(secondMoment(t)));
        }
        boolean oneDimensional = trajectories.values().stream().allMatch(t -> has(t, "relativeStep"));
        if (oneDimensional) {
            trajectories.values().forEach(t -> panels.add(relativeStep(t)));
        }
        if (runs.values().stream().allMatch(run -> run.formula().dimension() == 2)) {
            runs.forEach((name, run) -> panels.add(path(run, trajectories.get(name))));
        }
        return new Figure(id, "", caption(runs.values(), trajectories.values()), runs.size(), panels);
    }

    private static Panel path(Simulation run, Table table) {
        List<String> names = run.formula().variables();
        return ContourFigure.panel(
                run.formula(),
                run.x0(),
                List.of(new ContourFigure.Path(
                        run.optimizer().rule().name(),
                        table.numbers(names.getFirst()),
                        table.numbers(names.getLast()))));
    }

    /// The theory of a run, where there is one.
    public static Optional<PowerLawTheory> theory(Simulation run) {
        return PowerLawTheory.of(
                run.optimizer().rule(), run.formula(), run.optimizer().values());
    }

    private static String title(String name, Simulation run) {
        String rule = name.isEmpty() ? run.optimizer().rule().name() : name;
        return theory(run)
                .map(t -> String.format(
                        Locale.ROOT,
                        "Regime %s: β₁ = %s, β₂ = %s",
                        t.regime().named(),
                        new PlainText().number(t.beta1()),
                        new PlainText().number(t.beta2())))
                .orElse(rule + " on " + run.objective());
    }

    private static boolean has(Table table, String column) {
        return table.columns().stream().map(Column::name).anyMatch(column::equals);
    }

    /// What the axis of a loss shows that is measured from the minimum of its objective.
    static String lossLabel(FormulaObjective objective, List<Double> x0) {
        Minimum minimum = objective.minimum(x0, Map.of());
        return !minimum.isKnown() ? "loss (its magnitude)" : minimum.value() == 0 ? "loss" : "loss (over its minimum)";
    }

    private static PanelAxis steps() {
        return PanelAxis.linear("step t");
    }

    private static Panel loss(String title, Simulation run, Table table) {
        double[] steps = table.numbers("step");
        double[] loss = table.numbers("log10Loss");
        List<Mark> marks = new ArrayList<>(List.of(Mark.line("loss", steps, loss)));
        theory(run).filter(PowerLawTheory::exists).ifPresent(t -> marks.add(predicted(t, steps, loss)));
        return new Panel(title, steps(), PanelAxis.log10Values(lossLabel(run.formula(), run.x0())), marks);
    }

    /// The slope of theory through the point where the sustained loss has fallen half of its way in decades.
    private static Mark predicted(PowerLawTheory theory, double[] steps, double[] loss) {
        int lowest = 0;
        for (int i = 0; i < loss.length; i++) {
            lowest = loss[i] < loss[lowest] ? i : lowest;
        }
        int anchor = 0;
        while (anchor < lowest && sustained(loss, anchor) > 0.5 * (loss[0] + loss[lowest])) {
            anchor++;
        }
        double level = sustained(loss, anchor);
        double slope = theory.lossRatePerStep() / Math.log(10);
        double begin = Math.max(steps[0], steps[anchor] + (loss[0] - level) / slope);
        double end = steps[lowest];
        double[] x = {begin, end};
        double[] y = {level + slope * (begin - steps[anchor]), level + slope * (end - steps[anchor])};
        return Mark.line("slope k·ln β₂/(2(k−2))", x, y);
    }

    /// The largest of this loss and the next ones, so that a passage through zero does not count.
    private static double sustained(double[] loss, int from) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < Math.min(loss.length, from + LossHistory.windowLength(loss.length)); i++) {
            largest = Math.max(largest, loss[i]);
        }
        return largest;
    }

    private static Panel secondMoment(Table table) {
        double[] steps = table.numbers("step");
        double[] gradient = table.numbers("log10Gradient");
        double[] coupling = table.numbers("log10Coupling");
        double[] square = new double[steps.length];
        double[] moment = new double[steps.length];
        for (int i = 0; i < steps.length; i++) {
            square[i] = 2 * gradient[i];
            moment[i] = coupling[i] + square[i];
        }
        return Panel.of(
                "",
                steps(),
                PanelAxis.log10Values("v, g²"),
                Mark.line("g²", steps, square),
                Mark.line("v", steps, moment));
    }

    private static Panel relativeStep(Table table) {
        double[] steps = table.numbers("step");
        double[] relative = table.numbers("relativeStep");
        return Panel.of(
                "",
                steps(),
                PanelAxis.linear("relative step ηωλ").from(-1, 4),
                Mark.points("1 − x(t+1)/x(t)", steps, relative),
                new Mark.HorizontalReference("the loss falls between 0 and 2", 2),
                new Mark.HorizontalReference("", 0));
    }
}
