package adamscope.page;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.sweep.Axis;
import adamscope.sweep.BasinSweep;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.PhaseSweep;
import adamscope.sweep.RegimeBorder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The plane that a question is about, of hyper-parameters or of starts: what is to be run, here or in the program
/// behind the page, and where its cells and the borders of theory lie.
///
/// @param sweep one run for each cell, x varying fastest
/// @param frame `xs`, `ys`, `borders`
public record AskedPlane(FormulaSweep sweep, Map<String, Object> frame) {

    /// Reads the question.
    ///
    /// @throws IllegalArgumentException if there is no such plane; [Answers#fault] says it as the page reads it
    public static AskedPlane of(Map<?, ?> asked) {
        return of(new Question(asked));
    }

    static AskedPlane of(Question question) {
        OptimizerRule rule = question.rule();
        FormulaObjective objective = question.objective();
        Axis x = PlaneAnswer.axis(question, "x");
        Axis y = PlaneAnswer.axis(question, "y");
        int steps = (int) question.number("steps");
        boolean starts = BasinSweep.coordinates(rule, objective).contains(x.name());
        FormulaSweep sweep = starts
                ? new BasinSweep(question.iteration(rule, objective, question.values(rule)), x, y, steps).toSweep()
                : phase(question, rule, objective, new Axes(x, y, steps));
        List<RegimeBorder> borders = starts ? List.of() : RegimeBorder.of(rule, question.values(rule), objective, x, y);
        Reply frame = new Reply()
                .with("xs", x.values())
                .with("ys", y.values())
                .with(
                        "borders",
                        borders.stream()
                                .map(border -> new Reply()
                                        .with("name", border.name())
                                        .with("x", border.x())
                                        .with("y", border.y()))
                                .toList());
        return new AskedPlane(sweep, frame.entries());
    }

    private record Axes(Axis x, Axis y, int steps) {}

    private static FormulaSweep phase(Question question, OptimizerRule rule, FormulaObjective objective, Axes axes) {
        Map<String, Double> values = new HashMap<>(question.values(rule));
        values.remove(axes.x().name());
        values.remove(axes.y().name());
        return new PhaseSweep(question.iteration(rule, objective, values), axes.x(), axes.y(), axes.steps()).toSweep();
    }
}
