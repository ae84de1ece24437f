package adamscope.paper;

import adamscope.table.Table;
import java.util.List;

/// A figure whose numbers the program computes by itself.
non-sealed interface ComputedFigure extends PaperFigure {
    /// Runs what the figure needs.
    List<Table> measure(Effort effort);
}
