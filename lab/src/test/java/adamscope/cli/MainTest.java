package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.experiment.Experiments;
import adamscope.optimizer.Catalogue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

class MainTest {

    /// Takes the shared options, or fails as it is told.
    @Command(name = "try")
    static final class CommandTry implements Callable<Integer> {
        private final Console console;

        @Mixin
        private ExperimentOption experiment;

        @Mixin
        private OutOption out;

        @Parameters(arity = "0..1", defaultValue = "values")
        private String what;

        CommandTry(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            switch (what) {
                case "values" ->
                    console.line(experiment.rule.values(experiment.rule.rule()).toString());
                case "run" ->
                    out.create(console, experiment.draft("simulation").ofKind("simulation"))
                            .finish(java.util.Map.of(), java.util.Map.of());
                case "defect" -> throw new IllegalStateException("lost the thread");
                case "disk" ->
                    throw new UncheckedIOException("cannot write x: No space left on device", new IOException("full"));
                default -> throw new OutOfMemoryError("Java heap space");
            }
            return ExitCode.DONE;
        }
    }

    @Test
    void everyShippedOptimizerIsListed() {
        Ran ran = run("optimizers", "list");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out().lines().skip(1).map(line -> line.split(" ")[0]))
                .containsExactlyElementsOf(Catalogue.NAMES);
        assertThat(run("optimizers").out()).isEqualTo(ran.out());
    }

    @Test
    void theJsonOfARuleHoldsHyperParametersStatesStatementsAndPreconditioner() throws IOException {
        JsonNode rule = new ObjectMapper()
                .readTree(run("optimizers", "show", "nadam", "--json").out());
        assertThat(rule.at("/name").asText()).isEqualTo("nadam");
        assertThat(rule.at("/note").asText()).contains("Dozat");
        assertThat(rule.at("/hyperParameters/1/name").asText()).isEqualTo("beta1");
        assertThat(rule.at("/hyperParameters/1/default").asDouble()).isEqualTo(0.9);
        assertThat(rule.at("/hyperParameters/1/domain").asText()).isEqualTo("[0, 1)");
        assertThat(rule.at("/hyperParameters/1/symbol").asText()).isEqualTo("β₁");
        assertThat(rule.at("/states/1/warm").asText()).isEqualTo("g^2");
        assertThat(rule.at("/statements/4/kind").asText()).isEqualTo("advance");
        assertThat(rule.at("/preconditioner/formula").asText()).isEqualTo("sqrt(v) + eps");
    }

    @Test
    void theJsonOfTheListIsOneDocument() throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(run("optimizers", "list", "--json").out())
                        .get("optimizers"))
                .hasSize(Catalogue.NAMES.size());
    }

    @Test
    void theLatexOfARuleUsesItsSymbols() {
        assertThat(run("optimizers", "show", "gd", "--latex").out())
                .isEqualTo("\\begin{align*}\n  x &\\leftarrow x - \\eta\\,g\n\\end{align*}\n");
    }

    @Test
    void theTextOfARuleIsTheFileItself() {
        assertThat(run("optimizers", "show", "adam").out())
                .isEqualToNormalizingNewlines(Catalogue.shipped("adam").text());
    }

    @Test
    void aFileIsCheckedWhateverItsName(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("mine.txt"), Experiments.OWN_RULE);
        Ran ran = run("optimizers", "check", good.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out())
                .contains("ok: optimizer my-sign")
                .contains("preconditioner none")
                .contains("a map of the components [x, m]");
        Path bad = Files.writeString(folder.resolve("bad.txt"), Experiments.OWN_RULE.replace("mu*m", "nu*m"));
        Ran refused = run("optimizers", "check", bad.toString());
        wrong(refused, bad + ":8:8: 'nu' is not defined here");
    }

    @Test
    void aCheckRemarksWhatIsDeclaredAndNeverUsed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.opt"), "optimizer lazy\nhyper lr = 1\nhyper mu = 1\nx <- x - lr*g\n");
        assertThat(run("optimizers", "check", file.toString()).out())
                .contains("remark: no line uses the hyper-parameter mu");
    }

    @Test
    void unknownOptimizersAreRefusedWithTheNames() {
        wrong(run("optimizers", "show", "adm"), "no optimizer 'adm'; there are gd, ");
        wrong(run("optimizers", "show", "no/such.opt"), "no rule file no/such.opt");
        wrong(tried("--optimizer", "adm"), "no optimizer 'adm'");
        wrong(tried(), "--optimizer is missing");
    }

    @Test
    void aRuleIsWrittenAsPythonCode(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("code.py");
        assertThat(run("optimizers", "export", "lion", "--to", "pytorch", "--out", file.toString())
                        .out())
                .contains("lion for pytorch: " + file);
        assertThat(Files.readString(file)).contains("class Lion(Optimizer):");
        assertThat(run("optimizers", "export", "lion", "--to", "optax").out())
                .contains("optax.GradientTransformation(init, update)");
        wrong(run("optimizers", "export", "lion", "--to", "keras"), "--to = keras is none of [pytorch, optax]");
        wrong(run("optimizers", "export", "lion"), "--to is missing");
        wrong(
                run("optimizers", "export", "lion", "--to", "optax", "--out", folder.toString()),
                "--out " + folder + " is a folder, and nothing is ever written over; choose another file");
        Path nowhere = folder.resolve("no");
        wrong(
                run(
                        "optimizers",
                        "export",
                        "lion",
                        "--to",
                        "optax",
                        "--out",
                        nowhere.resolve("f.py").toString()),
                "f.py: there is no folder " + nowhere);
    }

    @Test
    void settingsAreCheckedAgainstTheRule() {
        wrong(tried("--optimizer", "adam", "--set", "beta3=1"), "adam has no hyper-parameter 'beta3'; it has [lr,");
        wrong(tried("--optimizer", "adam", "--set", "beta2=1.2"), "beta2 = 1.2 is outside [0, 1)");
        wrong(tried("--optimizer", "adam", "--set", "beta2=nan"), "--set beta2 = 'nan' is no number");
        wrong(tried("--optimizer", "adam", "--set", "beta2"), "--set beta2: write NAME=VALUE");
        assertThat(tried("--optimizer", "adafactor", "--set", "clip=inf", "--set", "lr=1e-4")
                        .out())
                .contains("lr=1.0E-4")
                .contains("clip=Infinity");
    }

    @Test
    void unknownOptionsAndCommandsSuggestTheNearest() {
        wrong(run("optimizers", "list", "--jsn"), "no option '--jsn'; did you mean '--json'?");
        wrong(run("optimizers", "list", "--quick=1", "yes"), "no option '--quick' (see adamscope optimizers list --h");
        wrong(run("optimzers"), "no command 'optimzers'; did you mean 'optimizers'? (see adamscope --help)");
        wrong(run("optimizers", "shw", "adam"), "no command 'shw'; did you mean 'show'?");
        wrong(run("optimizers", "show"), "NAME|FILE is missing");
        wrong(run("optimizers", "show", "adam", "lion"), "'lion' is one word too many; there is NAME|FILE and no more");
        wrong(run("optimizers", "list", "all"), "'all' is one word too many; adamscope optimizers list takes options");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "probe RUN --step 1e99           | --step = 1e99 is no whole number from 0 (see adamscope probe"
                        + " --help)",
                "probe RUN --step 1.5            | --step = 1.5 is no whole number from 0",
                "probe RUN --step -1             | --step = -1 is no whole number from 0",
                "probe RUN --step ten            | --step = 'ten' is no number; write one as 0.9, 1e-3 or inf",
                "probe RUN --top 3e9             | --top = 3e9 is no whole number from 0 to 2147483647",
                "probe RUN --step                | --step is without its value, N",
                "probe RUN --top 1 --top 2       | --top is given twice",
                "theory --degree four            | --degree = 'four' is no number; write one as",
                "theory --degree 1e999           | --degree = 1e999 is larger than a double can hold",
                "threshold --times x             | --times = 'x' is no number",
                "query RUN --format xml          | --format = xml is none of [table, csv, json]",
                "query RUN --format jsn          | did you mean 'json'?",
                "sweep --engine sparc            | --engine = sparc is none of [local, spark]; did you mean 'spark'?",
                "import --loss half-squared      | --torchscript and --state are missing",
                "export                          | --out and RUN are missing",
                "simulate --steps                | --steps is without its value, N",
            })
    void aWordOfTheCommandLineThatDoesNotFitIsNamedWithWhatWouldFit(String line, String message) {
        wrong(run(Ran.words(line).toArray(String[]::new)), message);
    }

    @Test
    void aDefectIsOneLineAndItsStackTraceIsThereOnRequest() {
        Ran ran = tried("defect");
        assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("lost the thread; this is a defect; run with --debug for the stack trace");
        assertThat(tried("defect", "--debug").err()).contains("at adamscope.cli.MainTest");
    }

    @Test
    void aRunThatTheWorldStoppedIsOneLineAndNoDefect() {
        assertThat(tried("disk")).isEqualTo(new Ran(1, "", "adamscope: cannot write x: No space left on device\n"));
        assertThat(tried("memory").code()).isEqualTo(ExitCode.FAILED);
        assertThat(tried("memory").err()).startsWith("adamscope: out of memory").contains("-Xmx");
    }

    @Test
    void aRunFolderRecordsTheCommandLineAndRunsAgain(@TempDir Path folder) throws IOException {
        String[] arguments = {
            "run",
            "--optimizer",
            "adam",
            "--set",
            "eps=0",
            "-c",
            folder.resolve("in.yaml").toString(),
            "--out",
            folder.resolve("out").toString()
        };
        Files.writeString(
                folder.resolve("in.yaml"), "kind: simulation\noptimizer: gd\nobjective: x^4/4\nx0: 1\nsteps: 5\n");
        assertThat(tried(arguments)).isEqualTo(new Ran(0, "", ""));
        JsonNode provenance = new ObjectMapper()
                .readTree(folder.resolve("out/provenance.json").toFile());
        assertThat(provenance.at("/commandLine")).hasSize(1 + arguments.length);
        assertThat(provenance.at("/commandLine/0").asText()).isEqualTo("try");
        assertThat(provenance.at("/commandLine/1").asText()).isEqualTo("run");
        wrong(tried(arguments), "out holds this very run, and it is complete; there is nothing to continue");
        String again = folder.resolve("out/experiment.yaml").toString();
        assertThat(tried("run", "-c", again, "--out", folder.resolve("more").toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("more/experiment.yaml")).hasSameTextualContentAs(Path.of(again));
    }

    @Test
    void everyCommandsHelpShowsAnExample() {
        for (List<String> command : List.of(
                List.<String>of(),
                List.of("optimizers"),
                List.of("optimizers", "list"),
                List.of("optimizers", "show"),
                List.of("optimizers", "check"),
                List.of("optimizers", "export"),
                List.of("doctor"))) {
            List<String> arguments = new java.util.ArrayList<>(command);
            arguments.add("--help");
            Ran ran = run(arguments.toArray(String[]::new));
            assertThat(ran.code()).isEqualTo(ExitCode.DONE);
            String example = ran.out()
                    .lines()
                    .filter(line -> line.startsWith("  adamscope "))
                    .findFirst()
                    .orElseThrow();
            assertThat(run(example.strip().substring("adamscope ".length()).split(" "))
                            .code())
                    .as(example)
                    .isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void theVersionNamesTheCommit() {
        assertThat(run("--version").out()).matches("adamscope \\S+ \\(commit \\S+\\)\n");
    }

    @Test
    void theDoctorsJsonListsEveryCheck() throws IOException {
        JsonNode checks = new ObjectMapper().readTree(run("doctor", "--json").out());
        assertThat(checks.at("/checks").findValuesAsText("name"))
                .contains(
                        "JDK",
                        "vector module",
                        "libtorch",
                        "DuckDB",
                        "fonts",
                        "threads",
                        "memory",
                        "GPU",
                        "Python",
                        "unpacked libraries");
    }

    private static void wrong(Ran ran, String message) {
        assertThat(ran.code()).isEqualTo(ExitCode.WRONG_INPUT);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("adamscope: ").contains(message);
        assertThat(ran.err().lines()).as("one message, no stack trace").hasSize(1);
    }

    private static Ran tried(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("try"));
        all.addAll(List.of(arguments));
        return capture((out, err) -> Main.run(all, new Console(out, err), List.of(CommandTry::new)));
    }

    private static Ran run(String... arguments) {
        return capture((out, err) -> Main.run(List.of(arguments), out, err));
    }

    private interface Run {
        int with(PrintStream out, PrintStream err);
    }

    private static Ran capture(Run run) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = run.with(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
