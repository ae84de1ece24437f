package adamscope.cli;

import adamscope.optimizer.Catalogue;
import adamscope.store.ResultStore;
import adamscope.table.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// docs/tables.md as data: which columns each table may have, with their units; `<variable>` and the like stand for
/// names that a user gives.
///
/// @param rows units by pattern of the column, by table
record TablesPage(Map<String, Map<Pattern, String>> rows) {
    private static final Path PAGE = Path.of("..", "docs", "tables.md");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([^|]*?) \\| .*");
    private static final Map<String, String> NAMES = Map.of(
            "<variable>", "(x|y|w|u|omega)",
            "<hyper-parameter>",
                    Catalogue.NAMES.stream()
                            .flatMap(name -> Catalogue.shipped(name).hyperNames().stream())
                            .distinct()
                            .collect(Collectors.joining("|", "(", "|alpha|factor|seed)")),
            "<state>", "[A-Za-z0-9]+",
            "<layer>", "[a-z0-9. ]+",
            "<flow>", "[a-z-]+");

    static TablesPage read() throws IOException {
        Map<String, Map<Pattern, String>> rows = new LinkedHashMap<>();
        String table = "";
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (line.startsWith("## `")) {
                table = line.replaceAll("^## `([^`]+)`.*", "$1");
            } else if (row.matches()) {
                rows.computeIfAbsent(table, _ -> new LinkedHashMap<>()).put(pattern(row.group(1)), row.group(2));
            }
        }
        return new TablesPage(rows);
    }

    private static Pattern pattern(String written) {
        String pattern = Pattern.quote(written);
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            pattern = pattern.replace(name.getKey(), "\\E" + name.getValue() + "\\Q");
        }
        return Pattern.compile(pattern);
    }

    /// Every column of every finished run below a folder that is not on the page, as a row for it.
    List<String> missing(Path folder) throws IOException {
        List<String> missing = new ArrayList<>();
        List<Path> runs;
        try (var files = Files.walk(folder)) {
            runs = files.filter(file -> file.endsWith("provenance.json"))
                    .map(Path::getParent)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path run : runs) {
            ResultStore store = ResultStore.of(run);
            for (String table : store.tables()) {
                for (Column column : store.table(table).columns()) {
                    Optional<String> unit = rows.getOrDefault(table, Map.of()).entrySet().stream()
                            .filter(row -> row.getKey().matcher(column.name()).matches())
                            .map(Map.Entry::getValue)
                            .findFirst();
                    if (!unit.equals(Optional.of(column.unit()))) {
                        missing.add(table + " | `" + column.name() + "` | " + column.unit() + " |");
                    }
                }
            }
        }
        return missing;
    }
}
