package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// docs/json.md as data: what each document may hold. Every document that a test reads is held against it.
///
/// @param types the types of each place, `events[].peak`, of each schema
record JsonReference(Map<String, Map<String, Set<String>>> types) {
    private static final Path PAGE = Path.of("..", "docs", "json.md");
    private static final JsonReference WRITTEN = read();

    /// Fails with every place that is not written down, or is of another type.
    static void holds(JsonNode document) {
        String schema = document.path("schema").asText();
        assertThat(schema).startsWith("adamscope/");
        assertThat(document.path("version").asInt()).isEqualTo(1);
        Map<String, Set<String>> found = new TreeMap<>();
        collect("", document, found);
        found.remove("");
        found.remove("schema");
        found.remove("version");
        Map<String, Set<String>> known = WRITTEN.types.getOrDefault(schema, Map.of());
        found.entrySet()
                .removeIf(place -> known.entrySet().stream()
                        .anyMatch(row -> fits(place.getKey(), row.getKey())
                                && row.getValue().containsAll(place.getValue())));
        assertThat(found).as("not in docs/json.md, of " + schema).isEmpty();
    }

    private static boolean fits(String place, String row) {
        return place.equals(row)
                || row.contains("*") && place.matches(Pattern.quote(row).replace("*", "\\E.+?\\Q"));
    }

    private static void collect(String place, JsonNode node, Map<String, Set<String>> found) {
        String type = switch (node.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            default -> throw new IllegalStateException(node.toString());
        };
        found.computeIfAbsent(place, _ -> new TreeSet<>()).add(type);
        node.properties()
                .forEach(field -> collect(
                        place.isEmpty() ? field.getKey() : place + "." + field.getKey(), field.getValue(), found));
        if (node.isArray()) {
            node.forEach(item -> collect(place + "[]", item, found));
        }
    }

    private static JsonReference read() {
        Map<String, Map<String, Set<String>>> types = new TreeMap<>();
        String schema = "";
        try {
            for (String line : Files.readAllLines(PAGE)) {
                if (line.startsWith("## `")) {
                    schema = line.replaceAll("^## `([^`]+)`.*", "$1");
                } else if (line.startsWith("| `")) {
                    String[] cells = line.split("\\|");
                    String place = cells[1].strip().replace("`", "");
                    types.computeIfAbsent(schema, _ -> new TreeMap<>())
                            .put(place, Set.of(cells[2].strip().split(" or ")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JsonReference(types);
    }
}
