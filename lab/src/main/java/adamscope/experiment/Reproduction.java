package adamscope.experiment;

import java.util.Optional;

/// One figure, table or group of statements of a paper, computed anew.
///
/// @param id         which one, such as `P1-fig2`
/// @param full       whether at the paper's own size, or at the smaller standard size
/// @param experiment what is run for it, where that is an experiment; empty where it is computed by the program
public record Reproduction(String id, boolean full, Optional<Experiment> experiment) implements Experiment {
    public Reproduction {
        if (!id.matches("[A-Za-z][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "id = '" + id + "': a letter, then letters, digits, '.', '_' and '-' are allowed");
        }
        experiment.ifPresent(inner -> {
            if (inner instanceof Reproduction) {
                throw new IllegalArgumentException("experiment: a reproduction cannot be run for another");
            }
        });
    }

    /// One that the program computes.
    public Reproduction(String id, boolean full) {
        this(id, full, Optional.empty());
    }
}
