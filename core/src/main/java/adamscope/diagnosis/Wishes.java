package adamscope.diagnosis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What suspects lack in a log, each norm asked for once.
final class Wishes {
    private static final Pattern NORM = Pattern.compile("‖[^‖]+‖");

    private Wishes() {}

    /// The wishes in their order without those whose norms another one names too.
    static List<String> of(List<String> missing) {
        List<String> kept = new ArrayList<>();
        for (String wish : missing) {
            Set<String> norms = norms(wish);
            boolean said = norms.isEmpty()
                    ? kept.contains(wish)
                    : kept.stream().anyMatch(other -> norms(other).containsAll(norms));
            if (!said) {
                kept.removeIf(other -> !norms(other).isEmpty() && norms.containsAll(norms(other)));
                kept.add(wish);
            }
        }
        return List.copyOf(kept);
    }

    private static Set<String> norms(String wish) {
        Set<String> norms = new HashSet<>();
        Matcher matcher = NORM.matcher(wish);
        while (matcher.find()) {
            norms.add(matcher.group());
        }
        return norms;
    }
}
