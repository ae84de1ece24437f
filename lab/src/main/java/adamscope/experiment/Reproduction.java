package adamscope.experiment;

import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.Optional;

/// One figure, table or group of statements of a paper, computed anew.
///
/// @param id         which one, such as `P1-fig2`
/// @param full       whether at the paper's own size, or at the smaller default size
/// @param experiment what is run for it, where that is an experiment; empty where it is computed by the program
public record Reproduction(String id, boolean full, Optional<Experiment> experiment) implements Experiment {

    /// As text.
    public static final Shape<Reproduction> SHAPE = Shape.of(keys -> {
        var id = keys.add(Key.of("id", Forms.text(), "which one, such as P1-fig2"), Reproduction::id);
        var full = keys.add(
                Key.of("full", Forms.truth(), "whether at the paper's own size").orElse(false), Reproduction::full);
        var experiment = keys.add(
                Key.optional("experiment", Experiment.FORM, "what is run for it; without, the program computes it"),
                Reproduction::experiment);
        return in -> new Reproduction(in.get(id), in.get(full), in.get(experiment));
    });

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
