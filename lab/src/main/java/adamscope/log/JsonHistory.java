package adamscope.log;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// A history in one JSON document.
///
/// | document | written by |
/// | --- | --- |
/// | `[{"step": 1, "loss": 0.5}, ...]` | many |
/// | `{"log_history": [{...}, ...]}` | Hugging Face, trainer_state.json |
/// | `{"loss": [0.5, 0.4], "lr": [...]}` | Keras, `json.dump(history.history, f)` |
/// | one object a line | many, under the name .json |
final class JsonHistory {
    private static final Set<String> CONFIGURATIONS = JsonRow.CONFIGURATIONS;

    private final RunPoints run;
    private final JsonRow row;
    private String firstKey = "";

    private JsonHistory(String file, CollectedRuns runs) {
        run = runs.single();
        row = new JsonRow(file, runs);
    }

    static void read(Path path, CollectedRuns runs) throws IOException {
        String file = path.getFileName().toString();
        JsonHistory history = new JsonHistory(file, runs);
        if (linewise(path)) {
            LineChunks.read(path, 0, false, runs.single(), new JsonRows(file, runs)::accept);
            return;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path));
                JsonParser json = JsonRows.JSON.createParser(in)) {
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_ARRAY) {
                history.elements(json, "");
            } else if (token == JsonToken.START_OBJECT) {
                history.object(json);
            }
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            runs.single()
                    .remark(file + " is damaged"
                            + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                            + "; what follows is lost");
        }
    }

    /// Whether the first line is an object by itself and something follows.
    private static boolean linewise(Path path) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(1 << 16);
        }
        int line = 0;
        while (line < head.length && head[line] != '\n') {
            line++;
        }
        if (line >= head.length - 1) {
            return false;
        }
        try (JsonParser json = JsonRows.JSON.createParser(head, 0, line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            json.skipChildren();
            return json.currentToken() == JsonToken.END_OBJECT;
        } catch (IOException _) {
            return false;
        }
    }

    private void object(JsonParser json) throws IOException {
        for (JsonToken token = json.nextToken(); token == JsonToken.FIELD_NAME; token = json.nextToken()) {
            String key = json.currentName();
            token = json.nextToken();
            if (token == JsonToken.START_ARRAY) {
                elements(json, key);
            } else if (token == JsonToken.START_OBJECT && CONFIGURATIONS.contains(key)) {
                configuration(json, key, 20);
            } else if (token == JsonToken.START_OBJECT
                    && Set.of("history", "metrics", "logs").contains(key)) {
                object(json);
            } else if (token != null && token.isScalarValue()) {
                run.configure(key, json.getText());
            } else {
                json.skipChildren();
            }
        }
    }

    private void configuration(JsonParser json, String path, int depth) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = path + "/" + json.currentName();
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_OBJECT && depth > 0) {
                configuration(json, key, depth - 1);
            } else if (token == JsonToken.START_ARRAY) {
                int element = 0;
                while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
                    if (json.currentToken().isScalarValue()) {
                        run.configure(key + "/" + element++, json.getText());
                    } else {
                        json.skipChildren();
                    }
                }
            } else if (token != null && token.isScalarValue()) {
                run.configure(key, json.getText());
            }
        }
    }

    /// Objects are rows, numbers the values of the tag `key`.
    private void elements(JsonParser json, String key) throws IOException {
        long number = 0;
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                row.read(json);
            } else if (token == JsonToken.START_ARRAY) {
                json.skipChildren();
            } else if (!key.isEmpty() && (token.isNumeric() || token == JsonToken.VALUE_STRING)) {
                long step = number++;
                Numbers.number(json.getText()).ifPresent(value -> run.add(key, step, value));
                if (firstKey.isEmpty()) {
                    firstKey = key;
                    run.remark("the values of a list are numbered from 0");
                }
            }
        }
    }
}
