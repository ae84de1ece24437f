package adamscope.experiment;

import adamscope.optimizer.OptimizerRule;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Several experiments that are run and reported together.
///
/// @param parts by name, in the order of running
public record Series(Map<String, Experiment> parts) implements Experiment {

    /// As text.
    public static final Shape<Series> SHAPE = Shape.of(keys -> {
        var parts =
                keys.add(Key.of("parts", Forms.named(name -> Experiment.FORM), "experiments by name"), Series::parts);
        return in -> new Series(in.get(parts));
    });

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,40}");

    public Series {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a series has at least one part");
        }
        parts.forEach((name, part) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("the part '" + name
                        + "' needs a name of letters, digits, spaces, ., - and _: files are called after it");
            }
            if (part instanceof Series) {
                throw new IllegalArgumentException("the part '" + name + "' is a series; a series holds no other");
            }
            if (part instanceof Sweep) {
                throw new IllegalArgumentException("part " + name + ": a sweep cannot be part of a series");
            }
            if (part instanceof Reproduction) {
                throw new IllegalArgumentException("part " + name + ": a reproduction cannot be part of a series");
            }
        });
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    @Override
    public List<OptimizerRule> rules() {
        return parts.values().stream().flatMap(part -> part.rules().stream()).toList();
    }
}
