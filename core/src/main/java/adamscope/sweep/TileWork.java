package adamscope.sweep;

import adamscope.table.Table;
import java.util.function.BooleanSupplier;

/// A sweep made ready to run: gives the rows of any of its points, from any thread, always the same.
public interface TileWork {

    /// One row for each point.
    ///
    /// @param points  numbers in the [Space] of the sweep
    /// @param stopped asked often; true ends the run
    /// @throws java.util.concurrent.CancellationException if stopped
    Table rows(long[] points, BooleanSupplier stopped);
}
