package adamscope.store;

import adamscope.experiment.Sweep;
import adamscope.table.Column;
import adamscope.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The table of a sweep that did not come to its end.
final class UnfinishedSweep {
    private static final Set<String> WORDS = Set.of("outcome", "theoryRegime");
    private static final Set<String> COUNTS = Set.of("ranSteps", "stepsDone");
    private static final String STANDING = "Standing";

    private UnfinishedSweep() {}

    /// The tiles that are finished, of a refinement those of its levels.
    static List<Path> tiles(Path run) {
        List<Path> tiles = SweepRows.tiles(run);
        return tiles.isEmpty() ? RefinedRows.tiles(run) : tiles;
    }

    /// The columns that there will be, without a row; empty: it is no sweep, or cannot be read.
    static Optional<Table> columns(Path run) {
        try {
            return ResultStore.experiment(run) instanceof Sweep sweep ? Optional.of(columns(sweep)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Table columns(Sweep sweep) {
        List<Column> columns = new ArrayList<>();
        Stream.concat(sweep.space().at(new long[0]).keySet().stream(), sweep.derive().keySet().stream())
                .forEach(name -> columns.add(new Column.Numbers(name, "", new double[0])));
        sweep.keep().stream().map(UnfinishedSweep::column).forEach(columns::add);
        return new Table("sweep", columns);
    }

    private static Column column(String name) {
        return WORDS.contains(name)
                ? new Column.Words(name, List.of())
                : COUNTS.contains(name) || name.endsWith(STANDING)
                        ? new Column.Integers(name, "", new long[0])
                        : new Column.Numbers(name, "", new double[0]);
    }
}
