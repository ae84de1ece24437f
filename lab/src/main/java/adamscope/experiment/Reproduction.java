package adamscope.experiment;

import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;

/// One figure, table or group of statements of a paper, computed anew.
///
/// @param id   which one, such as `P1-fig2`
/// @param full whether at the paper's own size, or at the smaller standard size
public record Reproduction(String id, boolean full) implements Experiment {

    /// As text.
    public static final Shape<Reproduction> SHAPE = Shape.of(keys -> {
        var id = keys.add(Key.of("id", Forms.text(), "which one, such as P1-fig2"), Reproduction::id);
        var full = keys.add(
                Key.of("full", Forms.truth(), "whether at the paper's own size").orElse(false), Reproduction::full);
        return in -> new Reproduction(in.get(id), in.get(full));
    });

    public Reproduction {
        if (!id.matches("[A-Za-z][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "id = '" + id + "': a letter, then letters, digits, '.', '_' and '-' are allowed");
        }
    }
}
