package adamscope.stability;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Derivative;
import adamscope.formula.Expression;
import adamscope.formula.Folding;
import adamscope.formula.Rewriting;
import adamscope.kernel.BlockInterpreter;
import adamscope.kernel.Program;
import adamscope.kernel.Recurrence;
import adamscope.kernel.Recurrence.Component;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A map z ← F(z; parameters) with its exact Jacobian ∂F/∂z, compiled to run on many lanes at once.
///
/// The Jacobian is the symbolic derivative of the formulas.
///
/// @param components names of the coordinates of z
/// @param parameters names of the numbers that may differ from lane to lane
/// @param observed   name of the quantity to watch, in terms of z before the step
/// @param step       F, then the observed quantity
/// @param tangent    F, the observed quantity, then ∂F/∂z row by row
public record SmoothMap(
        List<String> components, List<String> parameters, String observed, Program step, Program tangent) {

    /// Compiles a recurrence that does not depend on the step.
    ///
    /// @param values   parameters with one value; the others vary from lane to lane
    /// @param observed an observable or a component
    /// @throws IllegalArgumentException if it depends on the step, or there is no such observable
    public static SmoothMap of(Recurrence recurrence, Map<String, Double> values, String observed) {
        var folding = Folding.shared(values);
        List<String> components =
                recurrence.components().stream().map(Component::name).toList();
        List<Expression> step = new ArrayList<>();
        recurrence.components().forEach(c -> step.add(folding.apply(c.next())));
        step.add(folding.apply(observable(recurrence, components, observed)));
        List<String> parameters = recurrence.parameters().stream()
                .filter(p -> !values.containsKey(p))
                .toList();
        refuseStrangers(step, components, parameters);
        List<Expression> tangent = new ArrayList<>(step);
        var simplified = Folding.shared(Map.of());
        for (int i = 0; i < components.size(); i++) {
            for (String column : components) {
                tangent.add(simplified.apply(Derivative.of(step.get(i), column)));
            }
        }
        return new SmoothMap(components, parameters, observed, Program.of(step), Program.of(tangent));
    }

    /// A rule on an objective as it is, long after the start: running powers βᵗ are 0.
    ///
    /// @throws IllegalArgumentException if the rule depends on the step t in another way
    public static SmoothMap of(
            OptimizerRule rule, FormulaObjective objective, Map<String, Double> values, String observed) {
        return of(LongRun.of(ClosedMap.of(rule, objective, ClosedMap.Start.ZERO), rule.name()), values, observed);
    }

    private static Expression observable(Recurrence recurrence, List<String> components, String name) {
        if (components.contains(name)) {
            return new Expression.Symbol(name);
        }
        Expression observable = recurrence.observables().get(name);
        if (observable == null) {
            throw new IllegalArgumentException("nothing called '" + name + "' to look at; there are " + components
                    + " and " + recurrence.observables().keySet());
        }
        return observable;
    }

    private static void refuseStrangers(List<Expression> formulas, List<String> components, List<String> parameters) {
        for (Expression formula : formulas) {
            Set<String> names = Rewriting.names(formula);
            names.removeAll(components);
            names.removeAll(parameters);
            if (!names.isEmpty()) {
                throw new IllegalArgumentException("the map has no value for " + names);
            }
        }
    }

    /// The number of coordinates.
    public int dimension() {
        return components.size();
    }

    /// Room to evaluate the map for a number of lanes; belongs to one thread.
    public LaneBlock block(int lanes) {
        return new LaneBlock(this, lanes);
    }

    /// The map on a block of lanes.
    ///
    /// Set [#state()] and [#parameter(String)], then [#step()] or [#linearise()], then read.
    public static final class LaneBlock {
        private final SmoothMap map;
        private final int lanes;
        private final BlockInterpreter stepper;
        private final BlockInterpreter lineariser;
        private final Map<String, double[]> inputs = new HashMap<>();
        private final double[][] state;
        private final double[][] results;
        private final double[][] stepResults;

        private LaneBlock(SmoothMap map, int lanes) {
            this.map = map;
            this.lanes = lanes;
            this.stepper = new BlockInterpreter(map.step, lanes);
            this.lineariser = new BlockInterpreter(map.tangent, lanes);
            this.state = new double[map.dimension()][lanes];
            this.results = new double[map.tangent.results().length][lanes];
            this.stepResults = java.util.Arrays.copyOf(results, map.step.results().length);
            for (int i = 0; i < state.length; i++) {
                inputs.put(map.components.get(i), state[i]);
            }
            map.parameters.forEach(name -> inputs.put(name, new double[lanes]));
        }

        /// The map that the block evaluates.
        public SmoothMap map() {
            return map;
        }

        /// The number of lanes.
        public int lanes() {
            return lanes;
        }

        /// z, `[component][lane]`: to be filled.
        public double[][] state() {
            return state;
        }

        /// A parameter for each lane: to be filled.
        public double[] parameter(String name) {
            return inputs.get(name);
        }

        /// Fills a parameter in every lane.
        public void parameters(Map<String, Double> values) {
            values.forEach((name, value) -> java.util.Arrays.fill(inputs.get(name), value));
        }

        /// Computes F.
        public void step() {
            stepper.evaluate(inputs, stepResults);
        }

        /// Computes F and its Jacobian.
        public void linearise() {
            lineariser.evaluate(inputs, results);
        }

        /// z ← F.
        public void advance() {
            for (int i = 0; i < state.length; i++) {
                System.arraycopy(results[i], 0, state[i], 0, lanes);
            }
        }

        /// A coordinate of F for each lane.
        public double[] next(int component) {
            return results[component];
        }

        /// The observed quantity for each lane.
        public double[] observed() {
            return results[state.length];
        }

        /// ∂F_row/∂z_column for each lane.
        public double[] jacobian(int row, int column) {
            return results[state.length + 1 + row * state.length + column];
        }

        /// The Jacobian of a lane.
        public double[][] jacobian(int lane) {
            int n = state.length;
            double[][] matrix = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    matrix[i][j] = jacobian(i, j)[lane];
                }
            }
            return matrix;
        }
    }
}
