package adamscope.sweep;

import adamscope.dynamics.ClosedMap;
import adamscope.formula.Evaluation;
import adamscope.kernel.Recurrence;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.FixedPointGrid;
import adamscope.stability.OrbitDiagram;
import adamscope.stability.PowerLaw;
import adamscope.stability.ReducedSystem;
import adamscope.stability.SmoothMap;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Where the orbits of a rule go as one hyper-parameter changes, with the largest Lyapunov exponent and the fixed
/// point.
///
/// @param values    every hyper-parameter that is not the axis
/// @param show      the quantity whose limit set is taken: a component of the map, or `relativeStep`, `ratio`
/// @param variables in which variables the rule is looked at
/// @param x0        where orbits begin: one number for each variable, or w for reduced variables
public record Bifurcation(
        OptimizerRule rule,
        FormulaObjective objective,
        Map<String, Double> values,
        Axis x,
        String show,
        Variables variables,
        List<Double> x0,
        OrbitDiagram.Length length) {

    /// The variables of a map.
    public enum Variables {
        /// Those of the scale-free system on c·|x|^k, [ReducedSystem].
        REDUCED,
        /// Those of the rule: x and its states, long after the start.
        ORIGINAL
    }

    public Bifurcation {
        values = Map.copyOf(values);
        x0 = List.copyOf(x0);
        rule.checked(x.name(), x.from());
        rule.checked(x.name(), x.to());
        int wanted = variables == Variables.REDUCED ? 1 : objective.dimension();
        if (x0.size() != wanted) {
            throw new IllegalArgumentException("x0 = " + x0 + " has " + x0.size() + " numbers; "
                    + (variables == Variables.REDUCED
                            ? "in reduced variables it is one, the w that orbits begin with"
                            : "it has to have one for each of " + objective.variables()));
        }
    }

    /// Reduced variables on c·|x|^k with k > 2, those of the rule elsewhere.
    public static Variables standardVariables(FormulaObjective objective) {
        return adamscope.stability.PowerLawTheory.degreeOf(objective).isPresent()
                ? Variables.REDUCED
                : Variables.ORIGINAL;
    }

    /// What came out.
    ///
    /// @param orbits    a row for each kept point of each orbit that stayed bounded: the hyper-parameter and `show`
    /// @param exponents a row for each value of the hyper-parameter: `lyapunovExponent` in nats per step, NaN where the
    ///                  orbit escaped; `outcome` (bounded, escaped); `escapedAt`, the step, −1 for never; `fixedPoint`,
    ///                  the shown quantity there, and its `spectralRadius`, NaN where there is none
    public record Result(Table orbits, Table exponents) {}

    /// Refuses what no run could give.
    ///
    /// @throws adamscope.stability.SymmetryException if reduced variables are asked for and there are none
    /// @throws IllegalArgumentException if the rule depends on the step itself, or has no such quantity to show
    public void refuseImpossible() {
        switch (variables) {
            case REDUCED ->
                SmoothMap.of(
                        ReducedSystem.of(rule, values, PowerLaw.of(objective)).limit(), known(), show);
            case ORIGINAL -> SmoothMap.of(rule, objective, values, show);
        }
    }

    /// The values with the degree.
    private Map<String, Double> known() {
        Map<String, Double> known = new HashMap<>(values);
        known.put(ReducedSystem.DEGREE, PowerLaw.of(objective).degree());
        return known;
    }

    /// Runs every orbit.
    ///
    /// @throws IllegalArgumentException as [#refuseImpossible()]
    public Result run() {
        return switch (variables) {
            case REDUCED -> reduced();
            case ORIGINAL -> original();
        };
    }

    private Result reduced() {
        ReducedSystem system = ReducedSystem.of(rule, values, PowerLaw.of(objective));
        Map<String, Double> known = known();
        SmoothMap map = SmoothMap.of(system.limit(), known, show);
        double[] start = new double[map.dimension()];
        Arrays.setAll(start, i -> map.components().get(i).equals(ReducedSystem.STEP) ? x0.getFirst() : 1);
        FixedPointGrid points = FixedPointGrid.of(system, known, Map.of(x.name(), x.values()));
        return result(map, start, points);
    }

    private Result original() {
        SmoothMap map = SmoothMap.of(rule, objective, values, show);
        Map<String, Double> at = new HashMap<>(values);
        at.put(x.name(), x.from());
        for (int i = 0; i < x0.size(); i++) {
            at.put(objective.variables().get(i), x0.get(i));
        }
        Recurrence closed = ClosedMap.of(rule, objective, ClosedMap.Start.ZERO);
        double[] start = map.components().stream()
                .mapToDouble(name -> Evaluation.value(
                        closed.components().get(closed.indexOf(name)).start(), at::get))
                .toArray();
        return result(map, start, FixedPointGrid.along(map, x.name(), x.values(), start));
    }

    private Result result(SmoothMap map, double[] start, FixedPointGrid points) {
        double[] values = x.values();
        OrbitDiagram diagram = OrbitDiagram.of(map, Map.of(), x.name(), values, start, length);
        int kept = length.kept();
        int[] bounded = IntStream.range(0, values.length)
                .filter(i -> diagram.escapedAt()[i] < 0)
                .toArray();
        Table orbits = new Table(
                "orbits",
                List.of(
                        new Column.Numbers(
                                x.name(),
                                "",
                                Arrays.stream(bounded)
                                        .boxed()
                                        .flatMapToDouble(
                                                i -> IntStream.range(0, kept).mapToDouble(_ -> values[i]))
                                        .toArray()),
                        new Column.Numbers(
                                show,
                                "",
                                Arrays.stream(bounded)
                                        .boxed()
                                        .flatMapToDouble(i -> Arrays.stream(diagram.limitSet()[i]))
                                        .toArray())));
        Table exponents = new Table(
                "exponents",
                List.of(
                        new Column.Numbers(x.name(), "", values),
                        new Column.Numbers("lyapunovExponent", "nats per step", diagram.exponent()),
                        new Column.Words(
                                "outcome",
                                Arrays.stream(diagram.escapedAt())
                                        .mapToObj(step -> step < 0 ? "bounded" : "escaped")
                                        .toList()),
                        new Column.Integers(
                                "escapedAt",
                                "steps",
                                Arrays.stream(diagram.escapedAt())
                                        .asLongStream()
                                        .toArray()),
                        new Column.Numbers("fixedPoint", "", shown(map, points, values)),
                        new Column.Numbers("spectralRadius", "", points.radius())));
        return new Result(orbits, exponents);
    }

    /// The shown quantity at the fixed points.
    private double[] shown(SmoothMap map, FixedPointGrid points, double[] values) {
        SmoothMap.Block block = map.block(values.length);
        System.arraycopy(values, 0, block.parameter(x.name()), 0, values.length);
        for (int i = 0; i < map.dimension(); i++) {
            System.arraycopy(points.state()[i], 0, block.state()[i], 0, values.length);
        }
        block.step();
        return IntStream.range(0, values.length)
                .mapToDouble(i -> Double.isNaN(points.radius()[i]) ? Double.NaN : block.observed()[i])
                .toArray();
    }
}
