package adamscope.cli;

import adamscope.store.JsonDocument;
import java.io.PrintStream;

/// Where a command writes: results on `out`; progress, remarks and errors on `err`.
public record Console(PrintStream out, PrintStream err) {

    /// One line of the result.
    public void line(String text) {
        out.println(text);
    }

    /// The whole result as one JSON document; see [JsonDocument] for the values it takes.
    public void json(Object value) {
        out.println(JsonDocument.text(value));
    }

    /// A remark to the person at the terminal, outside the result.
    public void remark(String text) {
        err.println(text);
    }

    /// The display of a task that begins now; to be closed when the task ends.
    public Progress progress(String task, long total, String unit) {
        return new Progress(err, Boolean.getBoolean("adamscope.terminal"), task, total, unit);
    }
}
