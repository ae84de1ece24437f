package adamscope.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `adamscope generate-completion`: what bash and zsh need to complete commands and options.
@Command(
        name = "generate-completion",
        description = {
            "Print a script by which bash and zsh complete commands and options. For one session of the shell:",
            "source <(adamscope generate-completion)"
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope generate-completion")
final class CommandCompletion implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    CommandCompletion(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(AutoComplete.bash("adamscope", spec.parent().commandLine()));
        return ExitCode.DONE;
    }
}
