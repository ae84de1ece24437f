package adamscope.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What kind of text a file is, by its beginning.
final class TextShape {
    private TextShape() {}

    /// JSON, lines of JSON, a table, or anything else that was printed.
    ///
    /// @param head     the first bytes, unpacked
    /// @param complete whether they are the whole file
    static LogKind of(byte[] head, boolean complete) {
        String text = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "");
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            Optional<LogKind> json = json(start, complete);
            if (json.isPresent()) {
                return json.get();
            }
        }
        return TableHead.find(lines(text, complete)).isPresent() ? LogKind.CSV : LogKind.TEXT;
    }

    /// Whole lines of the beginning of a file.
    static List<String> lines(String text, boolean complete) {
        List<String> lines = text.lines().toList();
        return complete || lines.size() < 2 ? lines : lines.subList(0, lines.size() - 1);
    }

    private static Optional<LogKind> json(String start, boolean complete) {
        byte[] bytes = start.getBytes(StandardCharsets.UTF_8);
        try (JsonParser json = JsonRows.JSON.createParser(bytes)) {
            json.nextToken();
            json.skipChildren();
            if (json.currentToken() != JsonToken.END_OBJECT && json.currentToken() != JsonToken.END_ARRAY) {
                return Optional.empty();
            }
            boolean object = json.currentToken() == JsonToken.END_OBJECT;
            int end = (int) json.currentLocation().getByteOffset();
            String rest = new String(bytes, end, bytes.length - end, StandardCharsets.UTF_8).strip();
            boolean one = rest.isEmpty();
            if (object && rest.startsWith("{")
                    || object && one && !start.strip().contains("\n")) {
                return Optional.of(LogKind.JSON_LINES);
            }
            return one ? Optional.of(LogKind.JSON) : Optional.empty();
        } catch (com.fasterxml.jackson.core.io.JsonEOFException _) {
            // It goes on behind the head, or was cut off.
            return Optional.of(LogKind.JSON);
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
