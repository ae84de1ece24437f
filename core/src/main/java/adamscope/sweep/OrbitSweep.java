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
import adamscope.stability.RuleMemory;
import adamscope.stability.SmoothMap;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Where the orbits of a rule go as one hyper-parameter changes, with the largest Lyapunov exponent and the fixed
/// point.
///
/// @param values    every hyper-parameter that is not the axis
/// @param show      the quantity whose limit set is taken: a component of the map, or `relativeStep`, `ratio`
/// @param variables in which variables the rule is looked at
/// @param x0        where orbits begin: one number for each variable, or w for reduced variables
public record OrbitSweep(
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

    private static final int LOOKS = 1000;
    private static final int PARTS = 32;

    public OrbitSweep {
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

    /// The longest memory of the rule at the two ends of the axis.
    public RuleMemory memory() {
        return memory(rule, objective, values, x);
    }

    /// The longest memory of a rule at the two ends of an axis.
    public static RuleMemory memory(
            OptimizerRule rule, FormulaObjective objective, Map<String, Double> values, Axis x) {
        return RuleMemory.along(rule, objective, values, x.name(), x.from(), x.to());
    }

    /// What came out.
    ///
    /// @param orbits    a row for each kept point of each orbit that stayed bounded: the hyper-parameter and `show`
    /// @param exponents a row for each value of the hyper-parameter: `lyapunovExponent` in nats per step, NaN where the
    ///                  orbit escaped; `lyapunovDrift`, that of the second half of the steps minus that of the first;
    ///                  `outcome` (bounded, escaped); `motion` ([OrbitDiagram.Motion]); `escapedAt`, the step, −1 for
    /// never; `fixedPoint`,
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

    /// The values of the hyper-parameter at which the fixed point gains or loses stability, solved for.
    ///
    /// Looked for between a thousand values of the axis, then by repeated division until two neighbouring doubles are
    /// left.
    /// Where the fixed point itself ends, its radius there has to be near 1 (a fold).
    public List<Double> stabilityChanges() {
        return switch (variables) {
            case REDUCED -> {
                ReducedSystem system = ReducedSystem.of(rule, values, PowerLaw.of(objective));
                yield changes(
                        FixedPointGrid.of(system, known(), Map.of(x.name(), looks())),
                        (at, _) -> FixedPointGrid.of(system, known(), Map.of(x.name(), at)));
            }
            case ORIGINAL -> {
                SmoothMap map = SmoothMap.of(rule, objective, values, show);
                yield changes(
                        FixedPointGrid.along(map, x.name(), looks(), start(map)),
                        (at, near) -> FixedPointGrid.near(map, Map.of(x.name(), at), near));
            }
        };
    }

    /// The values of the axis with as many between them as are needed.
    private double[] looks() {
        int gaps = x.points() - 1;
        int each = Math.ceilDiv(LOOKS, Math.max(1, gaps));
        double[] values = new double[gaps * each + 1];
        Arrays.setAll(values, i -> i % each == 0 ? x.value(i / each) : x.at((double) i / (gaps * each)));
        return values;
    }

    private List<Double> changes(FixedPointGrid points, BiFunction<double[], double[], FixedPointGrid> search) {
        double[] at = looks();
        List<Double> changes = new ArrayList<>();
        for (int i = 1; i < at.length; i++) {
            boolean before = points.radius()[i - 1] < 1;
            if (before == points.radius()[i] < 1) {
                continue;
            }
            int stable = before ? i - 1 : i;
            double[] near =
                    Arrays.stream(points.state()).mapToDouble(z -> z[stable]).toArray();
            double[] ends = narrowed(at[i - 1], at[i], before, values -> search.apply(values, near));
            FixedPointGrid last = search.apply(ends, near);
            double radius = last.radius()[before ? 0 : 1];
            boolean both = !Double.isNaN(last.radius()[0] + last.radius()[1]);
            if (both || radius > 1 - 1e-3) {
                changes.add(0.5 * (ends[0] + ends[1]));
            }
        }
        return changes;
    }

    /// Neighbouring doubles, or nearly, between which stability changes.
    private static double[] narrowed(
            double from, double to, boolean stableFirst, Function<double[], FixedPointGrid> search) {
        double[] ends = {from, to};
        for (int round = 0; round < 20 && ends[1] - ends[0] > 2 * Math.ulp(ends[1]); round++) {
            double[] inside = new double[PARTS + 1];
            Arrays.setAll(inside, k -> ends[0] + (ends[1] - ends[0]) * k / PARTS);
            double[] radius = search.apply(inside).radius();
            int last = 0;
            while (last + 1 < PARTS && radius[last + 1] < 1 == stableFirst) {
                last++;
            }
            ends[1] = inside[last + 1];
            ends[0] = inside[last];
        }
        return ends;
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
        double[] start = start(map);
        return result(map, start, FixedPointGrid.along(map, x.name(), x.values(), start));
    }

    /// Where orbits in the rule's own variables begin.
    private double[] start(SmoothMap map) {
        Map<String, Double> at = new HashMap<>(values);
        at.put(x.name(), x.from());
        for (int i = 0; i < x0.size(); i++) {
            at.put(objective.variables().get(i), x0.get(i));
        }
        Recurrence closed = ClosedMap.of(rule, objective, ClosedMap.Start.ZERO);
        return map.components().stream()
                .mapToDouble(name -> Evaluation.value(
                        closed.components().get(closed.indexOf(name)).start(), at::get))
                .toArray();
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
                        new Column.Numbers("lyapunovDrift", "nats per step", diagram.drift()),
                        new Column.Words(
                                "outcome",
                                Arrays.stream(diagram.escapedAt())
                                        .mapToObj(step -> step < 0 ? "bounded" : "escaped")
                                        .toList()),
                        new Column.Words(
                                "motion",
                                IntStream.range(0, values.length)
                                        .mapToObj(i -> diagram.motion(i).word())
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
        SmoothMap.LaneBlock block = map.block(values.length);
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
