package adamscope.cli;

import adamscope.text.FileReason;
import adamscope.text.Foreign;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import picocli.CommandLine.ParameterException;

/// Turns what went wrong into one message on standard error and an exit code.
///
/// An [IllegalArgumentException] is the user's input, unless a failure of the machine caused it, an [IOException] the
/// world's doing; anything else is a defect of this program and says so.
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
            case Throwable e
            when memory(e).isPresent() ->
                once(
                        ExitCode.FAILED,
                        console.interruption().outOfMemory(memory(e).get()));
            case ParameterException e -> say(ExitCode.WRONG_INPUT, ParameterWords.of(e));
            case IllegalArgumentException e
            when e.getMessage() != null ->
                say(FileReason.isOfTheMachine(e.getCause()) ? ExitCode.FAILED : ExitCode.WRONG_INPUT, e.getMessage());
            case NoClassDefFoundError e
            when e.getCause() instanceof ClassNotFoundException ->
                say(
                        ExitCode.FAILED,
                        "a class of the program cannot be read (" + e.getMessage()
                                + "): the process may open too few files (ulimit -n), or a file of the program is"
                                + " gone; "
                                + console.interruption().wayOn());
            case UncheckedIOException e -> say(ExitCode.FAILED, FileReason.sentence(e));
            case IOException e -> say(ExitCode.FAILED, FileReason.sentence(e, e.getMessage()));
            default ->
                say(
                        ExitCode.FAILED,
                        firstLine(failure) + "; this is a defect"
                                + (debug ? "" : "; run with --debug for the stack trace"));
        };
    }

    /// What the lack of memory says of itself that made something fail; a class that was not loaded for it quotes it.
    private static Optional<String> memory(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause instanceof OutOfMemoryError
                        || cause.toString().contains(OutOfMemoryError.class.getName()))
                .findFirst()
                .map(cause -> Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
    }

    private int interrupted(String message) {
        return once(console.interruption().code(), message);
    }

    /// Says what a thread that ends the process may have said already.
    private int once(int code, String message) {
        return console.interruption().says() ? say(code, message) : code;
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
