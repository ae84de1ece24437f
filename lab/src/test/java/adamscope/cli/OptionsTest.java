package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.experiment.Experiment;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// All commands with all their options, as the parser knows them.
class OptionsTest {
    private static final CommandLine PROGRAM = program();

    /// Options that mean something else in a command, with the reason.
    private static final Map<String, String> OTHERWISE = Map.ofEntries(
            Map.entry("train --config", "a name of a shipped experiment is taken too"),
            Map.entry("import --data", "a file of tensors, where others name public sets"),
            Map.entry("diagnose --optimizer", "of a run that was made: it has another default"),
            Map.entry("explore --optimizer", "what the page begins with"),
            Map.entry("explore --objective", "what the page begins with"),
            Map.entry("explore --set", "what the page begins with"),
            Map.entry("explore --x0", "what the page begins with"),
            Map.entry("explore --steps", "of each run of the page"),
            Map.entry("explore --out", "one file"),
            Map.entry("bifurcation --steps", "those after the transient"),
            Map.entry("import --step", "a count that the checkpoint lacks"),
            Map.entry("threshold --step", "any t, also far beyond the whole numbers"),
            Map.entry("probe --tolerance", "of an eigenvalue; compare has one of losses"),
            Map.entry("theory --what", "a topic; probe takes several questions"),
            Map.entry("report --format", "of figures; query has one of tables"),
            Map.entry("cite --markdown", "another page"),
            Map.entry("diagnose --against", "a run; inspect takes a checkpoint"),
            Map.entry("compare --out", "a page beside runs, no run"),
            Map.entry("diagnose --out", "a page beside a log, no run"),
            Map.entry("inspect --out", "a page beside a checkpoint, no run"),
            Map.entry("export --out", "files for another program"),
            Map.entry("examples --out", "files that ship"),
            Map.entry("docs --out", "one file"),
            Map.entry("optimizers export --out", "one file"));

    /// The program with every command in full.
    static CommandLine program() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        CommandLine program = new CommandLine(CommandSpec.create().name("adamscope"));
        new CommandTree(new Console(nowhere, nowhere), Main.COMMANDS).addTo(program, List.of("generate-completion"));
        return program;
    }

    private static Stream<CommandLine> all(CommandLine line) {
        return line.getSubcommands().values().stream().flatMap(below -> Stream.concat(Stream.of(below), all(below)));
    }

    private static String name(CommandLine line) {
        return line.getCommandSpec().qualifiedName().replaceFirst("^adamscope ", "");
    }

    /// Up to the first mark of punctuation.
    private static String stem(ArgSpec arg) {
        return String.join(" ", arg.description()).split("[,.;:(]", 2)[0].strip();
    }

    @Test
    void everyOptionSaysWhatItIs() {
        Set<String> silent = all(PROGRAM)
                .flatMap(line -> line.getCommandSpec().args().stream()
                        .filter(arg -> stem(arg).isBlank()
                                || !String.join(" ", arg.description()).endsWith("."))
                        .map(arg -> name(line) + " " + arg.paramLabel()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(all(PROGRAM).count()).isGreaterThan(30);
        assertThat(silent).isEmpty();
    }

    @Test
    void anOptionMeansTheSameInEveryCommand() {
        Map<String, Map<String, Set<String>>> meanings = new TreeMap<>();
        Set<String> unused = new TreeSet<>(OTHERWISE.keySet());
        all(PROGRAM).forEach(line -> {
            for (OptionSpec option : line.getCommandSpec().options()) {
                String where = name(line) + " " + option.longestName();
                unused.remove(where);
                if (!OTHERWISE.containsKey(where)) {
                    String meaning = option.type().getSimpleName() + " " + option.paramLabel() + ": " + stem(option);
                    meanings.computeIfAbsent(option.longestName(), _ -> new TreeMap<>())
                            .computeIfAbsent(meaning, _ -> new TreeSet<>())
                            .add(name(line));
                }
            }
        });
        assertThat(unused).as("reasons without an option").isEmpty();
        meanings.values().removeIf(of -> of.size() == 1);
        assertThat(meanings).isEmpty();
    }

    @Test
    void whatIsRequiredStandsOutsideOfBrackets() {
        all(PROGRAM).forEach(line -> {
            String synopsis = line.getUsageMessage()
                    .lines()
                    .takeWhile(text -> text.startsWith("Usage:") || text.startsWith(" "))
                    .collect(Collectors.joining(" "));
            for (ArgSpec arg : line.getCommandSpec().args()) {
                String shown = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
                if (arg.required() && !shown.isEmpty()) {
                    assertThat(synopsis)
                            .as(name(line))
                            .contains(shown)
                            .doesNotContainPattern(
                                    "(?<!" + shown + "=\\S{0,40} )\\[" + java.util.regex.Pattern.quote(shown));
                }
            }
        });
        // Commands over a formula take them from a file too, so the parser requires none: their usage names them.
        assertThat(Experiment.Commands.ALL)
                .allSatisfy(kind -> assertThat(
                                PROGRAM.getSubcommands().get(kind.word()).getUsageMessage())
                        .contains("adamscope " + kind.word() + " -c FILE.yaml [OPTIONS]")
                        .contains("--optimizer NAME|FILE --objective FORMULA"));
    }

    @Test
    void helpFitsATerminal() {
        assertThat(Stream.concat(Stream.of(PROGRAM), all(PROGRAM))
                        .flatMap(line ->
                                line.setUsageHelpWidth(80).getUsageMessage().lines()))
                .allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(80));
    }
}
