package adamscope.cli;

/// What a command reports to the shell.
public final class ExitCode {
    /// Done.
    public static final int DONE = 0;

    /// The input was right, the run itself failed.
    public static final int FAILED = 1;

    /// The input was wrong; nothing was run or written.
    public static final int WRONG_INPUT = 2;

    /// A scheduler ended it before its end, by SIGTERM or SIGUSR1, or the time of `--until` is up: the same command
    /// goes on; the code by which a program asks to be tried again (EX_TEMPFAIL).
    public static final int REQUEUE = 75;

    /// Somebody ended it before its end, by Ctrl-C: what was begun can be gone on with.
    public static final int INTERRUPTED = 130;

    /// Whoever read the output has gone, as `head` does when it has enough; the code of a process that SIGPIPE ends.
    public static final int READER_GONE = 141;

    /// SIGTERM ended what leaves nothing to go on with; the code of a process that it ends at once.
    public static final int TERMINATED = 143;

    private ExitCode() {}
}
