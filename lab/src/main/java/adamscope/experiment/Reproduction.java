package adamscope.experiment;

import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.List;
import java.util.Optional;

/// One figure, table or group of statements of a paper, computed anew.
///
/// @param id         which one, such as `P1-fig2`
/// @param size       how large: of a figure that the program computes, default or full
/// @param experiment what is run for it, where that is an experiment; empty where it is computed by the program
public record Reproduction(String id, Size size, Optional<Experiment> experiment) implements Experiment {

    /// As text.
    public static final Shape<Reproduction> SHAPE = Shape.of(keys -> {
        var id = keys.add(Key.of("id", Forms.text(), "which one, such as P1-fig2"), Reproduction::id);
        var size = keys.add(
                Key.of("size", Forms.constant(Size.values()), "how large").orElse(Size.DEFAULT), Reproduction::size);
        var full = keys.add(
                Key.of("full", Forms.truth(), "of older folders: the same as size: full")
                        .orElse(false)
                        .quiet(),
                _ -> false);
        var experiment = keys.add(
                Key.optional("experiment", Experiment.FORM, "what is run for it; without, the program computes it"),
                Reproduction::experiment);
        return in -> new Reproduction(in.get(id), in.get(full) ? Size.FULL : in.get(size), in.get(experiment));
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
    public Reproduction(String id, Size size) {
        this(id, size, Optional.empty());
    }

    @Override
    public List<OptimizerRule> rules() {
        return experiment.map(Experiment::rules).orElse(List.of());
    }
}
