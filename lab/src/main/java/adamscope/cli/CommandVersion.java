package adamscope.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `adamscope version`: as `--version`.
@Command(
        name = "version",
        description = "Show version and commit, as --version does.",
        footerHeading = "%nExample:%n",
        footer = "  adamscope version")
final class CommandVersion implements Callable<Integer> {
    private final Console console;

    CommandVersion(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        for (String line : new ProgramVersion().getVersion()) {
            console.line(line);
        }
        return ExitCode.DONE;
    }
}
