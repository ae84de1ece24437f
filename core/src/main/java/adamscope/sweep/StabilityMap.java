package adamscope.sweep;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.FixedPointGrid;
import adamscope.stability.PowerLaw;
import adamscope.stability.ReducedSystem;
import adamscope.stability.SmoothMap;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The stability of a rule's fixed point over a plane of two hyper-parameters, with the curves on which it is lost.
///
/// On c·|x|^k with k > 2 the fixed point is that of the scale-free system ([ReducedSystem]): convergence at a constant
/// factor a step. On any other objective it is the fixed point of the rule itself that Newton's method finds from the
/// start.
///
/// @param values every hyper-parameter that is not an axis
/// @param x0     start of the search on other objectives, one number for each variable
public record StabilityMap(
        OptimizerRule rule, FormulaObjective objective, Map<String, Double> values, Axis x, Axis y, List<Double> x0) {

    /// The curve on which the fixed point ceases to exist.
    public static final String EXISTENCE = "existence";

    public StabilityMap {
        values = Map.copyOf(values);
        x0 = List.copyOf(x0);
        for (Axis axis : List.of(x, y)) {
            rule.checked(axis.name(), axis.from());
            rule.checked(axis.name(), axis.to());
        }
    }

    /// What the map came to.
    ///
    /// @param cells  a row for each cell, x varying fastest: the hyper-parameters, `regime` (stable, flip, rotation,
    ///               fold, no fixed point), `spectralRadius` and on a power law `ratio` = x(t+1)/x(t)
    /// @param curves `curve`, a number, `kind` (flip, rotation, fold, existence) and its points in order
    public record Result(Table cells, Table curves) {}

    /// Whether the scale-free system is used.
    public boolean scaleFree() {
        return adamscope.stability.PowerLawTheory.degreeOf(objective).isPresent();
    }

    /// Refuses what no run could give.
    ///
    /// @throws adamscope.stability.SymmetryException if the rule has no scale-free system on a power law
    /// @throws IllegalArgumentException if the rule depends on the step itself
    public void refuseImpossible() {
        if (scaleFree()) {
            scaleFreeSearch();
        } else {
            fullSearch();
        }
    }

    /// Computes it.
    ///
    /// @throws IllegalArgumentException as [#refuseImpossible()]
    public Result run() {
        Search search = scaleFree() ? scaleFreeSearch() : fullSearch();
        int cells = x.points() * y.points();
        double[] xs = IntStream.range(0, cells)
                .mapToDouble(c -> x.value(c % x.points()))
                .toArray();
        double[] ys = IntStream.range(0, cells)
                .mapToDouble(c -> y.value(c / x.points()))
                .toArray();
        FixedPointGrid grid = search.at(xs, ys);
        List<String> regimes =
                IntStream.range(0, cells).mapToObj(c -> regime(grid, c)).toList();
        List<Column> columns = new ArrayList<>(List.of(
                new Column.Numbers(x.name(), "", xs),
                new Column.Numbers(y.name(), "", ys),
                new Column.Words("regime", regimes),
                new Column.Numbers("spectralRadius", "", seen(grid, grid.radius()))));
        if (scaleFree()) {
            columns.add(new Column.Numbers(ReducedSystem.RATIO, "", seen(grid, grid.ratio())));
        }
        return new Result(new Table("stability", columns), new StabilityBorders(this, search, grid, regimes).table());
    }

    /// The fixed points at many places of the plane, and the map that they belong to.
    record Search(
            SmoothMap map,
            java.util.function.Function<Map<String, double[]>, FixedPointGrid> fixedPoints,
            Axis x,
            Axis y) {
        FixedPointGrid at(double[] xs, double[] ys) {
            return fixedPoints.apply(Map.of(x.name(), xs, y.name(), ys));
        }
    }

    private Search scaleFreeSearch() {
        PowerLaw law = PowerLaw.of(objective);
        ReducedSystem system = ReducedSystem.of(rule, values, law);
        Map<String, Double> known = new HashMap<>(values);
        known.put(ReducedSystem.DEGREE, law.degree());
        SmoothMap map = SmoothMap.of(system.limit(), known, ReducedSystem.RATIO);
        return new Search(map, lanes -> FixedPointGrid.of(system, known, lanes), x, y);
    }

    private Search fullSearch() {
        SmoothMap map =
                SmoothMap.of(rule, objective, values, objective.variables().getFirst());
        double[] start = new double[map.dimension()];
        for (int i = 0; i < x0.size(); i++) {
            start[i] = x0.get(i);
        }
        return new Search(map, lanes -> FixedPointGrid.near(map, lanes, start), x, y);
    }

    /// A fixed point that changes the sign of x at each step does not count: it always exists and always repels.
    String regime(FixedPointGrid grid, int cell) {
        return counts(grid, cell) ? grid.regime(cell) : FixedPointGrid.NONE;
    }

    private boolean counts(FixedPointGrid grid, int cell) {
        return !scaleFree() || grid.ratio()[cell] > 0 || grid.radius()[cell] < 1;
    }

    private double[] seen(FixedPointGrid grid, double[] column) {
        return IntStream.range(0, column.length)
                .mapToDouble(c -> counts(grid, c) ? column[c] : Double.NaN)
                .toArray();
    }
}
