package adamscope.web;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.cli.Main;
import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.RiseWords;
import adamscope.dynamics.ClosedMap;
import adamscope.dynamics.Iteration;
import adamscope.dynamics.SingleRun;
import adamscope.dynamics.Trajectory;
import adamscope.formula.FormulaException;
import adamscope.kernel.Arithmetic;
import adamscope.log.LogReader;
import adamscope.log.NameMap;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import adamscope.regime.RunLog;
import adamscope.stability.OrbitDiagram;
import adamscope.store.JsonDocument;
import adamscope.sweep.Axis;
import adamscope.sweep.BasinSweep;
import adamscope.sweep.OrbitSweep;
import adamscope.sweep.PhaseSweep;
import adamscope.table.Table;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The explorer in a real browser, its engine held against the program's own.
class ExplorerPageTest {
    private static final int STEPS = 300;

    @TempDir
    private static Path folder;

    private static Chromium browser;
    private static Path page;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        page = folder.resolve("page.html");
        Files.writeString(page, page(List.of("adam")).html());
        browser = Chromium.ofThisMachine(folder.resolve("profile"));
        browser.open(page, "");
        // a worker of the test's own beside those of the page
        browser.evaluate("""
            (async () => {
            const packed = Uint8Array.from(atob(document.getElementById("engine").textContent), c => c.charCodeAt(0));
            const engine = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
            window.clerk = new Worker(URL.createObjectURL(new Blob([engine, "\\n", document.getElementById("worker").textContent])));
            window.asking = [];
            clerk.onmessage = e => asking.shift()(e.data.answer);
            window.asked = q => new Promise(d => { asking.push(d); clerk.postMessage({ number: 1, question: q }); });
            window.plain = v => Array.isArray(v) || ArrayBuffer.isView(v) ? [...v].map(plain)
                : v && typeof v === "object" ? Object.fromEntries(Object.entries(v).map(([k, w]) => [k, plain(w)]))
                : typeof v === "number" && !Number.isFinite(v) ? String(v) : v;
            })()\
            """);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static ExplorerPage page(List<String> names) {
        List<ExplorerPage.Tuned> rules = names.stream()
                .map(name -> new ExplorerPage.Tuned(Catalogue.shipped(name), Map.of()))
                .toList();
        return new ExplorerPage(rules, "x^4/4", List.of(1.0), 1000);
    }

    /// Answers of the engine, in the order of the questions.
    private static JsonNode asked(List<Map<String, Object>> questions) throws IOException {
        return browser.evaluate("(async () => { const all = []; for (const q of " + JsonDocument.text(questions)
                + ") all.push(plain(await asked(q))); return all; })()");
    }

    private record Case(OptimizerRule rule, String objective, List<Double> x0, String arithmetic) {
        Map<String, Object> question() {
            return JsonDocument.object(
                    "kind",
                    "run",
                    "rule",
                    rule.text(),
                    "values",
                    Map.of(),
                    "objective",
                    objective,
                    "x0",
                    x0,
                    "start",
                    "zero",
                    "arithmetic",
                    arithmetic,
                    "steps",
                    STEPS,
                    "every",
                    7);
        }

        Iteration iteration() {
            return new Iteration(
                    rule,
                    FormulaObjective.read(objective),
                    Map.of(),
                    x0,
                    ClosedMap.Start.ZERO,
                    arithmetic.equals("double") ? Arithmetic.DOUBLE : Arithmetic.SCALED);
        }

        Trajectory run() {
            return new SingleRun(iteration(), STEPS, 7).run();
        }
    }

