package adamscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One of each is added as CONTRIBUTING.md says, in those files and no others, and the program has it: an optimizer, a
/// model, a data source, a schedule, a log format, a probe, a figure, a command.
class AddedInScratchTest {
    private static final String RULE = "core/src/main/java/adamscope/optimizer/Catalogue.java";
    private static final String MODEL = "network/src/main/java/adamscope/model/ModelSource.java";
    private static final String DATA = "network/src/main/java/adamscope/data/DataSource.java";
    private static final String SCHEDULE = "network/src/main/java/adamscope/rule/Schedule.java";
    private static final String LOG = "lab/src/main/java/adamscope/log/LogKind.java";
    private static final String PROBE = "network/src/main/java/adamscope/probe/ProbePlan.java";
    private static final String FIGURE = "lab/src/main/java/adamscope/paper/PaperFigures.java";
    private static final String COMMAND = "lab/src/main/java/adamscope/cli/Main.java";

    @TempDir
    private static Path folder;

    private static URLClassLoader program;

    /// One compilation for all of them.
    @BeforeAll
    static void add() throws IOException {
        ScratchCopy scratch = new ScratchCopy(folder);
        optimizer(scratch);
        model(scratch);
        dataSource(scratch);
        schedule(scratch);
        logFormat(scratch);
        probe(scratch);
        figure(scratch);
        command(scratch);
        assertThat(scratch.compiled()).isEmpty();
        program = scratch.program();
    }

    @AfterAll
    static void close() throws IOException {
        program.close();
    }

    private static void optimizer(ScratchCopy scratch) throws IOException {
        scratch.insert(RULE, "\"gd\"", "\"half-sign\", ");
        scratch.add("adamscope/optimizer/half-sign.opt", """
            # Half a step of sign descent, for a test.
            optimizer half-sign
            hyper lr = 1e-3 in (0, inf) "learning rate" symbol η
            x <- x - lr/2*sign(g)
            """);
    }

    private static void model(ScratchCopy scratch) throws IOException {
        scratch.insert(MODEL, "residual(\"resnet18\"", """
            Alternatives.Word.of("one-map", OneMap.class, Shape.of(keys -> {
                        var bias = keys.add(bias(), OneMap::bias);
                        return in -> new OneMap(in.get(bias));
                    })),
            """);
        scratch.insert(
                MODEL,
                "case Dense dense ->",
                "case OneMap map -> map.network(new DataShape.Vectors(1, 1)).blocks();\n");
        scratch.insert(MODEL, "    /// [FullyConnected] with hidden layers", """
                record OneMap(boolean bias) implements OfSamples {
                    @Override
                    public Network network(DataShape data) {
                        return new Dense(List.of(), Activation.TANH, bias).network(data);
                    }
                }

            """);
    }

    private static void dataSource(ScratchCopy scratch) throws IOException {
        scratch.insert(DATA, "SineSum {", "Ramp, ");
        scratch.insert(
                DATA, "Alternatives.Word.of(\"sine-sum\"", "Alternatives.Word.of(\"ramp\", Ramp.class, Ramp.SHAPE), ");
        scratch.add("adamscope/data/Ramp.java", """
            package adamscope.data;

            import adamscope.shape.Forms;
            import adamscope.shape.Key;
            import adamscope.shape.Shape;
            import adamscope.tensor.Place;

            public record Ramp(int samples) implements DataSource {
                static final Shape<Ramp> SHAPE = Shape.of(keys -> {
                    var samples = keys.add(Key.of("samples", Forms.count(1), "how many"), Ramp::samples);
                    return in -> new Ramp(in.get(samples));
                });

                @Override
                public DataSet read(Place place) {
                    return new SineSum(samples, 1, 0).read(place);
                }
            }
            """);
    }

