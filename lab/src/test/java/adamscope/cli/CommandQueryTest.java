package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandQueryTest {

    @TempDir
    private static Path folder;

    /// Two runs in a folder of runs, and an unfinished sweep.
    @BeforeAll
    static void run() throws IOException {
        for (String lr : new String[] {"0.1", "0.2"}) {
            assertThat(Ran.of(
                                    "simulate",
                                    "--optimizer",
                                    "gd",
                                    "--objective",
                                    "x^2/2",
                                    "--x0",
                                    "1",
                                    "--steps",
                                    "3",
                                    "--set",
                                    "lr=" + lr,
                                    "--out",
                                    folder.resolve("runs/inner/gd-" + lr).toString())
                            .code())
                    .isEqualTo(ExitCode.DONE);
        }
        Path unfinished = Files.createDirectories(folder.resolve("runs/cut-off"));
        Files.copy(folder.resolve("runs/inner/gd-0.1/experiment.yaml"), unfinished.resolve("experiment.yaml"));
        Path damaged = Files.createDirectories(folder.resolve("runs/damaged"));
        Files.writeString(damaged.resolve("experiment.yaml"), "kind: nothing\n");
    }

    private static Ran query(String... words) {
        return Ran.of(Stream.concat(Stream.of("query", folder.resolve("runs").toString()), Stream.of(words))
                .toList());
    }

    @Test
    void whatARowLacksIsNull() {
        // The last row of a trajectory has no next step, so no relative step; gradient descent's others are lr.
        JsonNode answer = query(
                        "select max(\"relativeStep\"), avg(\"relativeStep\"), count(\"relativeStep\"), count(*)"
                                + " from trajectory where run like '%0.2'",
                        "--json")
                .json();
        JsonNode row = answer.path("rows").get(0);
        java.util.List<Double> values = new java.util.ArrayList<>();
        row.forEach(value -> values.add(value.asDouble()));
        assertThat(values.get(0)).isCloseTo(0.2, org.assertj.core.api.Assertions.within(1e-15));
        assertThat(values.get(1)).isCloseTo(0.2, org.assertj.core.api.Assertions.within(1e-15));
        assertThat(values.subList(2, 4)).containsExactly(3.0, 4.0);
    }

    @Test
    void aQuestionIsAnsweredOverAllRunsWithTheirNames() {
        JsonNode answer = query(
                        "select run, count(*) as rows, sum(step) as steps from trajectory group by all order by 1",
                        "--json")
                .json();
        assertThat(answer.path("columns")).hasSize(3);
        assertThat(answer.path("rows")).hasSize(2);
        assertThat(answer.path("rows").get(0).path("run").asText())
                .isEqualTo(folder.resolve("runs/inner/gd-0.1").toString());
        assertThat(answer.path("rows").get(0).path("rows").asLong()).isEqualTo(4); // start and three steps
        assertThat(answer.path("rows").get(1).path("steps").asLong()).isEqualTo(6); // 0 + 1 + 2 + 3
    }

    @Test
    void answersAreWrittenAsATableOrWithCommas() {
        String question = "select step, 'a,\"b\"' as word, null as missing from trajectory where run like '%0.1'";
        assertThat(query(question, "--format", "csv").out())
                .isEqualTo(String.format(Locale.ROOT, "step,word,missing%n0,\"a,\"\"b\"\"\",%n1,\"a,\"\"b\"\"\",%n")
                        + String.format(Locale.ROOT, "2,\"a,\"\"b\"\"\",%n3,\"a,\"\"b\"\"\",%n"));
        assertThat(query(question).out())
                .startsWith(String.format(Locale.ROOT, "step  word   missing%n0     a,\"b\"  %n"));
    }

    @Test
    void numbersAreWrittenAsInSentences() {
        assertThat(query(
                                "select 1e-8::DOUBLE, 30::DOUBLE, 'inf'::DOUBLE, '-inf'::DOUBLE, -2.5::DOUBLE,"
                                        + " 'nan'::DOUBLE",
                                "--format",
                                "csv")
                        .out()
                        .lines()
                        .toList()
                        .getLast())
                .isEqualTo("1e-8,30,inf,-inf,-2.5,NaN");
    }

    @Test
    void whatIsNotThereIsNamedWithWhatIs() {
        query("select beta9 from trajectory").isWrong("no column 'beta9'; there are trajectory");
        query("select runn from trajectory").isWrong("trajectory (run, step,");
        query("select final_los from runs").isWrong("no column 'final_los'; there are final_loss, ");
        query("select final_los from runs").isWrong(" more in runs; did you mean 'final_loss'?");
        assertThat(query("select final_los from runs").err())
                .hasSizeLessThan(260)
                .doesNotContain("gradientNorm");
        query("select * from nowhere").isWrong("no table 'nowhere'; there are trajectory");
        query("selec 1").isWrong("query: ");
        Ran.of("query", folder.resolve("runs").toString()).isWrong("a run and a question are needed");
        Ran.of("query", folder.resolve("none").toString(), "select 1").isWrong("no folder");
        Ran.of("query", folder.resolve("runs/cut-off").toString(), "select * from trajectory")
                .isWrong("no table 'trajectory'; there are runs");
    }

    @Test
    void nothingIsWrittenAndNoOtherFileRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.csv"), "a\n1\n");
        query("copy (select 1) to '" + folder.resolve("out.csv") + "'").isWrong("query only reads");
        query("create table t as select 1").isWrong("query only reads");
        query("drop view trajectory").isWrong("query only reads");
        query("set enable_external_access = true").isWrong("query only reads");
        query("select 1; select 2").isWrong("write one SELECT, not 2 statements");
        query("select * from read_csv('" + secret + "')").isWrong("query: ");
        query("select * from '" + secret + "'").isWrong("query: ");
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    /// Damage of every kind is one line of the list.
    @Test
    void aDamagedFolderDoesNotHideTheOthers(@TempDir Path all) throws IOException {
        Path sound = folder.resolve("runs/inner/gd-0.1");
        byte[][] texts = {
            {(byte) 0xff, (byte) 0xfe},
            {},
            "[]".getBytes(StandardCharsets.UTF_8),
            "{".getBytes(StandardCharsets.UTF_8),
            new byte[100]
        };
        for (int i = 0; i < 2 * texts.length; i++) {
            Path run = Files.createDirectories(all.resolve("damaged-" + i));
            for (String file : new String[] {"experiment.yaml", "provenance.json"}) {
                Files.copy(sound.resolve(file), run.resolve(file));
            }
            Files.write(run.resolve(i % 2 == 0 ? "experiment.yaml" : "provenance.json"), texts[i / 2]);
        }
        Path whole = Files.createDirectories(all.resolve("whole"));
        for (String file : new String[] {"experiment.yaml", "provenance.json"}) {
            Files.copy(sound.resolve(file), whole.resolve(file));
        }
        JsonNode runs = Ran.of("runs", all.toString(), "--json").json().path("runs");
        assertThat(runs).hasSize(2 * texts.length + 1);
        for (JsonNode run : runs) {
            assertThat(run.path("state").asText())
                    .as(run.toString())
                    .isEqualTo(run.path("folder").asText().endsWith("whole") ? "complete" : "damaged");
        }
    }

    /// Of a plane of formulas with a derived value, and of trainings that look at their sharpness.
    @ParameterizedTest
    @ValueSource(strings = {"""
        kind: sweep
        base: {kind: simulation, optimizer: {name: gd}, objective: x^2/2, x0: [1], steps: 9}
        axes:
          rate: [0.5, 1]
        derive: {lr: rate/2}
        """, """
            kind: sweep
            base:
              kind: train
              model: {kind: fully-connected, hidden: [2]}
              data: {source: sine-sum, samples: 8, dimension: 1}
              optimizer: {name: adam}
              steps: 4
              probe: 2
            axes:
              lr: [1e-3, 1e-2]
            """})
    void aSweepWithoutAPointHasTheColumnsThatItWillHave(String text, @TempDir Path all) throws IOException {
        Path file = Files.writeString(all.resolve("a.yaml"), text);
        String run = all.resolve("run").toString();
        assertThat(Ran.of("sweep", "-c", file.toString(), "--out", run).code()).isEqualTo(ExitCode.DONE);
        String columns = "select column_name, column_type from (describe sweep)";
        JsonNode finished = Ran.of("query", run, columns, "--json").json().path("rows");
        assertThat(finished.size()).isGreaterThan(3);
        for (String name : List.of("sweep.parquet", "provenance.json")) {
            Files.delete(all.resolve("run").resolve(name));
        }
        assertThat(Ran.of("query", run, columns, "--json").json().path("rows")).isEqualTo(finished);
        assertThat(Ran.of("query", run, "select * from sweep", "--json").json().path("rows"))
                .isEmpty();
    }

    @Test
    void runsListsWhatIsThere() {
        JsonNode runs = Ran.of("runs", folder.resolve("runs").toString(), "--json")
                .json()
                .path("runs");
        assertThat(runs).hasSize(4);
        assertThat(runs.findValuesAsText("state")).containsExactly("unfinished", "damaged", "complete", "complete");
        assertThat(runs.findValuesAsText("kind")).containsExactly("simulation", "", "simulation", "simulation");
        assertThat(runs.get(2).path("bytes").asLong()).isPositive();
        assertThat(Ran.of("runs", folder.resolve("runs").toString()).out())
                .contains("kind", "optimizer", "complete", "unfinished", "gd-0.2");
        Ran.of("runs", folder.resolve("nowhere").toString()).isWrong("no folder");
    }

    /// Gradient descent on x²/2: x falls by 1 − lr a step, so the loss by its square.
    @Test
    void runsAreATableWithWhatWasSetAndWhatCameOut() {
        JsonNode rows = query(
                        "select optimizer, lr, min(final_loss) as loss, count(*) as n, any_value(state) as state from"
                                + " runs where state = 'complete' group by optimizer, lr order by lr",
                        "--json")
                .json()
                .path("rows");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).path("optimizer").asText()).isEqualTo("gd");
        assertThat(rows.get(1).path("lr").asDouble()).isEqualTo(0.2);
        assertThat(rows.get(1).path("loss").asDouble())
                .isCloseTo(0.5 * Math.pow(0.8, 6), org.assertj.core.api.Assertions.within(1e-15));
        assertThat(query("select state from runs where run like '%cut-off' or run like '%damaged'", "--format", "csv")
                        .out()
                        .lines())
                .containsExactlyInAnyOrder("state", "unfinished", "damaged");
    }

    /// Earlier versions, and programs of others in single precision, wrote an absent number as NaN.
    @Test
    void anAbsentNumberThatAnEarlierVersionWroteAsNanIsNull() throws Exception {
        Path run = folder.resolve("old");
        Ran.of(Ran.words("simulate --optimizer gd --objective x^2 --x0 1 --set lr=0.1 --steps 3 --out " + run));
        try (var engine = java.sql.DriverManager.getConnection("jdbc:duckdb:");
                var sql = engine.createStatement()) {
            sql.execute("COPY (SELECT * FROM (VALUES (1, 'NaN'::DOUBLE, 'NaN'::FLOAT), (2, 3.0, 0.5), (3, 5.0, 1.5))"
                    + " AS t(step, a, b)) TO '" + run.resolve("earlier.parquet") + "'");
        }
        assertThat(Ran.of(
                                "query",
                                run.toString(),
                                "select max(a) as a, avg(a) as m, count(a) as n, max(b) as b, avg(b) as mb, count(b) as"
                                        + " nb from earlier",
                                "--format",
                                "csv")
                        .out()
                        .lines())
                .containsExactly("a,m,n,b,mb,nb", "5,4,2,1.5,1,2");
    }

    @Test
    void rowsOfATrainingThatGoesOnAreItsTables() throws IOException {
        Path run = Files.createDirectories(folder.resolve("going-on"));
        Files.writeString(run.resolve("experiment.yaml"), """
            kind: train
            model: {kind: fully-connected, hidden: [8]}
            data: {source: fashion-mnist, per_class: 5}
            loss: half-squared
            optimizer: {name: adam, lr: 1e-3}
            steps: 60
            """);
        Files.writeString(run.resolve("live.jsonl"), """
            {"step":0,"loss":2.5,"gradientNorm":null}
            {"step":1,"loss":1.5,"gradientNorm":3.0,"gradientNorm/weight 1":2.0}
            {"step":2,"loss":1.25,"grad\
            """);
        JsonNode rows = Ran.of(
                        "query",
                        run.toString(),
                        "select r.lr, r.steps_done, r.final_loss, r.min_loss, max(m.\"gradientNorm/weight 1\") as w,"
                            + " count(m.gradientNorm) as n from runs r join measurements m on m.run = r.run group by"
                            + " all",
                        "--json")
                .json()
                .path("rows");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).toString())
                .isEqualTo("{\"lr\":0.001,\"steps_done\":1,\"final_loss\":1.5,\"min_loss\":1.5,\"w\":2.0,\"n\":1}");
        assertThat(Ran.of("compare", run.toString()).out()).contains("unfinished");
    }
}
