package adamscope.sweep;

import adamscope.table.Table;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Where the tiles of a sweep are run. Every engine gives the same table, bit for bit.
public interface Engine {

    /// Runs every cell.
    ///
    /// @param finished receives the number of cells of each tile that ends, from any thread
    /// @param stopped  asked often; true ends the sweep
    /// @throws java.util.concurrent.CancellationException if stopped
    Table run(PhaseSweep sweep, LongConsumer finished, BooleanSupplier stopped);
}
