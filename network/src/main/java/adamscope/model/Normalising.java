package adamscope.model;

/// What batch normalisations do in one pass through a network, besides scaling and shifting.
sealed interface Normalising {
    /// By mean and variance of the batch, and nothing is kept.
    Normalising BY_BATCH = new ByBatch();

    /// See [#BY_BATCH].
    record ByBatch() implements Normalising {}

    /// By mean and variance of the batch, which move running ones: a step of a training.
    record Moving(RunningStatistics statistics) implements Normalising {}

    /// By running means and variances: PyTorch's evaluation mode.
    record ByRunning(RunningStatistics statistics) implements Normalising {}
}
