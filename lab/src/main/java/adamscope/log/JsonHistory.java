package adamscope.log;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/// A history in one JSON document, however it is nested.
///
/// | document | written by |
/// | --- | --- |
/// | `[{"step": 1, "loss": 0.5}, ...]` | many |
/// | `{"log_history": [{...}, ...]}` | Hugging Face, trainer_state.json |
/// | `{"step": [0, 10], "loss": [0.5, 0.4]}` | Keras (without steps), many by hand |
/// | `{"results": {"train": {"loss": [0.5, 0.4]}}}` | many by hand |
/// | `{"0": {"loss": 0.5}, "10": {...}}`, `{"loss": {"0": 0.5}}` | dictionaries by step, pandas |
/// | `[[wall time, step, value], ...]` | TensorBoard's download of one tag |
/// | `{"run/train/loss": [[wall time, step, value], ...]}` | tensorboardX, export_scalars_to_json |
/// | one object a line | many, under the name .json |
final class JsonHistory {
    private static final Set<String> CONFIGURATIONS = JsonRow.CONFIGURATIONS;
    private static final int SHORT = 8;

    private final String file;
    private final RunPoints run;
    private final JsonRow row;

    private JsonHistory(String file, CollectedRuns runs) {
        this.file = file;
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
        try (InputStream in = Unpacked.open(path);
                JsonParser json = JsonRows.JSON.createParser(in)) {
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_ARRAY) {
                history.array(json, history.downloaded(), new JsonLists());
            } else if (token == JsonToken.START_OBJECT) {
                history.object(json, "");
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
        byte[] head = Unpacked.head(path, 1 << 16);
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

    /// The tag of TensorBoard's download, which stands in the name of the file: `run-a-tag-train_loss.json`.
    private String downloaded() {
        int tag = file.indexOf("tag-");
        int end = file.lastIndexOf(".json");
        return tag >= 0 && end > tag + 4 ? file.substring(tag + 4, end) : "loss";
    }

    private void object(JsonParser json, String path) throws IOException {
        JsonLists lists = new JsonLists();
        for (JsonToken token = json.nextToken(); token == JsonToken.FIELD_NAME; token = json.nextToken()) {
            String key = json.currentName();
            String tag = path.isEmpty() ? key : path + "/" + key;
            OptionalLong step = WrittenNumber.step(key);
            token = json.nextToken();
            if (token == JsonToken.START_ARRAY) {
                run.seen(tag);
                if (key.equals("log_history")) {
                    run.averages();
                }
                array(json, tag, lists);
            } else if (token == JsonToken.START_OBJECT && step.isPresent()) {
                row.read(json, RunNames.mode(last(path)), step);
            } else if (token == JsonToken.START_OBJECT && CONFIGURATIONS.contains(key)) {
                configuration(json, key, 20);
            } else if (token == JsonToken.START_OBJECT) {
                run.seen(tag);
                object(json, tag);
            } else if (token != null && token.isScalarValue()) {
                scalar(json, path, key, step);
            }
        }
        lists.flush(file, run);
    }

    private void scalar(JsonParser json, String path, String key, OptionalLong step) throws IOException {
        OptionalDouble value = WrittenNumber.number(json.getText());
        if (step.isPresent() && value.isPresent() && !path.isEmpty()) {
            run.add(JsonLists.tag(path), step.getAsLong(), value.getAsDouble());
        } else {
            run.seen(path.isEmpty() ? key : path + "/" + key);
            run.configure(file, path.isEmpty() ? key : path + "/" + key, json.getText());
        }
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
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
                        run.configure(file, key + "/" + element++, json.getText());
                    } else {
                        json.skipChildren();
                    }
                }
            } else if (token != null && token.isScalarValue()) {
                run.configure(file, key, json.getText());
            }
        }
    }

    /// Objects are rows, numbers the values of a tag, arrays of two or three numbers its points.
    private void array(JsonParser json, String tag, JsonLists lists) throws IOException {
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                row.read(json, RunNames.mode(last(tag)), OptionalLong.empty());
            } else if (token == JsonToken.START_ARRAY) {
                point(json, tag);
            } else if (!tag.isEmpty() && token.isScalarValue()) {
                // null, true and words keep their place, so that what follows stays aligned.
                lists.add(tag, WrittenNumber.number(json.getText()), run);
            }
        }
    }

    private void point(JsonParser json, String tag) throws IOException {
        double[] numbers = new double[SHORT];
        int count = 0;
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = json.nextToken()) {
            if (token.isStructStart()) {
                json.skipChildren();
                count = SHORT + 1;
            } else {
                OptionalDouble number = WrittenNumber.number(json.getText());
                if (number.isPresent() && count < SHORT) {
                    numbers[count] = number.getAsDouble();
                }
                count += number.isPresent() ? 1 : SHORT;
            }
        }
        OptionalLong step = count == 3
                ? WrittenNumber.step(numbers[1])
                : count == 2 ? WrittenNumber.step(numbers[0]) : OptionalLong.empty();
        if (step.isPresent()) {
            run.add(JsonLists.tag(tag), step.getAsLong(), numbers[count - 1]);
        } else {
            run.lost(
                    "arrays in '" + WrittenNumber.shortened(tag) + "' of " + file + " are no points and were left out",
                    1);
        }
    }
}
