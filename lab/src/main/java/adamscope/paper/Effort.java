package adamscope.paper;

import adamscope.run.Trainings;
import adamscope.sweep.Engine;
import adamscope.sweep.LocalEngine;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/// How much work a figure may do, and whom it tells of its progress.
///
/// @param full      whether at the paper's own size
/// @param engine    where the points of its planes are run
/// @param finished  receives shares of the whole work, from any thread; they need not add up to 1
/// @param stopped   true ends the work
/// @param trainings those of figures that are experiments, shared by the figures of one call
public record Effort(
        boolean full, Engine engine, DoubleConsumer finished, BooleanSupplier stopped, Trainings trainings) {

    /// At that size, on one thread, telling nobody.
    public static Effort quiet(boolean full) {
        return new Effort(full, new LocalEngine(1), _ -> {}, () -> false, new Trainings());
    }

    /// The same for what is run besides, of whose progress nobody is told.
    Effort ofControls() {
        return new Effort(full, engine, _ -> {}, stopped, trainings);
    }

    /// One of two sizes.
    public int size(int byDefault, int ofFull) {
        return full ? ofFull : byDefault;
    }
}
