package adamscope.run;

import adamscope.table.Table;
import java.util.List;

/// What an experiment made in memory.
///
/// @param finding in short
/// @param tables  all of it
public record Made(Finding finding, List<Table> tables) {
    public Made {
        tables = List.copyOf(tables);
    }
}
