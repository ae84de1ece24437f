package adamscope.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// The commands below the program's own, of which only those are read in full that a command line may mean.
///
/// To read a command costs more than most commands then do; what the others are called and for suffices for lists and
/// hints.
///
/// @param console  what commands print on
/// @param commands each as an annotated object or a [FormulaCommand]
record CommandTree(Console console, List<Function<Console, Object>> commands) {
    private static final String COMPLETION =
            CommandCompletion.class.getAnnotation(Command.class).name();

    /// Adds them to the program's command.
    void addTo(CommandLine program, List<String> arguments) {
        // A word that begins with @ names a file with further words; completion is about all commands.
        boolean all = arguments.stream().anyMatch(word -> word.startsWith("@") || word.equals(COMPLETION));
        for (Function<Console, Object> entry : commands) {
            Object command = entry.apply(console);
            String name = name(command);
            program.addSubcommand(name, all || arguments.contains(name) ? whole(command) : mention(command));
        }
    }

    private static String name(Object command) {
        return command instanceof FormulaCommand formula
                ? formula.kind().word()
                : annotation(command).name();
    }

    private static CommandLine whole(Object command) {
        return command instanceof FormulaCommand formula ? formula.line() : new CommandLine(command);
    }

    private static CommandLine mention(Object command) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        command instanceof FormulaCommand formula
                                ? formula.kind().about().toArray(String[]::new)
                                : annotation(command).description());
        return new CommandLine(spec);
    }

    private static Command annotation(Object command) {
        return command.getClass().getAnnotation(Command.class);
    }
}
