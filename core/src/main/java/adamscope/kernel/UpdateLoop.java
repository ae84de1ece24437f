package adamscope.kernel;

import java.lang.foreign.MemorySegment;

/// The loop of a generated class over the numbers of rows in memory.
interface UpdateLoop {
    /// Runs one update.
    ///
    /// @param rows    one segment a row
    /// @param scalars what is the same for all numbers of a row
    /// @param sums    [NumberRow#PARTS] bytes of partial sums for each total, added to
    /// @param bytes   length to run over, a multiple of a vector's
    void run(MemorySegment[] rows, double[] scalars, MemorySegment sums, int bytes);
}
