package adamscope.kernel;

/// The loop of a generated class over steps and lanes.
public interface LaneLoop {
    /// Runs steps for all lanes.
    ///
    /// @param memory rows of `stride` doubles each
    /// @param steps  at least 1
    /// @param lanes  lanes to run, a multiple of the loop's group
    /// @param clock  the first step, counted from 1
    void advance(double[] memory, int stride, int lanes, int steps, double clock);

    /// Room for so many numbers, any of them, where this loop reads fastest; an earlier room is given up.
    default double[] room(int numbers) {
        return new double[numbers];
    }
}
