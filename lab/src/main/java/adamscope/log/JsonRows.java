package adamscope.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;

/// Rows of a file with one JSON object a line, chunk by chunk.
final class JsonRows {
    /// NaN and Infinity as Python writes them; nesting and lengths within bounds.
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(1 << 20)
                    .maxNameLength(5000)
                    .build())
            .build();

    private final String file;
    private final JsonRow row;
    private final RunPoints run;

    JsonRows(String file, CollectedRuns runs) {
        this.file = file;
        run = runs.single();
        row = new JsonRow(file, runs);
    }

    /// Takes whole lines, see [LineChunks.Sink].
    void accept(byte[] bytes, int from, int to, boolean last) {
        int begin = from;
        while (begin < to) {
            int done = rows(bytes, begin, to);
            if (done < 0) {
                return;
            }
            // Of the place behind the last whole object, the rest of its line, or else the next line, is damaged.
            int line = lineEnd(bytes, begin + done, to);
            if (blank(bytes, begin + done, line)) {
                line = lineEnd(bytes, line, to);
            }
            run.lost("lines of " + file + " are no JSON objects and were left out", 1);
            begin = line;
        }
    }

    /// Reads objects; bytes up to the end of the last one before the damage, or -1 if there is none.
    private int rows(byte[] bytes, int from, int to) {
        int done = 0;
        try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
            while (true) {
                JsonToken token = json.nextToken();
                if (token == null) {
                    return -1;
                }
                if (token != JsonToken.START_OBJECT) {
                    return done;
                }
                row.read(json);
                done = (int) json.currentLocation().getByteOffset();
            }
        } catch (IOException _) {
            return done;
        }
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return to;
    }

    private static boolean blank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
