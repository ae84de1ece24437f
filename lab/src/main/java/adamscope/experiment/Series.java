package adamscope.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Several experiments that are run and reported together.
///
/// @param parts by name, in the order of running
public record Series(Map<String, Experiment> parts) implements Experiment {

    public Series {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a series has at least one part");
        }
        parts.forEach((name, part) -> {
            if (part instanceof Reproduction) {
                throw new IllegalArgumentException("part " + name + ": a reproduction cannot be part of a series");
            }
        });
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
}
