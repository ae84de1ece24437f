package adamscope.sweep;

import adamscope.dynamics.LossHistory;
import adamscope.dynamics.Outcome;
import adamscope.dynamics.RunHistory;
import adamscope.dynamics.Yardstick;
import adamscope.formula.Enclosure;
import adamscope.formula.Expression.Symbol;
import adamscope.kernel.Recurrence;
import adamscope.kernel.TileResult;
import adamscope.objective.FormulaObjective;
import adamscope.objective.Minimum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Judges the runs of a sweep, whose objectives may have parameters that differ from point to point, by the same
/// measure as a single run.
final class Judge {
    /// The lane input that holds the minimum where it differs; no formula can use the name.
    private static final String LEAST = "least loss";

    private final FormulaObjective objective;
    private final List<Double> x0;
    private final Map<String, Double> values;
    private final List<String> varying;
    private final Yardstick common;
    private final boolean each;
    private final Map<List<Double>, Yardstick> known = new ConcurrentHashMap<>();

    /// @param values  of the parameters of the objective that are the same everywhere, and of anything else
    /// @param varying where the other parameters lie
    Judge(FormulaObjective objective, List<Double> x0, Map<String, Double> values, Map<String, Enclosure> varying) {
        this.objective = objective;
        this.x0 = x0;
        this.values = objective.parameters().stream()
                .filter(name -> values.containsKey(name) && !varying.containsKey(name))
                .collect(Collectors.toMap(name -> name, values::get));
        this.varying = List.copyOf(varying.keySet());
        Function<String, Enclosure> ranges = name ->
                varying.containsKey(name) ? varying.get(name) : Enclosure.of(values.getOrDefault(name, Double.NaN));
        this.each = !varying.isEmpty() && !Yardstick.isCommon(objective, ranges);
        if (varying.isEmpty()) {
            this.common = Yardstick.of(objective, x0, this.values);
        } else if (each) {
            this.common = new Yardstick(
                    objective,
                    new Minimum(0, Minimum.Origin.UNKNOWN, List.of()),
                    objective.over(new Symbol(LEAST)),
                    true);
        } else {
            this.common = new Yardstick(
                    objective,
                    new Minimum(0, Minimum.Origin.CLOSED_FORM, List.of()),
                    objective.over(objective.constant()),
                    false);
        }
    }

    /// The map as the kernel runs it, recording what is judged.
    Recurrence judging(Recurrence map) {
        List<String> parameters = new ArrayList<>(map.parameters());
        if (each) {
            parameters.add(LEAST);
        }
        Recurrence judged = common.judging(map);
        return new Recurrence(parameters, judged.components(), judged.observables());
    }

    /// Adds to the inputs of lanes what the judgement needs.
    void addInputs(Map<String, double[]> inputs, int lanes) {
        if (each) {
            double[] least = new double[lanes];
            Arrays.setAll(least, lane -> yardstick(inputs, lane).minimum().value());
            inputs.put(LEAST, least);
        }
    }

    private Yardstick yardstick(Map<String, double[]> inputs, int lane) {
        if (!each) {
            return common;
        }
        Map<String, Double> parameters = parameters(inputs, lane);
        return known.computeIfAbsent(
                varying.stream().map(parameters::get).toList(), _ -> Yardstick.of(objective, x0, parameters));
    }

    private Map<String, Double> parameters(Map<String, double[]> inputs, int lane) {
        Map<String, Double> parameters = new TreeMap<>(values);
        varying.forEach(name -> parameters.put(name, inputs.get(name)[lane]));
        return parameters;
    }

    /// The outcome of a lane.
    Outcome outcome(TileResult tile, int lane, LossHistory loss, Map<String, double[]> inputs) {
        if (tile.leftDoubleAt()[lane] >= 0) {
            return new Outcome.LeftRange(tile.leftDoubleAt()[lane], "a state");
        }
        if (tile.notFiniteAt()[lane] >= 0) {
            return new Outcome.Diverged(tile.notFiniteAt()[lane]);
        }
        if (!common.sloped()) {
            return new RunHistory(loss, new double[0], RunHistory.End.plain(tile.rest()[lane])).outcome();
        }
        Map<String, Double> end = parameters(inputs, lane);
        for (int i = 0; i < objective.dimension(); i++) {
            end.put(
                    objective.variables().get(i),
                    tile.finalSign()[i][lane] * Math.pow(10, tile.finalMagnitude()[i][lane]));
        }
        double lossAtEnd = tile.finalLossSign()[lane] * Math.pow(10, tile.finalLoss()[lane]);
        return yardstick(inputs, lane).outcome(loss, tile.slopeMax().of(lane), end, lossAtEnd, tile.rest()[lane]);
    }
}
