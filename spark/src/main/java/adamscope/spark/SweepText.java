package adamscope.spark;

import adamscope.dynamics.ClosedMap;
import adamscope.kernel.Arithmetic;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.RuleReader;
import adamscope.sweep.Axis;
import adamscope.sweep.PhaseSweep;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;

/// A sweep in a form that travels: the text of its rule and objective, and its numbers. The executor reads and compiles
/// them for itself.
record SweepText(
        String ruleName,
        String ruleText,
        String objective,
        HashMap<String, Double> values,
        AxisNumbers x,
        AxisNumbers y,
        ArrayList<Double> x0,
        ClosedMap.Start start,
        Arithmetic arithmetic,
        int steps)
        implements Serializable {

    /// An axis with every bit of its ends.
    record AxisNumbers(String name, double from, double to, int points, Axis.Scale scale) implements Serializable {
        static AxisNumbers of(Axis axis) {
            return new AxisNumbers(axis.name(), axis.from(), axis.to(), axis.points(), axis.scale());
        }

        Axis toAxis() {
            return new Axis(name, from, to, points, scale);
        }
    }

    static SweepText of(PhaseSweep sweep) {
        return new SweepText(
                sweep.rule().name(),
                sweep.rule().text(),
                sweep.objective().text(),
                new HashMap<>(sweep.values()),
                AxisNumbers.of(sweep.x()),
                AxisNumbers.of(sweep.y()),
                new ArrayList<>(sweep.x0()),
                sweep.start(),
                sweep.arithmetic(),
                sweep.steps());
    }

    PhaseSweep toSweep() {
        return new PhaseSweep(
                RuleReader.read(ruleName, ruleText),
                FormulaObjective.read(objective),
                values,
                x.toAxis(),
                y.toAxis(),
                x0,
                start,
                arithmetic,
                steps);
    }
}
