package adamscope.cli;

import adamscope.text.Foreign;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.ParameterException;

/// Turns what went wrong into one message on standard error and an exit code.
///
/// An [IllegalArgumentException] is the user's input, an [IOException] the world's doing; anything else is a defect of
/// this program and says so.
record Failures(Console console, boolean debug) {

    int report(Throwable failure) {
        if (debug) {
            failure.printStackTrace(console.err());
        }
        return switch (failure) {
            case UncheckedIOException e when e.getCause() instanceof Output.ReaderGone -> ExitCode.READER_GONE;
            case CancellationException e ->
                interrupted(e.getMessage() == null ? console.interruption().sentence() : e.getMessage());
            // The end of the process makes much fail in its own way.
            case Throwable _
            when console.interruption().isProcessEnding() ->
                interrupted(console.interruption().sentence());
            case ParameterException e -> say(ExitCode.WRONG_INPUT, ParameterWords.of(e));
            case IllegalArgumentException e when e.getMessage() != null -> say(ExitCode.WRONG_INPUT, e.getMessage());
            case UncheckedIOException e -> report(e.getCause(), e.getMessage());
            case IOException e -> report(e, e.getMessage());
            case OutOfMemoryError e ->
                say(
                        ExitCode.FAILED,
                        "out of memory (" + e.getMessage()
                                + "); make the run smaller or give Java more, as ADAMSCOPE_JAVA_OPTIONS=-Xmx4g does; "
                                + console.interruption().wayOn());
            default ->
                say(
                        ExitCode.FAILED,
                        firstLine(failure) + "; this is a defect"
                                + (debug ? "" : "; run with --debug for the stack trace"));
        };
    }

    private int interrupted(String message) {
        int code = console.interruption().code();
        return console.interruption().says() ? say(code, message) : code;
    }

    private int report(IOException cause, String message) {
        String bare = message == null || message.isBlank() ? cause.toString() : message;
        return say(ExitCode.FAILED, bare.replaceFirst("^java\\.(io|nio\\.file)\\.(\\w+Exception): ", "$2: "));
    }

    /// Native libraries speak in paragraphs, with a stack of their own below the first line.
    private static String firstLine(Throwable failure) {
        return failure.toString().lines().findFirst().orElse("");
    }

    private int say(int code, String message) {
        console.err().println("adamscope: " + Foreign.line(message));
        return code;
    }
}