    private static void schedule(ScratchCopy scratch) throws IOException {
        scratch.insert(SCHEDULE, "word(\"rate\", Rate.class", """
            word("halving", Halving.class, Shape.of(keys -> {
                        var value = keys.add(Key.of("value", Forms.number(), "at step 1"), Halving::begin);
                        return in -> new Halving(in.get(value));
                    })),
            """);
        scratch.insert(SCHEDULE, "case Constant(double value) -> new Constant(factor", """
            case Halving(double begin) -> new Halving(factor * begin);
            """);
        scratch.insert(SCHEDULE, "case Constant _ -> new Constant(value)", "case Halving _ -> new Halving(value);\n");
        scratch.insert(SCHEDULE, "    /// The same value at every step.", """
                record Halving(double begin) implements Schedule {
                    @Override
                    public double at(long step, double lr) {
                        return begin / step;
                    }
                }

            """);
    }

    private static void logFormat(ScratchCopy scratch) throws IOException {
        scratch.insert(LOG, "ADAMSCOPE(LogFormat", """
            PAIRS(LogFormat.whole("pairs", PairsFile::read).named("pairs")),
            """);
        scratch.add("adamscope/log/PairsFile.java", """
            package adamscope.log;

            import java.io.IOException;
            import java.nio.file.Files;
            import java.nio.file.Path;

            final class PairsFile {
                static void read(Path file, CollectedRuns runs) throws IOException {
                    for (String line : Files.readAllLines(file)) {
                        String[] pair = line.split(":");
                        runs.single().add("loss", Long.parseLong(pair[0]), Double.parseDouble(pair[1]));
                    }
                }
            }
            """);
    }

    private static void probe(ScratchCopy scratch) throws IOException {
        scratch.insert(
                PROBE,
                "if (what.stream().anyMatch(DirectionsProbe",
                "sources.add((loss, tuned) -> new StepProbe(schedule.every()));\n");
        scratch.add("adamscope/probe/StepProbe.java", """
            package adamscope.probe;

            import java.util.List;
            import java.util.Map;
            import org.bytedeco.pytorch.Tensor;

            record StepProbe(int every) implements Probe {
                @Override
                public List<Measured> measured() {
                    return List.of();
                }

                @Override
                public boolean includes(long step) {
                    return step % every == 0;
                }

                @Override
                public double[] measure(Stepped stepped) {
                    return new double[0];
                }

                @Override
                public Map<String, Tensor> memory() {
                    return Map.of();
                }
            }
            """);
    }

    private static void figure(ScratchCopy scratch) throws IOException {
        scratch.insert(FIGURE, "new ConstantSteps()", "new StraightLine(), ");
        scratch.add("adamscope/paper/StraightLine.java", """
            package adamscope.paper;

            import adamscope.figure.Figure;
            import adamscope.figure.Mark;
            import adamscope.figure.Panel;
            import adamscope.figure.PanelAxis;
            import adamscope.report.Claim;
            import adamscope.table.Table;
            import java.util.List;

            record StraightLine() implements ComputedFigure {
                @Override
                public Caption caption() {
                    return new Caption("P0-fig1", "Fig. 1", "A line.", "Two points.", Caption.SAME);
                }

                @Override
                public List<Table> measure(Effort effort) {
                    return List.of();
                }

                @Override
                public Figure draw(Tables tables) {
                    double[] ends = {0, 1};
                    return new Figure("P0-fig1", "", "", 1, List.of(Panel.of(
                            "", PanelAxis.linear("x"), PanelAxis.linear("y"), Mark.line("", ends, ends))));
                }

                @Override
                public List<Claim> claims(Tables tables) {
                    return List.of();
                }
            }
            """);
    }

    private static void command(ScratchCopy scratch) throws IOException {
        scratch.insert(COMMAND, "CommandTrain::new", "CommandGreet::new, ");
        scratch.add("adamscope/cli/CommandGreet.java", """
            package adamscope.cli;

            import java.util.concurrent.Callable;
            import picocli.CommandLine.Command;

            @Command(name = "greet", description = "Greet.")
            final class CommandGreet implements Callable<Integer> {
                private final Console console;

                CommandGreet(Console console) {
                    this.console = console;
                }

                @Override
                public Integer call() {
                    console.line("good morning");
                    return ExitCode.DONE;
                }
            }
            """);
    }

