package adamscope.store;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Words, names and files in the text of SQL; every one stands for itself, whatever signs are in it.
///
/// DuckDB takes `*`, `?` and `[` in the path of a file to be read for a pattern, `name=value` of a folder for a column,
/// and `~` or `file:` at its beginning for another place. So the paths here are absolute and escaped, and columns come
/// from the file alone.
final class SqlText {
    private static final String PATTERNS = "*?[";

    private SqlText() {}

    /// A word: `'it''s'`.
    static String word(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// A name: `"beta 1"`.
    static String name(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /// A file to be written.
    static String target(Path file) {
        return word(absolute(file));
    }

    /// The path as DuckDB gives it back in a column of file names.
    static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }

    /// Files to be read, as a list: `['a', 'b']`.
    static String sources(List<Path> files) {
        return files.stream().map(file -> word(escaped(file))).collect(Collectors.joining(", ", "[", "]"));
    }

    /// The same files as a list for the setting `allowed_paths`: DuckDB holds against it both what is asked for and
    /// what it found.
    static String allowed(List<Path> files) {
        return files.stream()
                .flatMap(file -> Stream.of(escaped(file), absolute(file)))
                .distinct()
                .map(SqlText::word)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// The rows of Parquet files, one after the other.
    static String rows(List<Path> files) {
        return "read_parquet(" + sources(files) + ", hive_partitioning = false)";
    }

    /// The rows of Parquet files with their numbers in the file, from 0, in `file_row_number`, and the file in a
    /// column.
    static String numberedRows(List<Path> files, String fileColumn) {
        return "read_parquet(" + sources(files) + ", hive_partitioning = false, filename = " + word(fileColumn)
                + ", file_row_number = true)";
    }

    /// Refuses the one kind of path that cannot be escaped: within a pattern, DuckDB takes `\` for `/`.
    ///
    /// @throws IllegalArgumentException that names it
    static void refuseUnreadable(Path file) {
        String path = absolute(file);
        if (path.indexOf('\\') >= 0 && path.chars().anyMatch(c -> PATTERNS.indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    file + ": tables in a folder whose path has both '\\' and one of '*', '?', '[' cannot be read;"
                            + " rename the folder");
        }
    }

    private static String escaped(Path file) {
        refuseUnreadable(file);
        StringBuilder escaped = new StringBuilder();
        for (char c : absolute(file).toCharArray()) {
            escaped.append(PATTERNS.indexOf(c) >= 0 ? "[" + c + "]" : String.valueOf(c));
        }
        return escaped.toString();
    }
}
