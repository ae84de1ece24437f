package adamscope.cli;

/// What a command reports to the shell.
public final class ExitCode {
    /// Done.
    public static final int DONE = 0;

    /// The input was right, the run itself failed.
    public static final int FAILED = 1;

    /// The input was wrong; nothing was run or written.
    public static final int WRONG_INPUT = 2;

    /// Somebody ended it before its end, by Ctrl-C or SIGTERM: what was begun can be gone on with.
    public static final int INTERRUPTED = 130;

    /// Whoever read the output has gone, as `head` does when it has enough; the code of a process that SIGPIPE ends.
    public static final int READER_GONE = 141;

    private ExitCode() {}
}
