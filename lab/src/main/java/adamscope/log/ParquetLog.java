package adamscope.log;

import adamscope.store.ParquetRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A Parquet file with one tag a column.
final class ParquetLog {
    private ParquetLog() {}

    static void read(Path file, RunPoints run) {
        read(file, run, new HashSet<>());
    }

    /// @param filled tags that were read already, which are left alone; those of this file are added
    private static void read(Path file, RunPoints run, Set<String> filled) {
        String name = file.getFileName().toString();
        List<String> columns = new ArrayList<>(ParquetRows.columns(file));
        String step = step(columns, run.names());
        columns.remove(step);
        List<String> tags = columns.stream()
                .filter(column -> !filled.contains(column) && run.series(column).isPresent())
                .toList();
        if (tags.isEmpty()) {
            return;
        }
        List<LoggedSeries> series =
                tags.stream().map(run::series).map(Optional::orElseThrow).toList();
        List<String> wanted = new ArrayList<>(tags);
        if (step.isEmpty()) {
            run.remark(name + " has no column of steps; its rows are numbered from 0");
        } else {
            wanted.add(step);
        }
        long[] rows = {0};
        ParquetRows.read(file, wanted, (values, present) -> {
            long row = rows[0]++;
            OptionalLong at = step.isEmpty()
                    ? OptionalLong.of(row)
                    : present[values.length - 1] ? WrittenNumber.step(values[values.length - 1]) : OptionalLong.empty();
            if (at.isEmpty()) {
                run.lost("rows of " + name + " have no whole number as their step and were left out", 1);
                return;
            }
            for (int i = 0; i < series.size(); i++) {
                if (present[i]) {
                    run.add(series.get(i), at.getAsLong(), values[i]);
                }
            }
        });
        filled.addAll(tags);
    }

    /// The tables of one run of this program; a quantity is taken from the first that has it.
    static void readAll(List<Path> tables, RunPoints run) {
        Set<String> filled = new HashSet<>();
        for (Path table : tables) {
            if (ParquetRows.columns(table).contains("step")) {
                read(table, run, filled);
            }
        }
    }

    private static String step(List<String> columns, NameMap names) {
        if (names.step().filter(columns::contains).isPresent()) {
            return names.step().get();
        }
        return columns.stream()
                .filter(column -> StepNames.rank(column) >= 0)
                .min(java.util.Comparator.comparingInt(StepNames::rank))
                .orElse("");
    }
}
