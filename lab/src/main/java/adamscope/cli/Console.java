package adamscope.cli;

import adamscope.run.Host;
import adamscope.run.Progress;
import adamscope.store.JsonDocument;
import adamscope.text.Foreign;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/// Where a command writes: results on `out`; progress, remarks and errors on `err`.
public record Console(PrintStream out, PrintStream err) implements Host {

    /// One line of the result.
    public void line(String text) {
        out.println(Foreign.visible(text));
    }

    /// The whole result as one JSON document; see [JsonDocument] for the values it takes.
    public void json(Object value) {
        out.println(JsonDocument.text(value));
    }

    @Override
    public void remark(String text) {
        err.println(Foreign.line(text));
    }

    @Override
    public Progress progress(String task, long total, String unit) {
        return new ProgressLine(err, Boolean.getBoolean("adamscope.terminal"), task, total, unit);
    }

    /// Once the present thread is interrupted.
    @Override
    public BooleanSupplier stopping() {
        return Thread.currentThread()::isInterrupted;
    }

    /// Brings everything to where it goes.
    void flush() {
        out.flush();
        err.flush();
    }
}
