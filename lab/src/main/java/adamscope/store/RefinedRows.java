package adamscope.store;

import adamscope.sweep.Axis;
import adamscope.table.Column;
import adamscope.table.Table;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The outcomes of a refinement that is not finished, from its tiles.
///
/// @param files of finished tiles, levels from coarse to fine
public record RefinedRows(List<Path> files, Axis x, Axis y) {
    private static final int COARSEST = 32;

    /// The rows of a folder whose refinement may go on meanwhile.
    public static RefinedRows of(Path folder, Axis x, Axis y) {
        return new RefinedRows(tiles(folder), x, y);
    }

    /// The finished tiles of a folder.
    static List<Path> tiles(Path folder) {
        return TileFile.list(folder.resolve("tiles")).stream()
                .filter(file -> TileFile.of(file)
                        .filter(tile -> tile.tile().startsWith("level"))
                        .isPresent())
                .toList();
    }

    /// How many points were run.
    public long points() {
        return files.stream()
                .mapToLong(file -> Parquet.read("tile", file).rows())
                .sum();
    }

    /// The plane so far, as [SweepRows#picture()]: a cell that was not run shows the nearest point to its lower left
    /// that was, on the finest grid that has one.
    public Table picture() {
        String[] outcomes = outcomes();
        int[] cells = Arrays.stream(SweepRows.shown(y.points()))
                .flatMap(j -> Arrays.stream(SweepRows.shown(x.points())).map(i -> j * x.points() + i))
                .filter(cell -> near(outcomes, cell) != null)
                .toArray();
        return new Table(
                "picture",
                List.of(
                        new Column.Integers(
                                SweepRows.POINT,
                                "",
                                Arrays.stream(cells).asLongStream().toArray()),
                        new Column.Words(
                                "outcome",
                                Arrays.stream(cells)
                                        .mapToObj(cell -> near(outcomes, cell))
                                        .toList())));
    }

    /// The outcome at each cell, x varying fastest; null where nothing was run.
    private String[] outcomes() {
        String[] outcomes = new String[Math.multiplyExact(x.points(), y.points())];
        Map<Double, Integer> across = positions(x);
        Map<Double, Integer> up = positions(y);
        for (Path file : files) {
            Table rows = Parquet.read("tile", file);
            double[] xs = rows.numbers(x.name());
            double[] ys = rows.numbers(y.name());
            List<String> words = rows.words("outcome");
            for (int row = 0; row < rows.rows(); row++) {
                outcomes[up.get(ys[row]) * x.points() + across.get(xs[row])] = words.get(row);
            }
        }
        return outcomes;
    }

    private static Map<Double, Integer> positions(Axis axis) {
        Map<Double, Integer> positions = new HashMap<>();
        IntStream.range(0, axis.points()).forEach(i -> positions.put(axis.value(i), i));
        return positions;
    }

    private String near(String[] outcomes, int cell) {
        int i = cell % x.points();
        int j = cell / x.points();
        String found = outcomes[cell];
        for (int stride = 2; found == null && stride <= COARSEST; stride *= 2) {
            found = outcomes[(j - j % stride) * x.points() + i - i % stride];
        }
        return found;
    }
}