    @Test
    void everyOptimizerRunsToTheSameBitsAsInTheProgram() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String name : Catalogue.NAMES) {
            OptimizerRule rule = Catalogue.shipped(name);
            for (String arithmetic : List.of("double", "scaled")) {
                cases.add(new Case(rule, "x^4/4", List.of(0.7), arithmetic));
                cases.add(new Case(rule, "3*x^2/2", List.of(-1.25), arithmetic));
            }
            cases.add(new Case(rule, "rosenbrock", List.of(-1.0, 1.5), "double"));
            cases.add(new Case(rule, "log(1 + exp(x)) - x/3 + tanh(x)^2", List.of(0.7), "double"));
            cases.add(new Case(rule, "abs(x)^3.5 + cos(x)", List.of(0.7), "double"));
        }
        JsonNode answers = asked(cases.stream().map(Case::question).toList());
        for (int i = 0; i < cases.size(); i++) {
            Trajectory run = cases.get(i).run();
            String about = cases.get(i).rule().name() + " " + cases.get(i);
            assertThat(answers.get(i).path("sentence").asText())
                    .as(about)
                    .isEqualTo(run.outcome().sentence());
            for (String x : FormulaObjective.read(cases.get(i).objective()).variables()) {
                assertThat(numbers(answers.get(i).path("columns").path(x)))
                        .as(about)
                        .isEqualTo(run.table().numbers(x));
            }
        }
    }

    /// No step of a chaotic map may differ in its last digit, or all that follow do: 10⁵ of each function.
    @Test
    void functionsHaveTheBitsOfTheProgramOverALongWildRun() throws IOException {
        OptimizerRule wild = RuleReader.read("wild", """
            optimizer wild
            hyper lr = 1 in (0, inf)
            x <- 2*cos(3*x + lr*g) + 2*sin(17*x) + 1.5*exp(-x*x) + 0.3*log(1 + abs(x)^1.7) + tanh(x)
            """);
        Case run = new Case(wild, "x^2/2", List.of(0.7), "double");
        Map<String, Object> question = run.question();
        question.putAll(Map.of("steps", 100_000, "every", 999));
        JsonNode answer = asked(List.of(question)).get(0);
        Trajectory expected = new SingleRun(run.iteration(), 100_000, 999).run();
        assertThat(numbers(answer.path("columns").path("x")))
                .isEqualTo(expected.table().numbers("x"));
        assertThat(answer.path("x").get(0).asDouble()).isBetween(-9.0, 9.0);
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = array.get(i);
            numbers[i] = number.isTextual() ? Double.parseDouble(number.asText()) : number.asDouble();
        }
        return numbers;
    }

    @Test
    void planesByGeneratedScriptHaveTheOutcomesOfTheProgramsKernel() throws IOException {
        for (String name : List.of("adam", "rmsprop", "heavy-ball", "lion", "amsgrad", "adamax", "padam")) {
            OptimizerRule rule = Catalogue.shipped(name);
            String objective = name.equals("adam") ? "log(1 + exp(x)) - x/3" : "x^4/4";
            String second = rule.hyperNames().contains("beta2")
                    ? "beta2"
                    : rule.hyperNames().get(1);
            Axis x = Axis.read("lr=0.001:2:9:log");
            Axis y = Axis.read(second + "=0.05:0.99:9");
            Map<String, Double> values = new java.util.HashMap<>(rule.values(Map.of()));
            values.keySet().removeAll(List.of("lr", second));
            Table expected = new PhaseSweep(
                            new Iteration(
                                    rule,
                                    FormulaObjective.read(objective),
                                    values,
                                    List.of(1.0),
                                    ClosedMap.Start.ZERO,
                                    Arithmetic.DOUBLE),
                            x,
                            y,
                            1000)
                    .toSweep()
                    .prepared()
                    .rows(LongStream.range(0, 81).toArray(), () -> false);
            Map<String, Object> plane = JsonDocument.object(
                    "kind",
                    "plane",
                    "plane",
                    1,
                    "rule",
                    rule.text(),
                    "values",
                    Map.of(),
                    "objective",
                    objective,
                    "x0",
                    List.of(1),
                    "start",
                    "zero",
                    "arithmetic",
                    "double",
                    "steps",
                    1000,
                    "x",
                    "lr",
                    "xFrom",
                    0.001,
                    "xTo",
                    2,
                    "xPoints",
                    9,
                    "xScale",
                    "log",
                    "y",
                    second,
                    "yFrom",
                    0.05,
                    "yTo",
                    0.99,
                    "yPoints",
                    9,
                    "yScale",
                    "linear");
            Map<String, Object> rows = JsonDocument.object(
                    "kind",
                    "rows",
                    "plane",
                    1,
                    "points",
                    LongStream.range(0, 81).boxed().toList());
            JsonNode answers = asked(List.of(plane, rows));
            assertThat(words(answers.get(1).path("outcome"))).as(name).isEqualTo(expected.words("outcome"));
            double[] levels = numbers(answers.get(1).path("sustainedMinLog10Loss"));
            double[] there = expected.numbers("sustainedMinLog10Loss");
            for (int i = 0; i < levels.length; i++) {
                // log10 is the browser's own, its last digit may differ
                assertThat(Double.compare(levels[i], there[i]) == 0
                                || Math.abs(levels[i] - there[i]) < 1e-9 * Math.abs(there[i]) + 1e-12)
                        .as(name + " " + i + ": " + levels[i] + " " + there[i])
                        .isTrue();
            }
        }
    }

    /// Single precision keeps 7 digits.
    @Test
    void whatThePageBringsWithItIsWhatItsEngineAnswers() throws IOException {
        String faults = browser.evaluate("""
            (async () => {
                const given = JSON.parse(document.getElementById("given").textContent, (k, v) => v?.number !== undefined ? Number(v.number)
                    : v?.f32 !== undefined ? new Float32Array(Uint8Array.from(atob(v.f32), c => c.charCodeAt(0)).buffer) : v);
                const faults = [];
                const near = (a, b) => Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-6 * Math.abs(b);
                const compare = (a, b, at) => {
                    if (typeof a === "number") { if (!near(a, b) && !(Math.abs(b) > 3e38 && !Number.isFinite(a))) faults.push(at + ": " + a + " " + b); }
                    else if (ArrayBuffer.isView(a) || Array.isArray(a)) { if (a.length !== b.length) faults.push(at + " lengths"); a.forEach((v, i) => compare(v, b[i], at + "/" + i)); }
                    else if (a && typeof a === "object") Object.keys(a).forEach(k => compare(a[k], b[k], at + "/" + k));
                    else if (a !== b) faults.push(at + ": " + a + " " + b);
                };
                for (const { question, answer } of given.known) {
                    const own = await asked(answer.points ? { ...question, points: answer.points } : question);
                    if (own.outcome) Object.assign(own, { kinds: own.outcome.map(w => given.words.indexOf(w)), stride: answer.stride });
                    if (answer.brief) own.brief = true;
                    compare(answer, own, question.kind);
                }
                return given.known.map(k => k.question.kind).join(" ") + "|" + faults.slice(0, 5).join("; ");
            })()\
            """).asText();
        assertThat(faults).isEqualTo("check objective run theory plane|");
    }

    @Test
    void risesAreExplainedInTheWordsOfDiagnose() throws IOException {
        Path out = folder.resolve("rises");
        program(
                "simulate",
                "--optimizer",
                "adam",
                "--objective",
                "x^4/4",
                "--x0",
                "1",
                "--set",
                "eps=0,beta1=0.8,beta2=0.75",
                "--steps",
                "1500",
                "--out",
                out.toString());
        RunLog log = LogReader.read(out, NameMap.byDefault()).getFirst();
        Diagnosis expected = Diagnosis.of(log, Circumstances.of(log));
        Map<String, Object> question = new java.util.LinkedHashMap<>(
                new Case(Catalogue.shipped("adam"), "x^4/4", List.of(1.0), "double").question());
        Map<String, Double> values = Map.of("eps", 0.0, "beta1", 0.8, "beta2", 0.75);
        question.putAll(Map.of("kind", "diagnosis", "values", values, "steps", 1500, "every", 1));
        JsonNode answer = asked(List.of(question)).get(0);
        assertThat(answer.path("sentence").asText())
                .isEqualTo(expected.outcome().sentence());
        assertThat(answer.path("events")).hasSameSizeAs(expected.events()).isNotEmpty();
        for (int i = 0; i < expected.events().size(); i++) {
            assertThat(words(answer.path("events").get(i).path("lines")))
                    .isEqualTo(RiseWords.lines(expected.events().get(i), new java.util.HashSet<>()));
        }
        List<String> highest = RiseWords.lines(
                expected.events().stream()
                        .max(java.util.Comparator.comparingDouble(
                                event -> event.event().height()))
                        .orElseThrow(),
                new java.util.HashSet<>());
        assertThat(program("diagnose", out.toString())).containsAll(highest);
    }

    /// The lines that the program prints.
    private static List<String> program(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        assertThat(code).isZero();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /// x' = −x on x²/2 from 1, so L = e^(−2t)/2 at time t = lr·step.
    @Test
    void theFlowBesideGradientDescentIsTheExponential() throws IOException {
        Map<String, Object> question = new java.util.LinkedHashMap<>(
                new Case(Catalogue.shipped("gd"), "x^2/2", List.of(1.0), "double").question());
        question.putAll(Map.of("kind", "flow", "values", Map.of("lr", 0.1), "steps", 100));
        JsonNode answer = asked(List.of(question)).get(0);
        double[] steps = numbers(answer.path("step"));
        double[] losses = numbers(answer.path("log10Loss"));
        assertThat(steps[steps.length - 1]).isEqualTo(100);
        for (int i = 0; i < steps.length; i++) {
            // the solver's tolerance
            assertThat(losses[i])
                    .isEqualTo(
                            Math.log10(0.5) - 2 * 0.1 * steps[i] / Math.log(10),
                            org.assertj.core.api.Assertions.offset(1e-6));
        }
    }

    @Test
    void orbitsAndBasinsAreThoseOfTheProgram() throws IOException {
        OptimizerRule adam = Catalogue.shipped("adam");
        Map<String, Object> given =
                new java.util.LinkedHashMap<>(new Case(adam, "x^4/4", List.of(1.0), "double").question());
        given.put("values", Map.of("eps", 0.0, "beta2", 0.75));
        Map<String, Object> orbit = new java.util.LinkedHashMap<>(given);
        orbit.putAll(
                Map.of("kind", "orbit", "x", "beta1", "xFrom", 0.2, "xTo", 0.9, "xPoints", 15, "xScale", "linear"));
        Map<String, Object> basin = new java.util.LinkedHashMap<>(given);
        basin.putAll(Map.of("kind", "plane", "x", "x", "xFrom", -1, "xTo", 2, "xPoints", 7, "xScale", "linear"));
        basin.putAll(Map.of("y", "v", "yFrom", 0, "yTo", 1, "yPoints", 5, "yScale", "linear"));
        basin.put("points", LongStream.range(0, 35).boxed().toList());
        JsonNode answers = asked(List.of(orbit, basin));
        OrbitSweep.Result found = new OrbitSweep(
                        adam,
                        FormulaObjective.read("x^4/4"),
                        Map.of("lr", 0.001, "eps", 0.0, "beta2", 0.75),
                        Axis.read("beta1=0.2:0.9:15"),
                        "relativeStep",
                        OrbitSweep.Variables.REDUCED,
                        List.of(0.1),
                        new OrbitDiagram.Length(1000, 4000, 120))
                .run();
        assertThat(words(answers.get(0).path("motion")))
                .isEqualTo(found.exponents().words("motion"));
        double[] fixed = numbers(answers.get(0).path("fixedPoint"));
        double[] there = found.exponents().numbers("fixedPoint");
        for (int i = 0; i < fixed.length; i++) {
            assertThat(Double.compare(fixed[i], there[i]) == 0 || Math.abs(fixed[i] - there[i]) < 1e-9)
                    .as(i + ": " + fixed[i] + " " + there[i])
                    .isTrue();
        }
        Table starts = new BasinSweep(
                        new Iteration(
                                adam,
                                FormulaObjective.read("x^4/4"),
                                Map.of("eps", 0.0, "beta2", 0.75),
                                List.of(1.0),
                                ClosedMap.Start.ZERO,
                                Arithmetic.DOUBLE),
                        Axis.read("x=-1:2:7"),
                        Axis.read("v=0:1:5"),
                        STEPS)
                .toSweep()
                .prepared()
                .rows(LongStream.range(0, 35).toArray(), () -> false);
        assertThat(words(answers.get(1).path("outcome"))).isEqualTo(starts.words("outcome"));
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }

    /// What goes before a statement that is wrong.
    private static final String HEAD = "optimizer a\nhyper lr = 0.1 in (0, inf)\nstate m = 0\n";

    private static final List<String> WRONG = List.of(
            "",
            "optimizer",
            "optimiser a",
            "optimizer a\nhyper",
            "optimizer a\nhyper lr = 2 in [0, 1]",
            "optimizer a\nhyper lr = 1 in [2, 1]",
            "optimizer a\nhyper g = 1\nx <- x",
            "optimizer a\nhyper lr = 1\nhyper lr = 2\nx <- x",
            "optimizer a\nstate m\nx <- x - m",
            HEAD,
            HEAD + "x <- x - lr*q",
            HEAD + "x <- x - lr**g",
            HEAD + "x <- x - lr * * g",
            HEAD + "x <- x - 2g",
            HEAD + "x <- x - lr*(g",
            HEAD + "x <- x - lr*g)",
            HEAD + "x <- x - lr*m²",
            HEAD + "x <- x − lr*g",
            HEAD + "x = x - lr*g",
            HEAD + "q <- lr*g\nx <- x - q",
            HEAD + "m = g\nx <- x - m",
            HEAD + "x <- x - sqrt(m, g)",
            HEAD + "x <- x - squrt(m)",
            HEAD + "x <- x - max(m)",
            HEAD + "x <- x - 1e999*g",
            HEAD + "precondition P = g\nprecondition Q = g\nx <- x - g/P",
            HEAD + "m <- 0.9*m +\nx <- x - m",
            HEAD + "x <- x - lr*g if g > 0",
            HEAD + "x <- " + "(".repeat(500) + "x" + ")".repeat(500),
            HEAD + "x <- x - \u00A0lr*g",
            HEAD + "evaluate = g\nx <- x - g");

    @Test
    void aWrongRuleIsRefusedAtTheSamePlaceInTheSameWords() throws IOException {
        JsonNode answers = asked(WRONG.stream()
                .map(text -> JsonDocument.object("kind", "check", "rule", text))
                .toList());
        for (int i = 0; i < WRONG.size(); i++) {
            FormulaException wrong = fault(WRONG.get(i));
            assertThat(answers.get(i).path("error").asText()).isEqualTo(wrong.problem());
            assertThat(answers.get(i).path("line").asInt()).isEqualTo(wrong.line());
            assertThat(answers.get(i).path("column").asInt()).isEqualTo(wrong.column());
        }
    }

    private static FormulaException fault(String text) {
        try {
            RuleReader.read("rule", text);
        } catch (FormulaException wrong) {
            return wrong;
        }
        throw new AssertionError("read: " + text);
    }
}
