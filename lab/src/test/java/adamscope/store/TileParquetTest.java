package adamscope.store;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.table.Column;
import adamscope.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DuckDB reads what was written without it.
class TileParquetTest {
    private static final double[] SPECIAL = {
        0, -0.0, Double.MIN_VALUE, -Double.MIN_NORMAL, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, 0.1, Math.PI, -1e-300
    };

    @TempDir
    Path folder;

    private static Column numbers(String name, int rows, java.util.function.IntToDoubleFunction value) {
        return new Column.Numbers(
                name, "s", IntStream.range(0, rows).mapToDouble(value).toArray());
    }

    private static Column words(String name, int rows, IntFunction<String> word) {
        return new Column.Words(name, IntStream.range(0, rows).mapToObj(word).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 257, 20_000, 70_000})
    void everyValueIsReadAsItWas(int rows) throws IOException {
        Table table = new Table(
                "sweep",
                List.of(
                        numbers("m", rows, i -> SPECIAL[i % SPECIAL.length]),
                        numbers("M", rows, i -> i % 3 == 1 ? Double.NaN : i),
                        numbers("first", rows, i -> i == 0 ? Double.NaN : -i),
                        numbers("last", rows, i -> i == rows - 1 ? Double.NaN : 1.0 / i),
                        numbers("none", rows, _ -> Double.NaN),
                        new Column.Integers(
                                "steps",
                                "steps",
                                IntStream.range(0, rows)
                                        .mapToLong(i -> Long.MIN_VALUE + i * 31L)
                                        .toArray()),
                        words("one", rows, _ -> "converged"),
                        words("few", rows, i -> i % 2 == 0 ? "" : "Δ“'"),
                        words("many", rows, i -> "word " + i)));
        Path file = folder.resolve("tile.parquet");
        String hash = TileParquet.write(table, Map.of("key", "it's"), file);
        assertThat(hash).isEqualTo(TileFile.sha256(file));
        assertThat(Parquet.values("key", List.of(file))).containsValue("it's");
        Path asTable = folder.resolve("table.parquet");
        Path merged = folder.resolve("merged.parquet");
        Parquet.write(table, asTable);
        TileMerge.write(List.of(file), merged);
        assertThat(Files.readAllBytes(merged)).isEqualTo(Files.readAllBytes(asTable));
        Column.Integers without = (Column.Integers) Parquet.query(
                        "SELECT count(*) AS n FROM " + SqlText.rows(List.of(file, asTable)) + " WHERE M_2 IS NULL")
                .columns()
                .getFirst();
        assertThat(without.values()).containsExactly(2L * ((rows + 1) / 3));
    }
}
