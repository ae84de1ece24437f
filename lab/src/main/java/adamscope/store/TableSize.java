package adamscope.store;

import adamscope.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How large tables become.
public final class TableSize {
    private TableSize() {}

    /// Bytes that a row more takes, from a file of all parts of a table and one of half of them.
    public static double bytesPerRow(List<Table> parts) {
        Table whole = Table.concatenated(parts);
        Table half = Table.concatenated(parts.subList(0, Math.ceilDiv(parts.size(), 2)));
        return whole.rows() == half.rows()
                ? (double) bytes(whole) / whole.rows()
                : (double) (bytes(whole) - bytes(half)) / (whole.rows() - half.rows());
    }

    /// Checks a file of a table by its hash and puts it together, as a merge does with a tile.
    ///
    /// @param written receives what does so as often as it is run
    public static void merging(Table table, Consumer<Runnable> written) {
        try {
            Path folder = Files.createTempDirectory("adamscope-merge");
            Path tile = folder.resolve("tile.parquet");
            Path whole = folder.resolve("whole.parquet");
            try {
                Parquet.write(table, tile);
                written.accept(() -> {
                    TileFile.sha256(tile);
                    TileMerge.write(List.of(tile), whole);
                });
            } finally {
                Files.deleteIfExists(tile);
                Files.deleteIfExists(whole);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file: " + e.getMessage(), e);
        }
    }

    /// Keeps a table as a sweep keeps a tile.
    ///
    /// @param kept receives what does so as often as it is run
    public static void keeping(Table table, Consumer<Runnable> kept) {
        try {
            Path folder = Files.createTempDirectory("adamscope-tile");
            try {
                kept.accept(() -> TileFile.write(folder, "tile", part -> TileParquet.write(table, Map.of(), part)));
            } finally {
                for (Path tile : TileFile.list(folder)) {
                    Files.delete(tile);
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file: " + e.getMessage(), e);
        }
    }

    /// Bytes of a file of it, which is written and taken away.
    public static long bytes(Table table) {
        try {
            Path file = Files.createTempFile("adamscope-size", ".parquet");
            try {
                Parquet.write(table, file);
                return Files.size(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file: " + e.getMessage(), e);
        }
    }
}
