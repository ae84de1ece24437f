package adamscope.data;

/// Samples that were read, and what each looks like.
public record DataSet(Samples samples, DataShape shape) {}
