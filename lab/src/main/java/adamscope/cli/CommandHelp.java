package adamscope.cli;

import adamscope.text.Nearest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `adamscope help COMMAND`: as `adamscope COMMAND --help`.
@Command(
        name = "help",
        description = "Show the help of a command, as --help does.",
        footerHeading = "%nExample:%n",
        footer = "  adamscope help simulate")
final class CommandHelp implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "Whose help; none: of the program.")
    private List<String> words = List.of();

    @Spec
    private CommandSpec spec;

    CommandHelp(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine at = spec.parent().commandLine();
        for (String word : words) {
            CommandLine next = at.getSubcommands().get(word);
            if (next == null) {
                throw new IllegalArgumentException("no command '" + word + "'; there are "
                        + String.join(", ", at.getSubcommands().keySet())
                        + Nearest.hint(word, at.getSubcommands().keySet()));
            }
            at = next;
        }
        at.usage(console.out());
        return ExitCode.DONE;
    }
}
