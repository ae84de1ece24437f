package adamscope.kernel;

/// A loop and how many lanes it takes together; rows are padded to a multiple of them.
///
/// @param stride numbers from one row to the next that the loop is made for; 0 for any
public record GroupLoop(LaneLoop loop, int group, int stride) {
    /// A loop that takes any stride.
    public GroupLoop(LaneLoop loop, int group) {
        this(loop, group, 0);
    }

    /// The stride of rows for some lanes.
    int strideFor(int lanes) {
        return stride > 0 ? stride : Math.ceilDiv(lanes, group) * group;
    }
}