    @Test
    void theCommandRuns() throws Exception {
        assertThat(ran("greet")).isEqualTo("good morning\n");
    }

    @Test
    void theFigureIsListed() throws Exception {
        assertThat(ran("reproduce", "--list")).startsWith("P0-fig1 ");
    }

    @Test
    void theOptimizerHasAThreshold() throws Exception {
        assertThat(ran("optimizers", "list")).contains("half-sign");
    }

    @Test
    void theLogIsRead() throws Exception {
        Path log = Files.writeString(folder.resolve("run.pairs"), "1:0.5\n2:0.25\n3:0.125\n");
        Class<?> names = program.loadClass("adamscope.log.NameMap");
        List<?> runs = (List<?>) program.loadClass("adamscope.log.LogReader")
                .getMethod("read", Path.class, names)
                .invoke(null, log, names.getMethod("byDefault").invoke(null));
        assertThat(runs).hasSize(1);
        assertThat((long[]) runs.getFirst().getClass().getMethod("steps").invoke(runs.getFirst()))
                .containsExactly(1, 2, 3);
    }

    @Test
    void modelDataAndScheduleAreKeysOfATrainingWhichReadsBackEqual() throws Exception {
        String text = """
            kind: train
            optimizer: {name: half-sign, lr: {schedule: halving, value: 0.5}}
            model: {kind: one-map}
            data: {source: ramp, samples: 8}
            steps: 5
            """;
        Class<?> texts = program.loadClass("adamscope.experiment.ExperimentText");
        Class<?> experiment = program.loadClass("adamscope.experiment.Experiment");
        Object read = texts.getMethod("read", String.class, String.class).invoke(null, "scratch.yaml", text);
        String written = (String) texts.getMethod("write", experiment).invoke(null, read);
        assertThat(written).contains("halving", "one-map", "ramp");
        assertThat(texts.getMethod("read", String.class, String.class).invoke(null, "again.yaml", written))
                .isEqualTo(read);
    }

    @Test
    void theProbeIsAmongThoseOfAPlan() throws Exception {
        Class<?> plan = program.loadClass("adamscope.probe.ProbePlan");
        Object every = plan.getMethod("every", int.class).invoke(null, 7);
        assertThat(plan.getMethod("source", long.class).invoke(every, 0L)).isNotNull();
        assertThat(program.loadClass("adamscope.probe.StepProbe").isRecord()).isTrue();
    }

    private static String ran(String... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Object code = program.loadClass("adamscope.cli.Main")
                .getMethod("run", List.class, PrintStream.class, PrintStream.class)
                .invoke(null, List.of(arguments), stream, stream);
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isEqualTo(0);
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The recipe of a function: the compiler names every file that must know it, and these are the files of the
    /// recipe.
    @Test
    void aFunctionOfFormulasIsAConstantAndTheSwitchesThatAreNamed(@TempDir Path other) throws IOException {
        ScratchCopy scratch = new ScratchCopy(other);
        scratch.insert(
                "core/src/main/java/adamscope/formula/Expression.java",
                "TANH(\"tanh\"",
                "CUBE(\"cube\", \"third power\"),\n        ");
        for (String module : List.of("core", "network")) {
            try (Stream<Path> files =
                    Files.walk(ScratchCopy.ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    if (Files.readString(file).matches("(?s).*\\bTANH\\b.*") && !file.endsWith("Expression.java")) {
                        scratch.take(ScratchCopy.ROOT.relativize(file).toString());
                    }
                }
            }
        }
        Set<String> found = scratch.compiled().stream()
                .map(error -> Path.of(error.getSource().getName())
                        .getFileName()
                        .toString()
                        .replace(".java", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        String recipe = Files.readString(ScratchCopy.ROOT.resolve("CONTRIBUTING.md"))
                .split("\\*\\*An objective function\\.\\*\\*")[1]
                .split("\n\n")[0];
        Set<String> named = Pattern.compile("`([A-Z]\\w+)`")
                .matcher(recipe)
                .results()
                .map(each -> each.group(1))
                .filter(each -> !each.equals("Expression"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isEqualTo(found);
    }
}
