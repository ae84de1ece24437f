package adamscope.text;

import java.util.Collection;
import java.util.stream.Collectors;

/// The first of several parts in a sentence, and how many others there are: nothing is left out in silence.
public final class Listing {
    private Listing() {}

    /// `a, b and 3 more`
    public static String of(Collection<String> parts, int most) {
        return of(parts, most, ", ");
    }

    /// The same with another separator, such as `a; b; and 3 more` of parts that hold commas.
    public static String of(Collection<String> parts, int most, String between) {
        String shown = parts.stream().limit(most).collect(Collectors.joining(between));
        int more = parts.size() - most;
        return more > 0 ? shown + (between.startsWith(";") ? "; and " : " and ") + more + " more" : shown;
    }
}
