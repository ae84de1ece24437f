package adamscope.corpus;

import adamscope.diagnosis.Cause;
import java.util.List;
import java.util.Optional;

/// What a person knows of a run that is diagnosed to measure the diagnosis.
///
/// @param file     of the log, for a reader
/// @param rises    steps at which the loss rose; empty for a quiet run
/// @param cause    why, if it is known
/// @param strength how it is known: `A` by the design of the run, `B` said by those who ran it, `C` not known
/// @param within   steps by which a rise that is found may miss a labelled one; negative: two rows
public record RunLabel(String file, List<Long> rises, Optional<Cause> cause, String strength, long within) {
    public RunLabel {
        rises = List.copyOf(rises);
    }

    /// Whether nothing happened.
    public boolean quiet() {
        return rises.isEmpty();
    }
}
