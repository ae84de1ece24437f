package adamscope.kernel;

/// A loop and how many lanes it takes together; rows are padded to a multiple of them.
public record GroupLoop(LaneLoop loop, int group) {}
