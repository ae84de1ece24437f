package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import adamscope.flow.FlowComparison;
import adamscope.flow.FlowKind;
import adamscope.flow.MemoryRates;
import adamscope.objective.FormulaObjective;
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
}
