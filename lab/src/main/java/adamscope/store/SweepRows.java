package adamscope.store;

import adamscope.sweep.Axis;
import adamscope.sweep.Coordinate;
import adamscope.sweep.Listed;
import adamscope.sweep.Sampled;
import adamscope.sweep.Space;
import adamscope.table.Column;
import adamscope.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The rows of a sweep that are there so far, in its table or in its tiles: counted, and thinned for a picture.
///
/// @param files of the rows
/// @param space the points
public record SweepRows(List<Path> files, Space space) {
    /// The column of a picture that holds the number of the point.
    public static final String POINT = "point";

    /// The table of means over seeds.
    public static final String SEEDS = "seeds";

    /// Ends the name of a column of means.
    public static final String MEAN = "Mean";

    /// Ends the name of a column of standard deviations.
    public static final String SD = "Sd";

    private static final String TABLE = "sweep.parquet";

    /// No column of a sweep is called so: its name has a blank.
    private static final String FILE = "tile file";

    /// The first point of a tile, from the name of its file alone: a folder above it may be called anything.
    private static final String TILE = "'/([0-9]{12})-[0-9]+[.][0-9a-f]{64}[.]parquet$'";

    private static final int CELLS_ACROSS = 512;
    private static final int POINTS_OF_A_LINE = 2_000;
    private static final int POINTS_OF_A_CLOUD = 5_000;

    /// The rows of a folder; needs no lock, so that another process may go on writing them.
    public static SweepRows of(Path folder, Space space) {
        Path whole = folder.resolve(TABLE);
        return new SweepRows(Files.isRegularFile(whole) ? List.of(whole) : tiles(folder), space);
    }

    /// The finished tiles of a folder, without those of a refinement.
    static List<Path> tiles(Path folder) {
        return TileFile.list(folder.resolve("tiles")).stream()
                .filter(file -> TileFile.of(file)
                        .filter(tile -> !tile.tile().startsWith("level"))
                        .isPresent())
                .toList();
    }

    /// How many points are there.
    public long points() {
        return files.isEmpty()
                ? 0
                : (long) query("SELECT count(*) AS n FROM " + source()).numbers("n")[0];
    }

    /// Points a second, from the first finished tile to the last; NaN with fewer than two tiles.
    public double pointsPerSecond() {
        if (files.size() < 2) {
            return Double.NaN;
        }
        long[] times = files.stream()
                .mapToLong(file -> file.toFile().lastModified())
                .sorted()
                .toArray();
        // the tile that came first took its time before that
        return points() * (1 - 1.0 / files.size()) / (1e-3 * Math.max(1, times[times.length - 1] - times[0]));
    }

    /// How many points have each outcome: `outcome`, `points`.
    public Table outcomes() {
        return new Table(
                "outcomes",
                query("SELECT outcome, count(*) AS points FROM " + source() + " GROUP BY outcome ORDER BY outcome")
                        .columns());
    }

    /// How many steps were computed, over all points; the rest was known.
    public long ranSteps() {
        return (long)
                query("SELECT sum(ranSteps)::DOUBLE AS n FROM " + source()).numbers("n")[0];
    }

    /// A thinned part of the rows, with the column [#POINT] before the others: the plane of the first two axes at the
    /// first values of the others, or the line of a single axis, or the cloud of sampled points.
    public Table picture() {
        String file = SqlText.name(FILE);
        String rows = "(SELECT file_row_number + coalesce(try_cast(regexp_extract(" + file + ", " + TILE + ", 1)"
                + " AS BIGINT), 0) AS " + POINT + ", * EXCLUDE (" + file + ", file_row_number) FROM "
                + SqlText.numberedRows(files, FILE) + ")";
        Table picture = query("SELECT * FROM " + rows + " WHERE " + chosen() + " ORDER BY " + POINT);
        Map<String, String> units = Parquet.units(files.getFirst());
        return new Table(
                "picture",
                picture.columns().stream()
                        .map(column -> withUnit(column, units.getOrDefault(column.name(), "")))
                        .toList());
    }

    /// Every row.
    public Table all() {
        return new Table("sweep", query("SELECT * FROM " + source()).columns());
    }

    /// Mean and standard deviation over the seeds at each point of the other axes, as a table `seeds`: these axes,
    /// `seeds`, how many there are, and of each column of numbers `…Mean` and `…Sd`, NaN with one seed.
    public Table overSeeds(List<String> axes, List<String> numbers) {
        List<String> columns = new ArrayList<>();
        axes.forEach(axis -> columns.add(SqlText.name(axis)));
        columns.add("count(*) AS seeds");
        for (String name : numbers) {
            columns.add("avg(" + SqlText.name(name) + ") AS " + SqlText.name(name + MEAN));
            columns.add("stddev_samp(" + SqlText.name(name) + ") AS " + SqlText.name(name + SD));
        }
        Map<String, String> units = Parquet.units(files.getFirst());
        Table found = query("SELECT " + String.join(", ", columns) + " FROM " + source()
                + (axes.isEmpty() ? "" : " GROUP BY ALL ORDER BY ALL"));
        return new Table(
                SEEDS,
                found.columns().stream()
                        .map(column -> withUnit(
                                column, units.getOrDefault(column.name().replaceFirst(MEAN + "$|" + SD + "$", ""), "")))
                        .toList());
    }

    private static Column withUnit(Column column, String unit) {
        return switch (column) {
            case Column.Numbers(String name, var _, double[] values) -> new Column.Numbers(name, unit, values);
            case Column.Integers(String name, var _, long[] values) -> new Column.Integers(name, unit, values);
            case Column.Words words -> words;
        };
    }

    private Table query(String sql) {
        return Parquet.query(sql);
    }

    private String source() {
        return SqlText.rows(files);
    }

    private String chosen() {
        List<Long> counts = counts();
        if (space.samples() > 0) {
            long product = counts.stream().reduce(1L, (a, b) -> a * b);
            return String.format(
                    Locale.ROOT,
                    "%s %% %d = 0 AND %s // %d %% %d = 0",
                    POINT,
                    product,
                    POINT,
                    product,
                    Math.ceilDiv(space.samples(), POINTS_OF_A_CLOUD));
        }
        if (counts.size() == 1) {
            return POINT + " % " + stride(counts.getFirst(), POINTS_OF_A_LINE) + " = 0";
        }
        long across = counts.get(0);
        long up = counts.get(1);
        return String.format(
                Locale.ROOT,
                "%s < %d AND %s %% %d %% %d = 0 AND %s // %d %% %d = 0",
                POINT,
                across * up,
                POINT,
                across,
                stride(across, CELLS_ACROSS),
                POINT,
                across,
                stride(up, CELLS_ACROSS));
    }

    /// The positions on an axis that a picture of the plane shows.
    public static int[] shown(int points) {
        int stride = stride(points);
        return java.util.stream.IntStream.range(0, shownCount(points))
                .map(i -> i * stride)
                .toArray();
    }

    /// How many of the positions on an axis a picture of the plane shows.
    public static int shownCount(int points) {
        return Math.ceilDiv(points, stride(points));
    }

    /// From one position that a picture shows to the next.
    public static int stride(int points) {
        return (int) stride(points, CELLS_ACROSS);
    }

    private static long stride(long points, int most) {
        return Math.ceilDiv(points, most);
    }

    private List<Long> counts() {
        List<Long> counts = new ArrayList<>();
        for (Coordinate coordinate : space.coordinates()) {
            switch (coordinate) {
                case Axis axis -> counts.add((long) axis.points());
                case Listed list -> counts.add((long) list.values().size());
                case Sampled _ -> {}
            }
        }
        return counts;
    }
}
