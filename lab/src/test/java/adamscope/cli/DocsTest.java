package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import adamscope.optimizer.RuleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What the documents tell a person to type is what the program takes.
class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /// What is read but not run as printed, and why.
    private static final Map<String, String> NOT_AS_PRINTED = Map.ofEntries(
            Map.entry("demo", "minutes; its parts are tested one by one"),
            Map.entry("export runs/example", "a run folder of the reader's"),
            Map.entry("report runs/example", "a run folder of the reader's"),
            Map.entry("query runs/example", "a run folder of the reader's; CommandQueryTest asks the like"),
            Map.entry("query DIR", "DIR and the question stand for the reader's"),
            Map.entry("sweep --preview DIR", "DIR stands for a folder of the reader's"),
            Map.entry("sweep --resume DIR", "DIR stands for a folder of the reader's"),
            Map.entry("probe runs/demo --step 200 --what sharpness,spectrum", "a run folder of the reader's"),
            Map.entry("reproduce", "has tests of its own"),
            Map.entry("check FILE", "FILE stands for a file of the reader's"),
            Map.entry("serve runs", "until Ctrl-C; ServerTest has its own"),
            Map.entry("examples", "writes beside the tests; CommandExamplesTest has its own"),
            Map.entry("compare runs/a runs/b", "run folders of the reader's; CommandCompareTest has its own"));

    /// In a block of its own, after a pipe too.
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^ {4}(?:[^#|\n]*\\| *)?(?:\\./)?adamscope ([a-z][^|#\n]*)");

    private static final Pattern SIZES = Pattern.compile("(--[xy] \\w+=[^: ]+:[^: ]+:)\\d+");
    private static final Pattern STEPS = Pattern.compile("--steps [0-9e]+");

    @TempDir
    private Path folder;

    @Test
    void theCommandsOfTheReadmeRun() throws IOException {
        List<String> commands = commands(Files.readString(ROOT.resolve("README.md")));
        assertThat(commands).hasSizeGreaterThan(4);
        for (String command : commands) {
            runs(command);
        }
    }

    @Test
    void theExamplesOfEveryHelpRun() throws IOException {
        List<String> commands = new ArrayList<>(commandNames());
        commands.addAll(List.of("", "optimizers list", "optimizers show", "optimizers check", "optimizers export"));
        for (String command : commands) {
            Ran help = Ran.of(Ran.words(command + " --help"));
            assertThat(help.code()).isEqualTo(ExitCode.DONE);
            assertThat(help.out().lines()).as(command).allMatch(line -> line.length() <= 80);
            List<String> examples =
                    commands(help.out().substring(help.out().indexOf(String.format(Locale.ROOT, "%nExample"))));
            assertThat(examples).as(command).isNotEmpty();
            for (String example : examples) {
                runs(example);
            }
        }
    }

    /// Those that a reader has to fill in are read, not run; console blocks run elsewhere.
    @Test
    void everyCommandOfEveryPageIsOneThatTheProgramTakes() throws IOException {
        List<Path> pages;
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            pages = Stream.concat(
                            files.filter(file -> file.toString().endsWith(".md")),
                            Stream.of("README.md", "CONTRIBUTING.md").map(ROOT::resolve))
                    .toList();
        }
        int read = 0;
        for (Path page : pages) {
            String text = Files.readString(page).replaceAll("\\s*\\\\\\R\\s*", " ");
            for (MatchResult found :
                    (Iterable<MatchResult>) COMMAND.matcher(text).results()::iterator) {
                List<String> words = Ran.words(found.group(1).strip());
                String what = ROOT.relativize(page) + ": adamscope " + found.group(1);
                CommandLine program = OptionsTest.program();
                ParameterWords.readNumbers(program);
                assertThatCode(() -> program.parseArgs(words.toArray(String[]::new)))
                        .as(what)
                        .doesNotThrowAnyException();
                assertThat(words)
                        .as(what)
                        .allSatisfy(word -> assertThat(!word.startsWith("docs/") || Files.exists(ROOT.resolve(word)))
                                .as(word)
                                .isTrue());
                read++;
            }
        }
        assertThat(read).isGreaterThan(40);
    }

    @Test
    void theRuleInTheReadmeIsTheFileBesideIt() throws IOException {
        Matcher block = Pattern.compile("```\\R(optimizer .*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(block.find()).isTrue();
        assertThat(block.group(1)).isEqualTo(Files.readString(ROOT.resolve("docs/examples/mean-absolute.opt")));
        assertThat(RuleReader.read("README.md", block.group(1)).name()).isEqualTo("mean-absolute");
    }

    @Test
    void theExitCodesOfThePageAreThoseOfTheProgram() throws IOException {
        assertThat(Pattern.compile("(?m)^\\| (\\d+) \\|")
                        .matcher(Files.readString(ROOT.resolve("docs/outcomes.md")))
                        .results()
                        .map(row -> Integer.parseInt(row.group(1))))
                .containsExactly(
                        ExitCode.DONE,
                        ExitCode.FAILED,
                        ExitCode.WRONG_INPUT,
                        ExitCode.REQUEUE,
                        ExitCode.INTERRUPTED,
                        ExitCode.READER_GONE,
                        ExitCode.TERMINATED);
    }

    @Test
    void theReadmeNamesEveryCommandAndNoOther() throws IOException {
        List<String> table = Files.readString(ROOT.resolve("README.md"))
                .lines()
                .flatMap(line ->
                        Pattern.compile("^\\| `([a-z-]+)` \\|").matcher(line).results())
                .map(row -> row.group(1))
                .toList();
        assertThat(table).containsExactlyInAnyOrderElementsOf(commandNames());
    }

    @Test
    void thePicturesAndPagesOfTheReadmeAreThere() throws IOException {
        Pattern link = Pattern.compile("]\\(([^)#:]+)\\)");
        assertThat(link.matcher(Files.readString(ROOT.resolve("README.md"))).results())
                .isNotEmpty()
                .allSatisfy(target -> assertThat(ROOT.resolve(target.group(1))).exists());
    }

    @Test
    void everyPropertyThatATestReadsIsNamedForWhoWorksOnTheProgram() throws IOException {
        String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        Pattern read = Pattern.compile("(?:getProperty|get(?:Integer|Long|Boolean))\\(\\s*\"([\\w.]+)\"");
        Set<String> names = new TreeSet<>();
        for (String module : List.of("core", "network", "spark", "lab")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    read.matcher(Files.readString(file))
                            .results()
                            .map(found -> found.group(1))
                            .forEach(names::add);
                }
            }
        }
        names.removeIf(name -> name.matches("(java|os|user)\\..*"));
        assertThat(names)
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(page).contains("`" + name + "="));
    }

    /// Folded as the page is; `…` stands for what the page leaves out.
    @Test
    void theReadmeShowsWhatDiagnosePrintsAndSaysWhereItIsCut() throws IOException {
        String page = Files.readString(ROOT.resolve("README.md"));
        Matcher block = Pattern.compile("adamscope (diagnose .*)\\R(?s:.*?)```\\R(?s:(.*?))```")
                .matcher(page);
        assertThat(block.find()).isTrue();
        List<String> words = new ArrayList<>(Ran.words(block.group(1)));
        words.set(1, ROOT.resolve(words.get(1)).toString());
        String printed = unfolded(Ran.of(words).out());
        String shown = Pattern.quote(unfolded(block.group(2))).replace("…", "\\E.*\\Q");
        assertThat(printed).matches(shown);
    }

    private static String unfolded(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static List<String> commandNames() {
        return Ran.of("--help")
                .out()
                .lines()
                .dropWhile(line -> !line.startsWith("Commands:"))
                .flatMap(line ->
                        Pattern.compile("^  ([a-z-]+) +[A-Z]").matcher(line).results())
                .map(row -> row.group(1))
                .toList();
    }

    /// Runs a command with a folder of its own, on fewer points and steps where it has many.
    private void runs(String command) throws IOException {
        if (NOT_AS_PRINTED.keySet().stream().anyMatch(command::contains)) {
            return;
        }
        String small = STEPS.matcher(SIZES.matcher(command).replaceAll("$13")).replaceAll("--steps 20");
        List<String> words = new ArrayList<>(Ran.words(small));
        words.replaceAll(word -> word.startsWith("docs/") ? ROOT.resolve(word).toString() : word);
        int out = words.indexOf("--out");
        if (out >= 0) {
            Path fresh = Files.createTempDirectory(folder, "out");
            boolean file = words.get(out + 1).endsWith(".html");
            words.set(out + 1, (file ? fresh.resolve("page.html") : fresh).toString());
        }
        Ran ran = Ran.of(words);
        assertThat(ran.code()).as("%s%n%s", command, ran.err()).isEqualTo(ExitCode.DONE);
    }

    /// The command lines of a text, without the program's name; a backslash at the end of a line goes on.
    private static List<String> commands(String text) {
        String joined = text.replaceAll("\\s*\\\\\\R\\s*", " ");
        return Stream.concat(
                        Pattern.compile("(?m)^ {2,4}(?:\\./)?adamscope (.*?)(?: +#.*)?$")
                                .matcher(joined)
                                .results(),
                        Pattern.compile("`\\./adamscope ([^`]+)`")
                                .matcher(joined)
                                .results())
                .map(found -> found.group(1).strip())
                .toList();
    }
}
