package adamscope.kernel;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Yardstick;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.HyperParameter;
import adamscope.optimizer.OptimizerRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Programs and random lanes for the tests of this package.
final class KernelCases {
    private KernelCases() {}

    static Recurrence recurrence(String rule, String objective) {
        return ClosedMap.of(Catalogue.shipped(rule), FormulaObjective.read(objective), ClosedMap.Start.ZERO);
    }

    /// The same with the loss over its minimum and the slope, where that is recorded.
    static StepProgram judged(String rule, String objective) {
        FormulaObjective formula = FormulaObjective.read(objective);
        Yardstick yardstick = Yardstick.of(formula, java.util.Collections.nCopies(formula.dimension(), 1.0));
        return program(yardstick.judging(recurrence(rule, objective)), Map.of());
    }

    static StepProgram program(String rule, String objective) {
        return program(recurrence(rule, objective), Map.of());
    }

    static StepProgram program(Recurrence recurrence, Map<String, Double> uniform) {
        List<String> observed = new ArrayList<>(List.of(TileRun.LOSS));
        if (recurrence.observables().containsKey(TileRun.COUPLING)) {
            observed.add(TileRun.COUPLING);
        }
        if (recurrence.observables().containsKey(TileRun.SLOPE)) {
            observed.add(TileRun.SLOPE);
        }
        return StepProgram.of(recurrence, observed, uniform);
    }

    /// Parameters at their defaults, β₁ and β₂ at random in (0.05, 0.999), lr in (1e-4, 1e-1); variables in ±2.
    static Map<String, double[]> lanes(String rule, StepProgram program, int lanes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OptimizerRule text = Catalogue.shipped(rule);
        Map<String, double[]> inputs = new HashMap<>();
        for (HyperParameter hyper : text.hyperParameters()) {
            double[] values = new double[lanes];
            for (int lane = 0; lane < lanes; lane++) {
                values[lane] = switch (hyper.name()) {
                    case "beta1", "beta2" -> random.nextDouble(0.05, 0.999);
                    case "lr" -> Math.pow(10, random.nextDouble(-4, -1));
                    default -> hyper.defaultValue();
                };
            }
            inputs.put(hyper.name(), values);
        }
        for (int c = 0; c < program.components().size(); c++) {
            if (DoubleRange.isGiven(program, c)) {
                inputs.put(
                        program.components().get(c),
                        random.doubles(lanes, -2, 2).toArray());
            }
        }
        return inputs;
    }

    static Magnitudes[] starts(StepProgram program, Map<String, double[]> inputs) {
        int lanes = inputs.values().iterator().next().length;
        double[][] values = new double[program.components().size()][lanes];
        new BlockInterpreter(program.starts(), lanes).evaluate(inputs, values);
        Magnitudes[] starts = new Magnitudes[values.length];
        for (int c = 0; c < values.length; c++) {
            starts[c] = new Magnitudes(values[c], new long[lanes]);
        }
        return starts;
    }
}
