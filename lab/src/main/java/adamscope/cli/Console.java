package adamscope.cli;

import adamscope.paper.RunClaims;
import adamscope.report.ClaimJudge;
import adamscope.run.Host;
import adamscope.run.Progress;
import adamscope.store.JsonDocument;
import adamscope.text.Foreign;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Where a command writes: results on `out`; progress, remarks and errors on `err`.
///
/// @param output       what `out` writes to
/// @param interruption how it ends before its end
public record Console(Output output, PrintStream out, PrintStream err, Interruption interruption) implements Host {

    /// Writes there; ends when the present thread is interrupted.
    public Console(PrintStream out, PrintStream err) {
        this(new Output(out), err, Interruption.ofThread());
    }

    Console(Output output, PrintStream err, Interruption interruption) {
        this(output, new PrintStream(output, false, StandardCharsets.UTF_8), err, interruption);
    }

    /// One line of the result.
    ///
    /// @throws UncheckedIOException if it, or what came before, cannot be written
    public void line(String text) {
        out.println(Foreign.visible(text));
        output.refuseLost();
    }

    /// The whole result as one JSON document.
    ///
    /// @param schema what it is, see [JsonDocument#named]
    public void json(String schema, Map<String, ?> fields) {
        out.println(JsonDocument.text(JsonDocument.named(schema, fields)));
        output.refuseLost();
    }

    @Override
    public void remark(String text) {
        err.println(Foreign.line(text));
    }

    @Override
    public Progress progress(String task, long total, String unit) {
        return new ProgressLine(err, Boolean.getBoolean("adamscope.terminal"), task, total, unit);
    }

    @Override
    public void wayOn(String words) {
        interruption.wayOn(words);
    }

    @Override
    public void interrupted(String sentence) {
        if (interruption.says()) {
            remark("adamscope: " + sentence);
        }
    }

    @Override
    public ClaimJudge judge() {
        return new RunClaims();
    }

    /// Hears a scheduler from now on, see [Interruption#hearScheduler()].
    void hearScheduler() {
        interruption.hearScheduler();
    }

    /// Once the process is asked to end, or the present thread is interrupted.
    @Override
    public BooleanSupplier stopping() {
        return interruption.stopping();
    }

    /// Brings everything to where it goes.
    ///
    /// @throws UncheckedIOException if something of the result cannot be written
    void flush() {
        boolean lost = out.checkError();
        err.flush();
        output.refuseLost();
        if (lost) {
            throw new UncheckedIOException(new IOException("cannot write standard output"));
        }
    }
}
