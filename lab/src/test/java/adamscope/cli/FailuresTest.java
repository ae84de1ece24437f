package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int code(Throwable failure) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Failures(new Console(stream, stream), false).report(failure);
    }

    private static IllegalArgumentException because(Exception cause) {
        return new IllegalArgumentException("cannot read x", cause);
    }

    @Test
    void aFileThatIsNotThereIsTheInputsFault() {
        assertThat(code(because(new NoSuchFileException("x")))).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(code(because(new AccessDeniedException("x")))).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(code(new IllegalArgumentException("Input/output error"))).isEqualTo(ExitCode.WRONG_INPUT);
    }

    @Test
    void aDiskThatFailsIsNotTheInputsFault() {
        FileSystemException open = new FileSystemException("x", null, "Too many open files");
        assertThat(code(because(open))).isEqualTo(ExitCode.FAILED);
        assertThat(code(because(new UncheckedIOException(new IOException("Input/output error")))))
                .isEqualTo(ExitCode.FAILED);
        assertThat(code(because(new java.sql.SQLException("IO Error: Could not read from file: Input/output error"))))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsOnly("adamscope: cannot read x");
    }

    @Test
    void aClassThatIsNotLoadedForLackOfMemoryIsNoDefect() {
        var first = new ExceptionInInitializerError(new OutOfMemoryError("Java heap space"));
        assertThat(code(first)).isEqualTo(ExitCode.FAILED);
        assertThat(code(new NoClassDefFoundError("Could not initialize class X")
                        .initCause(new ExceptionInInitializerError(
                                "Exception java.lang.OutOfMemoryError: Java heap space [in thread \"main\"]"))))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("adamscope: out of memory (")
                        .contains("Java heap space")
                        .endsWith("the same command begins anew"));
    }
}
