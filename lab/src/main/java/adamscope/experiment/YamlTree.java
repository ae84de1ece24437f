package adamscope.experiment;

import adamscope.shape.Node;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads YAML text into [Node]s that know their lines.
public final class YamlTree {
    /// Longer than any experiment; the parser takes seconds for one text of a few megabytes.
    private static final int LONGEST = 1_000_000;

    private final String source;
    private final YAMLParser parser;

    private YamlTree(String source, YAMLParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /// The mapping that a file consists of.
    ///
    /// @throws IllegalArgumentException if it is not YAML, not one mapping, uses aliases, or is cut short
    public static Node.Mapping read(String source, String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(source + " has " + text.length() + " characters, allowed are " + LONGEST
                    + "; an experiment names its data in files of their own");
        }
        WholeText.refuseCut(source, text);
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            YamlTree tree = new YamlTree(source, parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException(source + ": an experiment is a mapping that begins with 'kind: …'");
            }
            Node.Mapping root = tree.mapping("", source);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException(tree.place() + ": one file holds one experiment; this is a second");
            }
            return root;
        } catch (JsonProcessingException e) {
            // The lines that begin with a blank quote the text.
            String reason = e.getOriginalMessage()
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith(" "))
                    .collect(Collectors.joining(": "));
            String place = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new IllegalArgumentException(source + place + ": not YAML: " + reason, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String place() {
        return source + ":" + parser.currentTokenLocation().getLineNr();
    }

    private Node.Mapping mapping(String path, String label) throws IOException {
        Map<String, Node> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String inner = path.isEmpty() ? key : path + "." + key;
            String innerLabel = place() + ": " + inner;
            parser.nextToken();
            if (fields.putIfAbsent(key, node(inner, innerLabel)) != null) {
                throw new IllegalArgumentException(innerLabel + " stands here a second time");
            }
        }
        return new Node.Mapping(label, fields);
    }

    private Node node(String path, String label) throws IOException {
        if (parser.isCurrentAlias()) {
            throw new IllegalArgumentException(label + " is an alias; write the value out");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(path, label);
            case START_ARRAY -> {
                List<Node> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    String item = path + "[" + items.size() + "]";
                    items.add(node(item, place() + ": " + item));
                }
                yield new Node.Sequence(label, items);
            }
            default -> new Node.Scalar(label, parser.getText());
        };
    }
}
