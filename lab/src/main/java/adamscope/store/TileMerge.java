package adamscope.store;

import adamscope.table.Table;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Puts Parquet files of the same columns together, one after the other, with one of them in memory at a time.
final class TileMerge {
    private TileMerge() {}

    static void write(List<Path> files, Path to) {
        Iterator<Table> tiles = files.stream()
                .map(file -> Parquet.read(file.getFileName().toString(), file))
                .iterator();
        try (ParquetWriter writer = new ParquetWriter()) {
            writer.write(tiles.next(), tiles, to, Map.of());
        }
    }
}
