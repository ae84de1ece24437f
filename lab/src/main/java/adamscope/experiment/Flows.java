package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.flow.FlowComparison;
import adamscope.flow.FlowKind;
import adamscope.flow.MemoryRates;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A rule on an objective beside the differential equations that it follows.
///
/// @param objective formula of the loss, as written
/// @param x0        start, one number for each variable of the objective in its order
/// @param time      how long, in units of lr·step
/// @param rows      about how many rows the table gets
/// @param flows     which flows, none twice
public record Flows(
        TunedRule optimizer,
        String objective,
        List<Double> x0,
        ClosedMap.Start init,
        double time,
        long rows,
        List<FlowKind> flows)
        implements Experiment {

    /// As text.
    public static final Shape<Flows> SHAPE = Shape.of(keys -> {
        var optimizer = keys.add(FormulaKeys.optimizer(), Flows::optimizer);
        var objective = keys.add(FormulaKeys.objective(), Flows::objective);
        var x0 = keys.add(FormulaKeys.x0(objective), Flows::x0);
        var init = keys.add(FormulaKeys.init(), Flows::init);
        var time = keys.add(Key.of("time", Forms.number(), "how long, in units of lr·step"), Flows::time);
        var rows = keys.add(
                Key.of("rows", Forms.whole(2, 1_000_000), "about how many rows the table gets")
                        .orElse(500L),
                Flows::rows);
        var flows = keys.add(
                Key.of(
                                "flows",
                                Forms.list(Forms.word(List.of(FlowKind.values()), FlowKind::word), "words"),
                                "which flows stand beside the iteration")
                        .orElse(List.of(FlowKind.LIMIT)),
                Flows::flows);
        return in -> in.at(
                time,
                () -> new Flows(
                        in.get(optimizer),
                        in.get(objective),
                        in.get(x0),
                        in.get(init),
                        in.get(time),
                        in.get(rows),
                        in.get(flows)));
    });

    public Flows {
        x0 = List.copyOf(x0);
        flows = List.copyOf(flows);
        Checks.start(objective, x0);
        Checks.startInDouble(objective, x0);
        Checks.complete(optimizer, List.of());
        comparison(optimizer, objective, x0, init, time, rows, flows);
    }

    /// The same with decays that follow from rates per unit of time, β₂ = 1 − a·lr and β₁ = 1 − b·lr.
    ///
    /// @param a null leaves beta2 as it is
    /// @param b null leaves beta1 as it is
    /// @throws IllegalArgumentException if the rule has no such decay, or a rate makes it negative
    public Flows atRates(Double a, Double b) {
        Map<String, Double> values = new LinkedHashMap<>(optimizer.values());
        double lr = values.get(optimizer.rule().hyper("lr").name());
        decay(values, "beta2", a, lr);
        decay(values, "beta1", b, lr);
        return new Flows(new TunedRule(optimizer.rule(), values), objective, x0, init, time, rows, flows);
    }

    private void decay(Map<String, Double> values, String name, Double rate, double lr) {
        if (rate != null) {
            values.put(optimizer.rule().hyper(name).name(), MemoryRates.decay(name, rate, lr));
        }
    }

    /// The objective, read.
    public FormulaObjective formula() {
        return FormulaObjective.read(objective);
    }

    /// What is to be computed.
    public FlowComparison comparison() {
        return comparison(optimizer, objective, x0, init, time, rows, flows);
    }

    private static FlowComparison comparison(
            TunedRule optimizer,
            String objective,
            List<Double> x0,
            ClosedMap.Start init,
            double time,
            long rows,
            List<FlowKind> flows) {
        return new FlowComparison(
                optimizer.rule(),
                optimizer.values(),
                FormulaObjective.read(objective),
                x0,
                init,
                time,
                Math.toIntExact(rows),
                flows);
    }

    @Override
    public List<OptimizerRule> rules() {
        return List.of(optimizer.rule());
    }

    /// What is said of its command.
    static final class Command {
        static final KindUsage USAGE = new KindUsage(
                "flow",
                "flow",
                0,
                List.of(
                        "Run an optimizer on a formula and solve, from the same start and on the same axis of time"
                                + " lr*step, the differential equations that it follows as lr tends to 0.",
                        "Flows: limit (of the rule, derived from its text with beta = 1 - rate*lr), gradient, sign"
                                + " (slides where a gradient vanishes), smoothed-sign, rmsprop, and central (the"
                                + " average of a run that oscillates at the edge of stability).",
                        KindUsage.FOLDER_IF_ASKED),
                "  adamscope flow --optimizer adam --objective \"x^4/4\" --x0 1 --set eps=0 \\%n"
                        + "      --time 2 --flows limit,sign",
                Map.of(
                        "a",
                        "In place of --set beta2: the rate a of forgetting per unit of time, beta2 = 1 - a*lr.",
                        "b",
                        "In place of --set beta1: the rate b, beta1 = 1 - b*lr."));

        private Command() {}
    }
}
