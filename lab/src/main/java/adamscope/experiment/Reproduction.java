package adamscope.experiment;

/// One figure, table or group of statements of a paper, computed anew.
///
/// @param id   which one, such as `P1-fig2`
/// @param full whether at the paper's own size, or at the smaller standard size
public record Reproduction(String id, boolean full) implements Experiment {
    public Reproduction {
        if (!id.matches("[A-Za-z][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "id = '" + id + "': a letter, then letters, digits, '.', '_' and '-' are allowed");
        }
    }
}
