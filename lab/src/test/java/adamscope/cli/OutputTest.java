package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/// What cannot be written to standard output is no success.
class OutputTest {

    /// Takes some bytes, then fails.
    private static final class Full extends OutputStream {
        private final String reason;
        private long room;

        Full(long room, String reason) {
            this.room = room;
            this.reason = reason;
        }

        @Override
        public void write(int b) throws IOException {
            if (room-- <= 0) {
                throw new IOException(reason);
            }
        }
    }

    /// Says lines without end.
    @Command(name = "say")
    static final class CommandSay implements Callable<Integer> {
        private final Console console;
        private final AtomicLong said;
        private final long lines;

        CommandSay(Console console, AtomicLong said, long lines) {
            this.console = console;
            this.said = said;
            this.lines = lines;
        }

        @Override
        public Integer call() {
            for (long line = 0; line < lines; line++) {
                console.line("a line");
                said.incrementAndGet();
            }
            return ExitCode.DONE;
        }
    }

    private static Ran said(OutputStream out, long lines, AtomicLong said, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        int code = Main.run(
                List.of(arguments),
                new Console(new Output(out), errors, Interruption.ofThread()),
                List.of(console -> new CommandSay(console, said, lines)));
        return new Ran(code, "", err.toString(StandardCharsets.UTF_8));
    }

    private static void isLost(Ran ran) {
        assertThat(ran.err())
                .isEqualTo(String.format(
                        Locale.ROOT, "adamscope: cannot write standard output: No space left on device%n"));
        assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aFullDiskIsAFailureWhateverWasToBeSaid() {
        String full = "No space left on device";
        isLost(said(new Full(0, full), 1, new AtomicLong(), "say"));
        isLost(said(new Full(100, full), 1_000, new AtomicLong(), "say"));
        isLost(said(new Full(0, full), 0, new AtomicLong(), "--help"));
        isLost(said(new Full(0, full), 0, new AtomicLong(), "--version"));
        assertThat(said(new Full(1 << 20, full), 3, new AtomicLong(), "say").code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aReaderThatHasEnoughEndsTheWorkInSilence() {
        AtomicLong said = new AtomicLong();
        Ran ran = said(new Full(100, "Broken pipe"), 1L << 40, said, "say");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isEqualTo(ExitCode.READER_GONE);
        assertThat(said.get()).isLessThan(100_000);
    }
}
