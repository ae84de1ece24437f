package adamscope.run;

import adamscope.objective.Minimum;
import adamscope.store.JsonDocument;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What came out of an experiment, in short; the tables hold the rest. One record a kind.
public interface Finding {

    /// As a JSON document.
    ///
    /// @param folder of the run
    Map<String, Object> document(Path folder);

    /// In sentences, for a person.
    List<String> lines();

    /// In one line, of a part of a series.
    default String inShort() {
        return lines().getFirst();
    }

    /// Whether it was ended before its end and can be continued.
    default boolean interrupted() {
        return false;
    }

    /// A document for each part by its name; of what is no series one with an empty name.
    default Map<String, Object> parts(Path folder) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("", document(folder));
        return parts;
    }

    /// What losses are measured from, as a document.
    static Map<String, Object> document(Minimum minimum) {
        return JsonDocument.object(
                "value",
                minimum.isKnown() ? minimum.value() : null,
                "origin",
                minimum.origin().words());
    }

    /// How often each word was found, a line each.
    static List<String> counts(Map<String, Long> found) {
        return found.entrySet().stream()
                .map(e -> line("  %-15s %d", e.getKey(), e.getValue()))
                .toList();
    }

    /// `String.format` in any language.
    static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
