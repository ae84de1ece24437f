package adamscope.sweep;

import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The outcomes in a plane from a few of its points: a coarse grid, halved where neighbouring outcomes differ, until
/// both sides of every boundary that was found are points that were run.
///
/// A block whose corners agree is taken to hold their outcome throughout, unless it touches a block whose corners do
/// not. An island between the points of the coarse grid that touches no refined block is therefore not seen.
///
/// Points are the cells of the plane, x varying fastest. Not for several threads at once.
public final class Refinement {
    /// Every change of outcome is a boundary.
    public static final String ANY = "any";

    private static final String OTHER = "other";
    private static final int COARSEST = 32;
    private static final int FEWEST_BLOCKS = 8;
    private static final int UNKNOWN = -1;

    private final Axis x;
    private final Axis y;
    private final String boundary;
    private final int[] kinds;
    private final boolean[] run;
    private final List<String> words = new ArrayList<>();
    private final int coarsest;
    private int stride;

    /// The refinement of a plane, before its first point is run.
    ///
    /// @param boundary the outcome whose boundary matters, or [#ANY]
    public Refinement(Axis x, Axis y, String boundary) {
        this.x = x;
        this.y = y;
        this.boundary = boundary;
        this.kinds = new int[Math.multiplyExact(x.points(), y.points())];
        this.run = new boolean[kinds.length];
        this.stride = COARSEST;
        while (stride > 1 && Math.min(x.points(), y.points()) / stride < FEWEST_BLOCKS) {
            stride /= 2;
        }
        this.coarsest = stride;
        Arrays.fill(kinds, UNKNOWN);
    }

    /// Points of each axis from one of the coarse grid to the next: an island as wide and high holds one and is found.
    public int coarsest() {
        return coarsest;
    }

    /// The points to run next, ascending; none when the picture is complete.
    public long[] wanted() {
        if (kinds[0] == UNKNOWN) {
            return ascending(cells(positions(x, stride), positions(y, stride)));
        }
        while (true) {
            long[] points = stride == 1 ? unsureBesideTheBoundary() : inActiveBlocks();
            if (points.length > 0 || stride == 1) {
                return points;
            }
            fill();
            stride /= 2;
        }
    }

    /// Takes the outcomes of points that were wanted.
    public void take(long[] points, List<String> outcomes) {
        for (int i = 0; i < points.length; i++) {
            int cell = (int) points[i];
            kinds[cell] = kind(outcomes.get(i));
            run[cell] = true;
        }
    }

    private int kind(String outcome) {
        String word = boundary.equals(ANY) || boundary.equals(outcome) ? outcome : OTHER;
        if (!words.contains(word)) {
            words.add(word);
        }
        return words.indexOf(word);
    }

    /// How many points were run.
    public long pointsRun() {
        return IntStream.range(0, run.length).filter(cell -> run[cell]).count();
    }

    /// Points of blocks at half their size, where corners differ or a neighbour's do.
    private long[] inActiveBlocks() {
        int[] across = positions(x, stride);
        int[] up = positions(y, stride);
        boolean[][] active = new boolean[up.length - 1][across.length - 1];
        for (int j = 0; j < up.length - 1; j++) {
            for (int i = 0; i < across.length - 1; i++) {
                if (differ(across[i], across[i + 1], up[j], up[j + 1])) {
                    mark(active, i, j);
                }
            }
        }
        LongStream.Builder points = LongStream.builder();
        for (int j = 0; j < up.length - 1; j++) {
            for (int i = 0; i < across.length - 1; i++) {
                if (active[j][i]) {
                    for (int cell : cells(halves(across[i], across[i + 1]), halves(up[j], up[j + 1]))) {
                        points.add(cell);
                    }
                }
            }
        }
        return points.build()
                .filter(point -> !run[(int) point])
                .distinct()
                .sorted()
                .toArray();
    }

    private boolean differ(int left, int right, int low, int high) {
        int kind = kinds[cell(left, low)];
        return kinds[cell(right, low)] != kind || kinds[cell(left, high)] != kind || kinds[cell(right, high)] != kind;
    }

    private static void mark(boolean[][] active, int i, int j) {
        for (int row = Math.max(0, j - 1); row <= Math.min(active.length - 1, j + 1); row++) {
            for (int column = Math.max(0, i - 1); column <= Math.min(active[row].length - 1, i + 1); column++) {
                active[row][column] = true;
            }
        }
    }

    /// What was not run inside a block gets the outcome of its lower left corner.
    private void fill() {
        int[] across = positions(x, stride);
        int[] up = positions(y, stride);
        for (int j = 0; j < up.length - 1; j++) {
            for (int i = 0; i < across.length - 1; i++) {
                for (int cell : cells(halves(across[i], across[i + 1]), halves(up[j], up[j + 1]))) {
                    if (kinds[cell] == UNKNOWN) {
                        kinds[cell] = kinds[cell(across[i], up[j])];
                    }
                }
            }
        }
    }

