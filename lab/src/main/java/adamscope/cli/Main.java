package adamscope.cli;

import adamscope.experiment.Experiment;
import adamscope.experiment.KindUsage;
import adamscope.serve.OwnProgram;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Starts the command that the arguments name.
@Command(
        name = "adamscope",
        description = "A laboratory for the training dynamics of Adam, RMSProp and their relatives.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = ProgramVersion.class,
        footerHeading = "%nExample:%n",
        footer = {
            "  adamscope optimizers show adam",
            "",
            "Exit codes: 0 done, 1 the run failed, 2 the input was wrong, 75 ended by a",
            "scheduler (SIGTERM, SIGUSR1, --until) and 130 by Ctrl-C: the same command goes",
            "on with what was begun, 141 the reader of the output has gone, 143 ended by",
            "SIGTERM with nothing kept.",
            "Options of the Java virtual machine: ADAMSCOPE_JAVA_OPTIONS, for example -Xmx4g."
        })
public final class Main implements Runnable {
    /// The commands. A new one is a class `Command…` beside this one and a line here.
    static final List<Function<Console, Object>> COMMANDS = Stream.of(
                    List.<Function<Console, Object>>of(
                            CommandOptimizers::new, CommandTheory::new, CommandThreshold::new),
                    Experiment.Commands.ALL.stream().map(Main::kind).toList(),
                    List.<Function<Console, Object>>of(
                            CommandTrain::new,
                            CommandImport::new,
                            CommandExport::new,
                            CommandProbe::new,
                            CommandDiagnose::new,
                            CommandInspect::new,
                            CommandSweep::new,
                            CommandSchema::new,
                            CommandQuery::new,
                            CommandRuns::new,
                            CommandCompare::new,
                            CommandDemo::new,
                            CommandReproduce::new,
                            CommandReport::new,
                            CommandCite::new,
                            CommandExamples::new,
                            CommandDocs::new,
                            CommandExplore::new,
                            CommandServe::new,
                            CommandDoctor::new,
                            CommandHelp::new,
                            CommandVersion::new,
                            CommandCompletion::new))
            .flatMap(List::stream)
            .toList();

    private static Function<Console, Object> kind(KindUsage kind) {
        return console -> new FormulaCommand(console, kind);
    }

    private final Console console;
    private final CommandTree commands;
    private final List<String> arguments;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show version and commit.")
    private boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces of failures.")
    private boolean debug;

    private Main(Console console, CommandTree commands, List<String> arguments) {
        this.console = console;
        this.commands = commands;
        this.arguments = arguments;
    }

    static void main(String[] arguments) {
        // Nothing here asks for the default locale; libraries and the JDK might.
        Locale.setDefault(Locale.ROOT);
        // A remark of the log is one line, like every other.
        System.setProperty("java.util.logging.SimpleFormatter.format", "adamscope: %5$s%n");
        // UTF-8 whatever the locale: results hold Greek letters, JSON has to be UTF-8.
        PrintStream err = new PrintStream(stream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Interruption interruption = Interruption.ofProcess(err);
        if (Boolean.getBoolean(OwnProgram.ENDS_WITH_INPUT)) {
            interruption.hearEndOf(System.in);
        }
        MemoryWatch.begin(interruption::endOutOfMemory);
        Output output = new Output(stream(FileDescriptor.out));
        try {
            interruption.end(run(List.of(arguments), new Console(output, err, interruption), COMMANDS));
        } catch (OutOfMemoryError e) {
            interruption.endOutOfMemory(e.getMessage());
        }
    }

    /// Runs one command line and returns its exit code, see [ExitCode].
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return run(arguments, new Console(out, err), COMMANDS);
    }

    /// The same with other commands.
    static int run(List<String> arguments, Console console, List<Function<Console, Object>> commands) {
        Main main = new Main(console, new CommandTree(console, commands), arguments);
        int code;
        try {
            code = main.commandLine().execute(arguments.toArray(String[]::new));
        } catch (Throwable error) {
            code = main.failures().report(error);
        }
        try {
            console.flush();
        } catch (UncheckedIOException lost) {
            code = code == ExitCode.DONE ? main.failures().report(lost) : code;
        }
        console.err().flush();
        return code;
    }

    /// Without a command: what there is.
    @Override
    public void run() {
        commandLine().usage(console.out());
    }

    private CommandLine commandLine() {
        CommandLine line = new CommandLine(this);
        commands.addTo(line, arguments);
        ParameterWords.readNumbers(line);
        return line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(80)
                .setParameterExceptionHandler((e, _) -> failures().report(e))
                .setExecutionExceptionHandler((e, _, _) -> failures().report(e));
    }

    private Failures failures() {
        return new Failures(console, debug);
    }

    private static OutputStream stream(FileDescriptor to) {
        return new BufferedOutputStream(new FileOutputStream(to), 1 << 16);
    }
}
