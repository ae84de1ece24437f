package adamscope.kernel;

/// A loop and how many lanes it takes together; rows are padded to a multiple of them.
///
/// @param stride  numbers from one row to the next that the loop is made for; 0 for any
/// @param ownRows rows that the loop needs for itself, after those of its code
public record GroupLoop(LaneLoop loop, int group, int stride, int ownRows) {
    /// A loop that takes any stride.
    public GroupLoop(LaneLoop loop, int group) {
        this(loop, group, 0, 0);
    }

    /// The stride of rows for some lanes.
    int strideFor(int lanes) {
        return stride > 0 ? stride : Math.ceilDiv(lanes, group) * group;
    }

    /// Room for so many rows of its code, and its own.
    double[] room(int rows, int stride) {
        return loop.room((rows + ownRows) * stride);
    }

    /// The same with at least so many lanes together.
    GroupLoop together(int lanes) {
        return new GroupLoop(loop, Math.max(group, lanes), stride, ownRows);
    }
}
