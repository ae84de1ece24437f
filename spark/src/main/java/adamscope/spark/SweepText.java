package adamscope.spark;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.RuleReader;
import adamscope.sweep.Axis;
import adamscope.sweep.Coordinate;
import adamscope.sweep.Ending;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.Listed;
import adamscope.sweep.Sampled;
import adamscope.sweep.Space;
import adamscope.sweep.SweptRun;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;

/// A sweep in a form that travels: the text of its rule and objective, and its numbers. The executor reads and compiles
/// them for itself.
public record SweepText(
        RunText run,
        ArrayList<AxisText> axes,
        int samples,
        LinkedHashMap<String, String> derived,
        ArrayList<String> keep)
        implements Serializable {

    /// What is run at each point.
    record RunText(
            String ruleName,
            String ruleText,
            String objective,
            ArrayList<String> parameters,
            HashMap<String, Double> values,
            ArrayList<Double> x0,
            ClosedMap.Start start,
            Arithmetic arithmetic,
            int steps,
            Ending ending)
            implements Serializable {
        static RunText of(SweptRun run) {
            Iteration iteration = run.iteration();
            return new RunText(
                    iteration.rule().name(),
                    iteration.rule().text(),
                    iteration.objective().text(),
                    new ArrayList<>(iteration.objective().parameters()),
                    new HashMap<>(iteration.values()),
                    new ArrayList<>(iteration.x0()),
                    iteration.start(),
                    iteration.arithmetic(),
                    run.steps(),
                    run.ending());
        }

        SweptRun toRun() {
            return new SweptRun(
                    new Iteration(
                            RuleReader.read(ruleName, ruleText),
                            FormulaObjective.read(objective, parameters),
                            values,
                            x0,
                            start,
                            arithmetic),
                    steps,
                    ending);
        }
    }

    /// An axis with every bit of its numbers: the ends, or all values of a list.
    ///
    /// @param points of an axis; 0 of a list, −1 of a sampled one
    record AxisText(String name, double[] numbers, int points, Axis.Spacing scale) implements Serializable {
        static AxisText of(Coordinate coordinate) {
            return switch (coordinate) {
                case Axis(var name, var from, var to, var points, var scale) ->
                    new AxisText(name, new double[] {from, to}, points, scale);
                case Sampled(var name, var from, var to, var scale) ->
                    new AxisText(name, new double[] {from, to}, -1, scale);
                case Listed(var name, var values) ->
                    new AxisText(
                            name, values.stream().mapToDouble(value -> value).toArray(), 0, Axis.Spacing.LINEAR);
            };
        }

        Coordinate toCoordinate() {
            return switch (points) {
                case 0 ->
                    new Listed(name, java.util.Arrays.stream(numbers).boxed().toList());
                case -1 -> new Sampled(name, numbers[0], numbers[1], scale);
                default -> new Axis(name, numbers[0], numbers[1], points, scale);
            };
        }
    }

    /// The text of a sweep.
    public static SweepText of(FormulaSweep sweep) {
        ArrayList<AxisText> axes = new ArrayList<>();
        sweep.space().coordinates().forEach(coordinate -> axes.add(AxisText.of(coordinate)));
        return new SweepText(
                RunText.of(sweep.run()),
                axes,
                sweep.space().samples(),
                new LinkedHashMap<>(sweep.derived()),
                new ArrayList<>(sweep.keep()));
    }

    FormulaSweep toSweep() {
        return new FormulaSweep(
                run.toRun(), new Space(axes.stream().map(AxisText::toCoordinate).toList(), samples), derived, keep);
    }
}
