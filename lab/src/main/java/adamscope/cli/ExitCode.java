package adamscope.cli;

/// What a command reports to the shell.
public final class ExitCode {
    /// Done.
    public static final int DONE = 0;

    /// The input was right, the run itself failed.
    public static final int FAILED = 1;

    /// The input was wrong; nothing was run or written.
    public static final int WRONG_INPUT = 2;

    private ExitCode() {}
}