    /// Cells that were not run and touch a cell of another outcome.
    private long[] unsureBesideTheBoundary() {
        return LongStream.range(0, kinds.length)
                .filter(point -> !run[(int) point] && touchesAnother((int) point))
                .toArray();
    }

    private boolean touchesAnother(int cell) {
        int i = cell % x.points();
        int j = cell / x.points();
        for (int row = Math.max(0, j - 1); row <= Math.min(y.points() - 1, j + 1); row++) {
            for (int column = Math.max(0, i - 1); column <= Math.min(x.points() - 1, i + 1); column++) {
                if (kinds[cell(column, row)] != kinds[cell]) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Every stride-th position, and the last.
    private static int[] positions(Axis axis, int stride) {
        int last = axis.points() - 1;
        return IntStream.concat(IntStream.range(0, Math.ceilDiv(last, stride)).map(i -> i * stride), IntStream.of(last))
                .toArray();
    }

    /// Both ends and what lies between them on the grid of half the stride.
    private int[] halves(int from, int to) {
        int middle = from + stride / 2;
        return middle < to ? new int[] {from, middle, to} : new int[] {from, to};
    }

    private int[] cells(int[] across, int[] up) {
        return Arrays.stream(up)
                .flatMap(j -> Arrays.stream(across).map(i -> cell(i, j)))
                .toArray();
    }

    private int cell(int i, int j) {
        return j * x.points() + i;
    }

    private static long[] ascending(int[] cells) {
        return Arrays.stream(cells).asLongStream().sorted().toArray();
    }

    /// Every cell of the plane: its coordinates, `outcome`, and whether it was `run` (1) or lies between points that
    /// agree (0).
    public Table picture() {
        int across = x.points();
        return new Table(
                "sweep",
                List.of(
                        values(x, IntStream.range(0, kinds.length).map(cell -> cell % across)),
                        values(y, IntStream.range(0, kinds.length).map(cell -> cell / across)),
                        new Column.Words(
                                "outcome",
                                Arrays.stream(kinds).mapToObj(words::get).toList()),
                        new Column.Integers(
                                "computed",
                                "",
                                IntStream.range(0, kinds.length)
                                        .mapToLong(cell -> run[cell] ? 1 : 0)
                                        .toArray())));
    }

    private static Column values(Axis axis, IntStream positions) {
        return new Column.Numbers(
                axis.name(), "", positions.mapToDouble(axis::value).toArray());
    }

    /// Every change of outcome along x: the value of y, the position on x half-way between the two points on its scale,
    /// how far they lie from there, and the outcomes below and above.
    public Table boundary() {
        int[] lower = crossings().toArray();
        double[] at = new double[lower.length];
        double[] error = new double[lower.length];
        for (int i = 0; i < lower.length; i++) {
            int position = lower[i] % x.points();
            at[i] = x.at((position + 0.5) / (x.points() - 1));
            error[i] = Math.max(x.value(position + 1) - at[i], at[i] - x.value(position));
        }
        return new Table(
                "boundary",
                List.of(
                        values(y, Arrays.stream(lower).map(cell -> cell / x.points())),
                        new Column.Numbers(x.name(), "", at),
                        new Column.Numbers(x.name() + "Error", "", error),
                        new Column.Words(
                                "outcomeBelow",
                                Arrays.stream(lower)
                                        .mapToObj(cell -> words.get(kinds[cell]))
                                        .toList()),
                        new Column.Words(
                                "outcomeAbove",
                                Arrays.stream(lower)
                                        .mapToObj(cell -> words.get(kinds[cell + 1]))
                                        .toList())));
    }

    /// Cells at whose right side the outcome changes.
    private IntStream crossings() {
        return IntStream.range(0, kinds.length)
                .filter(cell -> cell % x.points() < x.points() - 1 && kinds[cell] != kinds[cell + 1]);
    }

    /// The share of the plane that each outcome has, on the scales of the axes.
    ///
    /// Each of its n crossings along x lies anywhere between two points, so the share of N cells has the standard error
    /// √(n/12)/N, and is off by n/(2N) at most: `areaError`, `areaBound`.
    public Table areas() {
        List<String> sorted = words.stream().sorted().toList();
        double[] cells = new double[sorted.size()];
        double[] changes = new double[sorted.size()];
        for (int kind : kinds) {
            cells[sorted.indexOf(words.get(kind))]++;
        }
        crossings().forEach(cell -> {
            changes[sorted.indexOf(words.get(kinds[cell]))]++;
            changes[sorted.indexOf(words.get(kinds[cell + 1]))]++;
        });
        double all = kinds.length;
        return new Table(
                "areas",
                List.of(
                        new Column.Words("outcome", sorted),
                        new Column.Numbers(
                                "area",
                                "",
                                Arrays.stream(cells).map(n -> n / all).toArray()),
                        new Column.Numbers(
                                "areaError",
                                "",
                                Arrays.stream(changes)
                                        .map(n -> Math.sqrt(n / 12) / all)
                                        .toArray()),
                        new Column.Numbers(
                                "areaBound",
                                "",
                                Arrays.stream(changes).map(n -> n / 2 / all).toArray())));
    }
}
