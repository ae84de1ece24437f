package adamscope.sweep;

import adamscope.objective.FormulaObjective;
import adamscope.optimizer.OptimizerRule;
import adamscope.stability.FixedPointGrid;
import adamscope.stability.PowerLaw;
import adamscope.stability.ReducedSystem;
import adamscope.stability.SmoothMap;
import adamscope.stability.StabilityCurve;
import adamscope.stability.StabilityLoss;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hipparchus.complex.Complex;

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

    /// Computes it.
    ///
    /// @throws adamscope.stability.SymmetryException if the rule has no scale-free system on a power law
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
        return new Result(new Table("stability", columns), new Borders(this, search, grid, regimes).table());
    }

    /// The fixed points at many places of the plane, and the map that they belong to.
    private record Search(
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
    private String regime(FixedPointGrid grid, int cell) {
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

    /// The curves between the regimes.
    private static final class Borders {
        private static final int HALVINGS = 40;

        private final StabilityMap plane;
        private final Search search;
        private final FixedPointGrid grid;
        private final List<String> regimes;
        private final List<String> kinds = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();
        private final List<Double> xs = new ArrayList<>();
        private final List<Double> ys = new ArrayList<>();
        private final boolean[] covered;
        private long curves;

        Borders(StabilityMap plane, Search search, FixedPointGrid grid, List<String> regimes) {
            this.plane = plane;
            this.search = search;
            this.grid = grid;
            this.regimes = regimes;
            this.covered = new boolean[regimes.size()];
        }

        Table table() {
            int across = plane.x().points();
            for (int cell = 0; cell < regimes.size(); cell++) {
                if (cell % across + 1 < across) {
                    between(cell, cell + 1);
                }
                if (cell + across < regimes.size()) {
                    between(cell, cell + across);
                }
            }
            existence();
            return new Table(
                    "curves",
                    List.of(
                            new Column.Integers(
                                    "curve",
                                    "",
                                    numbers.stream().mapToLong(Long::longValue).toArray()),
                            new Column.Words("kind", kinds),
                            new Column.Numbers(plane.x().name(), "", numbers(xs)),
                            new Column.Numbers(plane.y().name(), "", numbers(ys))));
        }

        private static double[] numbers(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }

        /// Follows the curve between a stable and an unstable neighbour, unless one passes there already.
        private void between(int a, int b) {
            boolean stableA = regimes.get(a).equals(FixedPointGrid.STABLE);
            boolean stableB = regimes.get(b).equals(FixedPointGrid.STABLE);
            boolean none =
                    regimes.get(a).equals(FixedPointGrid.NONE) || regimes.get(b).equals(FixedPointGrid.NONE);
            if (stableA == stableB || none || covered[a] || covered[b]) {
                return;
            }
            int unstable = stableA ? b : a;
            int stable = stableA ? a : b;
            Complex leading = grid.leading()[unstable];
            StabilityLoss kind = leading.getImaginary() != 0
                    ? StabilityLoss.ROTATION
                    : leading.getReal() < 0 ? StabilityLoss.FLIP : StabilityLoss.FOLD;
            double[] state = new double[grid.state().length];
            Arrays.setAll(state, i -> grid.state()[i][stable]);
            List<StabilityCurve.Side> sides = List.of(
                    new StabilityCurve.Side(plane.x().name(), plane.x()::at),
                    new StabilityCurve.Side(plane.y().name(), plane.y()::at));
            StabilityCurve curve = StabilityCurve.through(search.map(), sides, kind, place(stable), state);
            cover(a);
            cover(b);
            if (curve.x().length > 2) {
                add(kind.word(), curve.x(), curve.y());
            }
        }

        private double[] place(int cell) {
            int across = plane.x().points();
            return new double[] {
                (double) (cell % across) / (across - 1),
                (double) (cell / across) / (plane.y().points() - 1)
            };
        }

        private void add(String kind, double[] x, double[] y) {
            for (int i = 0; i < x.length; i++) {
                kinds.add(kind);
                numbers.add(curves);
                xs.add(x[i]);
                ys.add(y[i]);
                cover(nearest(plane.x(), x[i]) + plane.x().points() * nearest(plane.y(), y[i]));
            }
            curves++;
        }

        /// The cells around a point of a curve: no second curve begins there.
        private void cover(int cell) {
            int across = plane.x().points();
            int reach = Math.max(3, across / 60);
            for (int dy = -reach; dy <= reach; dy++) {
                for (int dx = -reach; dx <= reach; dx++) {
                    int column = cell % across + dx;
                    int row = cell / across + dy;
                    if (column >= 0
                            && column < across
                            && row >= 0
                            && row < plane.y().points()) {
                        covered[row * across + column] = true;
                    }
                }
            }
        }

        private static int nearest(Axis axis, double value) {
            int place = Arrays.binarySearch(axis.values(), value);
            return Math.clamp(place < 0 ? -place - 1 : place, 0, axis.points() - 1);
        }

        /// Where the fixed point ceases to exist, by halving between rows of every column.
        private void existence() {
            int across = plane.x().points();
            int rows = plane.y().points();
            double[] low = new double[across];
            double[] high = new double[across];
            boolean[] below = new boolean[across];
            Arrays.fill(low, Double.NaN);
            for (int column = 0; column < across; column++) {
                for (int row = 0; row + 1 < rows && Double.isNaN(low[column]); row++) {
                    boolean here = exists(regimes.get(row * across + column));
                    if (here != exists(regimes.get((row + 1) * across + column))) {
                        low[column] = plane.y().value(row);
                        high[column] = plane.y().value(row + 1);
                        below[column] = here;
                    }
                }
            }
            int[] columns = IntStream.range(0, across)
                    .filter(c -> !Double.isNaN(low[c]))
                    .toArray();
            if (columns.length < 2) {
                return;
            }
            double[] x = Arrays.stream(columns).mapToDouble(plane.x()::value).toArray();
            for (int halving = 0; halving < HALVINGS; halving++) {
                double[] middle = Arrays.stream(columns)
                        .mapToDouble(c -> 0.5 * (low[c] + high[c]))
                        .toArray();
                FixedPointGrid there = search.at(x, middle);
                for (int i = 0; i < columns.length; i++) {
                    boolean here = exists(plane.regime(there, i));
                    if (here == below[columns[i]]) {
                        low[columns[i]] = middle[i];
                    } else {
                        high[columns[i]] = middle[i];
                    }
                }
            }
            add(EXISTENCE, x, Arrays.stream(columns).mapToDouble(c -> low[c]).toArray());
        }

        private static boolean exists(String regime) {
            return !regime.equals(FixedPointGrid.NONE);
        }
    }
}
