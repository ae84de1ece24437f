package adamscope.store;

import adamscope.table.Table;
import adamscope.text.FileReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The tables of trainings that did not come to their end, from the rows that they have written so far, under the names
/// that they will have.
public final class RowsSoFar {
    private static final Map<String, String> FILES =
            new TreeMap<>(Map.of("measurements", "live.jsonl", "probes", "probes.jsonl"));

    private RowsSoFar() {}

    /// The tables of a run folder that are no files yet: `measurements`, `losses`, `probes`, of the parts of a series
    /// `PART-measurements` and so on.
    public static Map<String, Table> of(Path run) {
        Map<String, Table> tables = new LinkedHashMap<>();
        for (Map.Entry<String, Path> part : parts(run).entrySet()) {
            FILES.forEach((name, file) -> {
                String table = part.getKey() + name;
                Path rows = part.getValue().resolve(file);
                if (!Files.exists(run.resolve(table + RunQuery.TABLE_END)) && Files.isRegularFile(rows)) {
                    Table found = RowFile.soFar(rows, table);
                    if (found.rows() > 0) {
                        tables.put(table, found);
                    }
                }
            });
            Table measured = tables.get(part.getKey() + "measurements");
            if (measured != null) {
                String losses = part.getKey() + "losses";
                tables.put(
                        losses,
                        new Table(losses, measured.columns().stream().limit(2).toList()));
            }
        }
        return tables;
    }

    private static Map<String, Path> parts(Path run) {
        Map<String, Path> parts = new LinkedHashMap<>();
        parts.put("", run);
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> inside = Files.list(run)) {
            inside.filter(inner -> Files.isRegularFile(inner.resolve("live.jsonl")))
                    .sorted()
                    .forEach(folders::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + run + ": " + FileReason.of(e), e);
        }
        folders.forEach(folder -> parts.put(folder.getFileName() + "-", folder));
        return parts;
    }
}
