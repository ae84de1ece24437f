package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.experiment.Experiment;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandTreeTest {
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final Console CONSOLE = new Console(NOWHERE, NOWHERE);
    private static final CommandTree TREE = new CommandTree(
            CONSOLE,
            List.of(
                    CommandTheory::new,
                    CommandCompletion::new,
                    console -> new FormulaCommand(console, Experiment.Commands.ALL.getFirst())));

    private static CommandLine program(String... arguments) {
        CommandLine program = new CommandLine(CommandSpec.create().name("adamscope"));
        TREE.addTo(program, List.of(arguments));
        return program;
    }

    /// Names of the commands whose options are known.
    private static Set<String> readInFull(CommandLine program) {
        return program.getSubcommands().entrySet().stream()
                .filter(command -> !command.getValue().getCommandSpec().args().isEmpty())
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Test
    void onlyCommandsThatTheLineNamesAreReadInFull() {
        assertThat(readInFull(program("--help"))).isEmpty();
        assertThat(readInFull(program("theory", "--degree", "4"))).containsExactly("theory");
        assertThat(readInFull(program("help", "simulate"))).containsExactly("simulate");
    }

    @Test
    void allAreReadWhereTheLineDoesNotTellWhichAreMeant() {
        assertThat(readInFull(program("generate-completion"))).containsExactlyInAnyOrder("theory", "simulate");
        assertThat(readInFull(program("@words.txt"))).containsExactlyInAnyOrder("theory", "simulate");
    }

    @Test
    void theListOfCommandsIsTheSameHoweverManyWereRead() {
        assertThat(program("--help").getUsageMessage())
                .isEqualTo(program("generate-completion").getUsageMessage())
                .contains("theory", "What theory says", "simulate", "Run an optimizer on a formula");
    }
}
