package adamscope.paper;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/// How much work a figure may do, and whom it tells of its progress.
///
/// @param full      whether at the paper's own size
/// @param threads   threads for sweeps and trainings
/// @param finished  receives shares of the whole work, from any thread; they need not add up to 1
/// @param stopped   true ends the work
/// @param trainings trainings of networks, shared by the figures of one call
/// @param shared    those of figures that are experiments
public record Effort(
        boolean full,
        int threads,
        DoubleConsumer finished,
        BooleanSupplier stopped,
        Trainings trainings,
        adamscope.run.Trainings shared) {

    /// At that size, on one thread, telling nobody.
    public static Effort quiet(boolean full) {
        return new Effort(full, 1, _ -> {}, () -> false, new Trainings(), new adamscope.run.Trainings());
    }

    /// Runs trainings of networks, or takes them from a figure before.
    Map<String, MeasuredRun> trained(Map<String, MeasuredTraining> wanted) {
        return trainings.of(wanted, this);
    }

    /// One of two sizes.
    public int size(int standard, int ofFull) {
        return full ? ofFull : standard;
    }
}
