package adamscope.training;

import java.util.function.Supplier;

/// Decides when a checkpoint is taken and keeps it.
public interface CheckpointKeeper {

    /// After a step with a finite loss.
    void after(long step, Supplier<Checkpoint> checkpoint);

    /// After the last step of a run that did not diverge.
    void last(Supplier<Checkpoint> checkpoint);
}
