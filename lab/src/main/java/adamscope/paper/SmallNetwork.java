package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.dynamics.Trajectory;
import adamscope.flow.MemoryRates;
import adamscope.kernel.Arithmetic;
import adamscope.linear.CountedNormal;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// A network small enough to be a formula: two inputs, six units z/√(1+z²), one output, mean squared error on sixteen
/// samples of the sign of a product, 25 parameters.
///
/// It stands in for the networks of paper 2 where the claim is about the optimizer's rates and not about the data.
final class SmallNetwork {
    static final int UNITS = 6;
    static final int SAMPLES = 16;

    private final FormulaObjective objective;
    private final List<Double> start;

    /// @param seed of the samples and of the start
    SmallNetwork(int seed) {
        // a sum of squares: the loss itself is drawn, whether or not a network meets all samples
        objective = FormulaObjective.read(loss(seed)).withMinimum(OptionalDouble.of(0));
        start = start(objective, seed);
    }

    private static String loss(int seed) {
        List<String> terms = new ArrayList<>();
        for (int sample = 0; sample < SAMPLES; sample++) {
            double first = CountedNormal.number(seed, 100 + 2L * sample);
            double second = CountedNormal.number(seed, 101 + 2L * sample);
            StringBuilder output = new StringBuilder("c");
            for (int unit = 1; unit <= UNITS; unit++) {
                String z = text("((%.17f)*p%d + (%.17f)*q%d + b%d)", first, unit, second, unit, unit);
                output.append(text(" + o%d*%s/sqrt(1 + %s^2)", unit, z, z));
            }
            terms.add(text("(%s - (%d))^2", output, first * second > 0 ? 1 : -1));
        }
        return "(" + String.join(" + ", terms) + ")/" + 2 * SAMPLES;
    }

    /// Weights N(0, 1/fan-in), biases 0.
    private static List<Double> start(FormulaObjective objective, int seed) {
        List<Double> start = new ArrayList<>();
        for (String name : objective.variables()) {
            double deviation = switch (name.charAt(0)) {
                case 'p', 'q' -> Math.sqrt(0.5);
                case 'o' -> Math.sqrt(1.0 / UNITS);
                default -> 0;
            };
            start.add(deviation * CountedNormal.number(seed, start.size()));
        }
        return start;
    }

    /// Adam with bias correction at rates a and b.
    Table adam(String name, double a, double b, double lr, int steps) {
        MemoryRates rates = new MemoryRates(a, b);
        Map<String, Double> values = Map.of("lr", lr, "beta1", rates.beta1(lr), "beta2", rates.beta2(lr), "eps", 1e-8);
        return run(name, "adam", values, steps);
    }

    /// The loss at every step of a run; it ends early where the loss is no number.
    Table run(String name, String rule, Map<String, Double> values, int steps) {
        Trajectory run = new SingleRun(
                        new Iteration(
                                Catalogue.shipped(rule),
                                objective,
                                values,
                                start,
                                ClosedMap.Start.ZERO,
                                Arithmetic.DOUBLE),
                        steps,
                        1)
                .run();
        Column loss = run.table().column("log10Loss");
        return new Table(name, List.of(run.table().column("step"), loss));
    }
}
