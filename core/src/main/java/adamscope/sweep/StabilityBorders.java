package adamscope.sweep;

import adamscope.stability.FixedPointGrid;
import adamscope.stability.StabilityCurve;
import adamscope.stability.StabilityLoss;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The curves between the regimes.
final class StabilityBorders {
    private static final int HALVINGS = 40;

    private final StabilityMap plane;
    private final StabilityMap.Search search;
    private final FixedPointGrid grid;
    private final List<String> regimes;
    private final List<String> kinds = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final List<Double> xs = new ArrayList<>();
    private final List<Double> ys = new ArrayList<>();
    private final boolean[] covered;
    private long curves;

    StabilityBorders(StabilityMap plane, StabilityMap.Search search, FixedPointGrid grid, List<String> regimes) {
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
        boolean none = !tells(a) || !tells(b);
        if (stableA == stableB || none || covered[a] || covered[b]) {
            return;
        }
        int unstable = stableA ? b : a;
        int stable = stableA ? a : b;
        StabilityLoss kind = grid.leaving()[unstable];
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

    /// Where the fixed point ceases to exist: in every column the first row above which it does, and the first
    /// above which it begins to.
    private void existence() {
        for (boolean below : new boolean[] {true, false}) {
            int[] rows = IntStream.range(0, plane.x().points())
                    .map(column -> firstChange(column, below))
                    .toArray();
            int[] columns = IntStream.range(0, rows.length)
                    .filter(column -> rows[column] >= 0)
                    .toArray();
            if (columns.length > 1) {
                double[] x =
                        Arrays.stream(columns).mapToDouble(plane.x()::value).toArray();
                add(
                        StabilityMap.EXISTENCE,
                        x,
                        halved(x, Arrays.stream(columns).map(c -> rows[c]).toArray(), below));
            }
        }
    }

    /// The first row in which the fixed point exists or not as `below` says, and above which it is otherwise; −1 if
    /// there is none.
    private int firstChange(int column, boolean below) {
        int across = plane.x().points();
        return IntStream.range(0, plane.y().points() - 1)
                .filter(row -> exists(regimes.get(row * across + column)) == below
                        && exists(regimes.get((row + 1) * across + column)) != below)
                .findFirst()
                .orElse(-1);
    }

    /// The borders between these rows and the next, by halving.
    private double[] halved(double[] x, int[] rows, boolean below) {
        double[] low = Arrays.stream(rows).mapToDouble(plane.y()::value).toArray();
        double[] high =
                Arrays.stream(rows).mapToDouble(row -> plane.y().value(row + 1)).toArray();
        for (int halving = 0; halving < HALVINGS; halving++) {
            double[] middle = new double[x.length];
            Arrays.setAll(middle, i -> 0.5 * (low[i] + high[i]));
            FixedPointGrid there = search.at(x, middle);
            for (int i = 0; i < x.length; i++) {
                double[] side = exists(plane.regime(there, i)) == below ? low : high;
                side[i] = middle[i];
            }
        }
        return low;
    }

    /// Where a multiplier is 1 over a whole region, as where the curvature vanishes, its edge is no border of
    /// stability; a marginal cell of another kind lies on one.
    private boolean tells(int cell) {
        String regime = regimes.get(cell);
        return exists(regime)
                && !(regime.equals(FixedPointGrid.MARGINAL) && grid.leaving()[cell] == StabilityLoss.FOLD);
    }

    private static boolean exists(String regime) {
        return !regime.equals(FixedPointGrid.NONE);
    }
}
