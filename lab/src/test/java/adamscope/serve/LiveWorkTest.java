package adamscope.serve;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.cli.Main;
import adamscope.experiment.ExperimentDraft;
import adamscope.run.Host;
import adamscope.run.Progress;
import adamscope.store.FolderLock;
import adamscope.text.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that pages begin, by a program that only waits.
class LiveWorkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String TRAINING = """
        kind: train
        model: {kind: fully-connected, hidden: [4]}
        data: {source: sine-sum, samples: 16, dimension: 2}
        optimizer: {name: adam, lr: 1e-2}
        steps: 100
        """;

    private static final String SWEEP = """
        kind: sweep
        base:
          kind: simulation
          optimizer: {name: gd}
          objective: x^2/2
          x0: [1]
          steps: 200
        axes:
          lr: [0.5, 1, 3]
        """;

    @TempDir
    private Path folder;

    private final List<String> remarks = new CopyOnWriteArrayList<>();
    private Path runs;
    private Server server;

    @BeforeEach
    void start() throws IOException {
        runs = Files.createDirectory(folder.resolve("runs")).toRealPath();
        server = served();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Server served() {
        return Server.start(runs, "127.0.0.1", 0, new OwnProgram(IdleProgram.class.getName()), new Host() {
            @Override
            public Progress progress(String task, long total, String unit) {
                return Host.QUIET.progress(task, total, unit);
            }

            @Override
            public void remark(String text) {
                remarks.add(text);
            }

            @Override
            public BooleanSupplier stopping() {
                return () -> false;
            }
        });
    }

    private HttpResponse<String> asked(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path));
    }

    private HttpResponse<String> posted(String path, Map<String, Object> body) throws Exception {
        return asked(at(path).POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpResponse<String> begun(String text) throws Exception {
        return posted("start", Map.of("name", "a.yaml", "text", text));
    }

    private HttpResponse<String> ordered(String what, String run) throws Exception {
        return posted(what, Map.of("run", run));
    }

    private static String run(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("run").asText();
    }

    private JsonNode watched(String run) throws Exception {
        HttpResponse<String> answer = asked(at("watch?run=" + URLEncoder.encode(run, StandardCharsets.UTF_8))
                .GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("runs").path(0);
    }

    private JsonNode awaited(String run, Predicate<JsonNode> reached) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        JsonNode seen = watched(run);
        while (!reached.test(seen)) {
            assertThat(System.nanoTime()).as(seen.toString()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
            seen = watched(run);
        }
        return seen;
    }

    private JsonNode awaited(String run, String state) throws Exception {
        return awaited(run, seen -> seen.path("state").asText().equals(state));
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> inside = Files.list(runs)) {
            return inside.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    @Test
    void aRunIsWatchedStoppedAndGoneOnWith() throws Exception {
        String run = run(begun(TRAINING));
        JsonNode seen = awaited(run, now -> now.path("done").asLong() == 1);
        assertThat(seen.path("state").asText()).isEqualTo("running");
        assertThat(seen.path("total").asLong()).isEqualTo(100);
        assertThat(seen.path("trainings").path(0).path("loss").toString()).isEqualTo("{\"x\":[1.0],\"y\":[0.5]}");
        HttpResponse<String> again = ordered("resume", run);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body())
                .matches("another process \\(pid \\d+\\) is at work in \\Q" + runs.resolve(run)
                        + "\\E; wait for it, or end it first\n");
        assertThat(ordered("stop", run).statusCode()).isEqualTo(200);
        seen = awaited(run, "stopped");
        assertThat(seen.path("words").asText()).isEqualTo("interrupted after step 1; go on with: adamscope train");
        assertThat(seen.path("mayResume").asBoolean()).isTrue();
        assertThat(ordered("stop", run).body()).startsWith("no work on ");
        assertThat(ordered("resume", run).statusCode()).isEqualTo(200);
        Set<String> states = new LinkedHashSet<>();
        awaited(run, now -> {
            states.add(now.path("state").asText());
            return states.contains("running");
        });
        assertThat(states).containsExactly("starting", "running");
    }

    /// As `train -c` says it; nothing is begun.
    @Test
    void aTextThatIsWrongIsAnsweredInWords() throws Exception {
        for (String wrong : List.of(
                TRAINING.replace("adam,", "adm,"),
                TRAINING.replace("1e-2", "-1"),
                TRAINING + "stps: 3\n",
                "kind: phase\n",
                "kind: [",
                "",
                "x")) {
            HttpResponse<String> answer = begun(wrong);
            String words = Assertions.catchThrowable(
                            () -> ExperimentDraft.parse("a.yaml", wrong).trainings())
                    .getMessage();
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body().strip()).isEqualTo(words.strip());
        }
        assertThat(posted("start", Map.of("name", "a.yaml")).statusCode()).isEqualTo(400);
        assertThat(posted("start", Map.of("name", 3, "text", TRAINING)).statusCode())
                .isEqualTo(400);
        for (String wrong : List.of("null", "[1]", "{", "\"x\"", "{\"a\": REDACTED}")) {
            HttpResponse<String> answer = asked(at("start").POST(HttpRequest.BodyPublishers.ofString(wrong)));
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(answer.body())
                    .as(wrong)
                    .startsWith("what was sent is no object of JSON")
                    .hasLineCount(1);
        }
        assertThat(begun(" ".repeat(300_000)).statusCode()).isEqualTo(413);
        assertThat(folders()).isEmpty();
    }

    @Test
    void aTextNamesNoFileOutsideTheFolder() throws Exception {
        Path outside = Files.writeString(folder.resolve("a.csv"), "x,y\n1,2\n");
        Files.createSymbolicLink(runs.resolve("link.csv"), outside);
        Files.createSymbolicLink(runs.resolve("away"), folder);
        String table = TRAINING.replaceFirst("data: .*", "data: {source: table, file: FILE, targets: [y]}");
        for (String file : List.of("../a.csv", outside.toString(), "link.csv", "away/a.csv", "x/../../a.csv")) {
            assertThat(begun(table.replace("FILE", file)).body())
                    .startsWith("a.yaml:3: data.file: ")
                    .endsWith("; only files in that folder are used here\n");
        }
        for (String rule : List.of("../a.opt", "/etc/passwd", "away/a.csv")) {
            assertThat(begun(TRAINING.replace("adam", rule)).body()).contains(" lies outside ");
        }
        assertThat(begun(TRAINING.replaceFirst("model: .*", "model: {kind: torchscript, file: ../m.pt}"))
                        .body())
                .contains(" lies outside ");
        assertThat(folders()).isEmpty();
        assertThat(begun(table.replace("FILE", "b.csv")).body())
                .isEqualTo("a.yaml:3: data.file: there is no file " + runs.resolve("b.csv") + "\n");
        assertThat(begun(TRAINING.replace("{name: adam", "{name: \"<b>x</b>\"")).body())
                .isEqualTo("a.yaml:4: optimizer.name: there is no file " + runs.resolve("<b>x</b>") + "\n");
        Files.writeString(runs.resolve("b.csv"), "x,y\n1,2\n");
        run(begun(table.replace("FILE", "b.csv")));
        // nor does a run that somebody put there
        Path foreign = Files.createDirectory(runs.resolve("foreign"));
        Files.writeString(foreign.resolve("experiment.yaml"), table.replace("FILE", outside.toString()));
        assertThat(ordered("resume", "foreign").body()).contains(" lies outside ");
    }

    @Test
    void twoAreAtWorkTheOthersWaitInALineThatEnds() throws Exception {
        for (int i = 0; i < 18; i++) {
            run(begun(TRAINING + "seed: " + i + "\n"));
        }
        HttpResponse<String> full = begun(TRAINING + "seed: 18\n");
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(full.body()).startsWith("too much waits: 18 runs are at work or in line");
        List<String> names =
                folders().stream().map(run -> run.getFileName().toString()).toList();
        assertThat(names).hasSize(18);
        String waiting = "";
        int atWork = 0;
        for (String name : names) {
            boolean waits = watched(name).path("state").asText().equals("waiting");
            waiting = waits ? name : waiting;
            atWork += waits ? 0 : 1;
        }
        assertThat(atWork).isEqualTo(2);
        assertThat(ordered("resume", waiting).body()).endsWith(" waits for its turn already\n");
        assertThat(ordered("stop", waiting).statusCode()).isEqualTo(200);
        assertThat(watched(waiting).path("state").asText()).isEqualTo("stopped");
        run(begun(TRAINING + "seed: 18\n"));
    }

    @Test
    void theSameTextTwiceIsTwoRuns() throws Exception {
        String one = run(begun(TRAINING));
        String two = run(begun(TRAINING));
        assertThat(List.of(one, two)).allMatch(name -> name.matches("train-adam-[0-9a-f]{6}-[12]"));
        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void whatTheProgramRefusesIsSaidAtOnceAndLeavesNothing() throws Exception {
        HttpResponse<String> refused = begun(TRAINING.replace("100", "7"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("the data are missing\n");
        assertThat(folders()).isEmpty();
    }

    @Test
    void whatTheProgramRefusesWhenItsTurnHasComeLeavesNothing() throws Exception {
        String first = run(begun(TRAINING));
        String second = run(begun(TRAINING));
        String run = run(begun(TRAINING.replace("100", "7")));
        ordered("stop", first);
        assertThat(awaited(run, "gone").path("words").asText()).isEqualTo("the data are missing");
        assertThat(folders())
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aRunOfAnotherTerminalIsWatchedAndNotTouched() throws Exception {
        Path run = Files.createDirectory(runs.resolve("mine"));
        Files.writeString(run.resolve("experiment.yaml"), TRAINING);
        try (FolderLock _ = FolderLock.take(run)) {
            Files.writeString(run.resolve("live.jsonl"), "{\"step\":1,\"loss\":null}\n{\"step\":2,\"loss\":2}\n");
            Files.writeString(run.resolve("probes.jsonl"), """
                {"step":1,"preconditionedSharpness":1.0,"threshold":2.0}
                {"step":2,"preconditionedSharpness":3.0,"threshold":2.0}
                """);
            JsonNode seen = watched("mine");
            assertThat(seen.path("state").asText()).isEqualTo("elsewhere");
            assertThat(seen.path("mayStop").asBoolean()).isFalse();
            assertThat(seen.path("mayResume").asBoolean()).isFalse();
            assertThat(seen.path("trainings").path(0).path("loss").toString())
                    .isEqualTo("{\"x\":[1.0,2.0],\"y\":[null,2.0]}");
            // the ratio goes from 0.5 to 1.5
            assertThat(seen.path("events").findValuesAsText("step")).containsExactly("1.5");
            assertThat(ordered("resume", "mine").body()).startsWith("another process (pid ");
            assertThat(ordered("stop", "mine").body()).startsWith("no work on ");
        }
        // a run that goes on from a checkpoint is shorter at first
        Files.writeString(run.resolve("live.jsonl"), "{\"step\":1,\"loss\":5}\n");
        assertThat(watched("mine").path("trainings").path(0).path("loss").toString())
                .isEqualTo("{\"x\":[1.0],\"y\":[5.0]}");
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files).hasSize(3);
        }
    }

    /// A loss that jumps and comes back is told with its cause, as `diagnose` does.
    @Test
    void aRiseOfTheLossIsToldWhenItCame() throws Exception {
        Path run = Files.createDirectory(runs.resolve("spiky"));
        Files.writeString(run.resolve("experiment.yaml"), TRAINING);
        StringBuilder rows = new StringBuilder();
        for (int step = 1; step <= 90; step++) {
            rows.append("{\"step\":" + step + ",\"loss\":" + (step == 70 ? 9 : 1.0 / step) + "}\n");
        }
        Files.writeString(run.resolve("live.jsonl"), rows);
        JsonNode seen = awaited("spiky", now -> now.path("events").size() > 0);
        assertThat(seen.path("events").path(0).path("words").asText()).contains("at step 70");
    }

    /// Three learning rates of gradient descent on x²/2, of which lr = 3 diverges; another process may be at work.
    @Test
    void aSweepShowsWhatItHasAndIsAsked() throws Exception {
        Path run = runs.resolve("rates");
        Path text = Files.writeString(folder.resolve("s.yaml"), SWEEP);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        assertThat(Main.run(List.of("sweep", "-c", text.toString(), "--out", run.toString()), nowhere, nowhere))
                .isZero();
        // as it was before its end: rows, but no provenance
        Files.delete(run.resolve("provenance.json"));
        try (FolderLock _ = FolderLock.take(run)) {
            JsonNode seen = watched("rates");
            assertThat(seen.path("state").asText()).isEqualTo("elsewhere");
            assertThat(seen.path("done").asInt()).isEqualTo(3);
            assertThat(seen.path("total").asInt()).isEqualTo(3);
            JsonNode answer = JSON.readTree(posted(
                            "query",
                            Map.of(
                                    "run",
                                    "rates",
                                    "select",
                                    "select lr, outcome from sweep where outcome = 'converged' order by lr"))
                    .body());
            assertThat(answer.path("rows").toString()).isEqualTo("[[\"0.5\",\"converged\"],[\"1.0\",\"converged\"]]");
            assertThat(asked(at("picture?run=rates").GET()).body()).startsWith("<svg");
        }
        for (String wrong :
                List.of("drop table sweep", "select x from sweep", "select * from '/etc/passwd'", "", "(")) {
            assertThat(posted("query", Map.of("run", "rates", "select", wrong)).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        JsonNode many = JSON.readTree(
                posted("query", Map.of("run", "rates", "select", "select range from range(1000000000000)"))
                        .body());
        assertThat(many.path("rows")).hasSize(1000);
        assertThat(many.path("more").asBoolean()).isTrue();
        JsonNode wide = JSON.readTree(posted("query", Map.of("run", "rates", "select", "select repeat('x', 20000)"))
                .body());
        assertThat(wide.path("rows").path(0).path(0).asText()).hasSize(10_001).endsWith("x…");
        assertThat(asked(at("picture?run=none").GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void ofASweepWithoutAPointNothingIsThereYet() throws Exception {
        Files.createDirectory(runs.resolve("rates"));
        Files.writeString(runs.resolve("rates/experiment.yaml"), SWEEP);
        JsonNode answer = JSON.readTree(posted("query", Map.of("run", "rates", "select", "select * from sweep"))
                .body());
        assertThat(answer.path("columns").toString()).startsWith("[\"run\",\"lr\",\"outcome\",");
        assertThat(answer.path("rows")).isEmpty();
    }

    /// The list is made for those who came before it was begun, not for each of them.
    @Test
    void manyAtOnceAreGivenOneList() throws Exception {
        Files.createDirectory(runs.resolve("rates"));
        Files.writeString(runs.resolve("rates/experiment.yaml"), SWEEP);
        List<CompletableFuture<HttpResponse<String>>> many = IntStream.range(0, 200)
                .mapToObj(_ -> CLIENT.sendAsync(at("").GET().build(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        for (CompletableFuture<HttpResponse<String>> one : many) {
            assertThat(one.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPageOfTheListIsToldWhatIsNewAndNothingElse() throws Exception {
        HttpResponse<String> none = asked(at("list").GET());
        assertThat(none.body()).isEqualTo("<p>No run yet.</p>");
        String tag = none.headers().firstValue("ETag").orElseThrow();
        assertThat(asked(at("").GET()).body()).contains("data-tag=\"" + tag.replace("\"", "&quot;") + "\"");
        assertThat(asked(at("list").header("If-None-Match", tag).GET()).statusCode())
                .isEqualTo(304);
        Files.createDirectory(runs.resolve("mine"));
        Files.writeString(runs.resolve("mine/experiment.yaml"), TRAINING);
        HttpResponse<String> one = asked(at("list").header("If-None-Match", tag).GET());
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.body()).contains("value=\"mine\"");
    }

    /// A rise of 4 decades and a loss that is no number, among 300 crossings of the threshold.
    @Test
    void risesAreToldBeforeCrossingsAndWhatIsLeftOutIsCounted() throws Exception {
        Path run = Files.createDirectory(runs.resolve("many"));
        Files.writeString(run.resolve("experiment.yaml"), TRAINING);
        StringBuilder rows = new StringBuilder();
        StringBuilder looks = new StringBuilder();
        for (int step = 1; step <= 301; step++) {
            String loss = step == 50 ? "100" : step > 290 ? "null" : "0.01";
            rows.append("{\"step\":" + step + ",\"loss\":" + loss + "}\n");
            looks.append("{\"step\":" + step + ",\"preconditionedSharpness\":" + (step % 2 == 0 ? 3 : 1)
                    + ",\"threshold\":2}\n");
        }
        Files.writeString(run.resolve("live.jsonl"), rows);
        Files.writeString(run.resolve("probes.jsonl"), looks);
        JsonNode seen = awaited(
                "many", now -> now.path("events").findValuesAsText("kind").contains("rise"));
        List<String> kinds = seen.path("events").findValuesAsText("kind");
        long rises = kinds.stream().filter("rise"::equals).count();
        assertThat(kinds).hasSize(100);
        assertThat(rises).isBetween(1L, 4L);
        assertThat(seen.path("untoldRises").asLong()).isZero();
        assertThat(seen.path("untoldCrossings").asLong()).isEqualTo(300 - (100 - rises));
        assertThat(seen.path("undiagnosed").asBoolean()).isFalse();
    }

    @Test
    void theListKnowsWhatRunsFound() throws Exception {
        Path run = Files.createDirectory(runs.resolve("mine"));
        Files.writeString(run.resolve("experiment.yaml"), TRAINING);
        Files.writeString(run.resolve("live.jsonl"), "{\"step\":1,\"loss\":0.25}\n{\"step\":2,\"lo");
        assertThat(asked(at("").GET()).body().replaceAll("<td[^>]*>", "<td>"))
                .contains("<td>adam</td><td>0.01</td>", "<td>stopped</td><td></td><td>0.2500</td>");
    }

    @Test
    void whenTheServerEndsItsRunsEndToo() throws Exception {
        String run = run(begun(TRAINING));
        run(begun(TRAINING + "seed: 1\n"));
        String waiting = run(begun(TRAINING + "seed: 2\n"));
        awaited(run, now -> now.path("done").asLong() == 1);
        assertThat(watched(waiting).path("state").asText()).isEqualTo("waiting");
        server.close();
        assertThat(remarks)
                .contains("adamscope: interrupted before its turn; go on with: adamscope train --resume "
                        + Shell.word(runs.resolve(waiting)));
        FolderLock.take(runs.resolve(run)).close();
        server = served();
        for (String name : List.of(run, waiting)) {
            assertThat(watched(name).path("state").asText()).isEqualTo("stopped");
            assertThat(ordered("resume", name).statusCode()).isEqualTo(200);
            awaited(name, "running");
        }
    }

    /// Each begins runs of its own, and leaves those of the other alone; what waits in the line of one may be taken
    /// by the other, and is not taken away when its turn comes.
    @Test
    @Tag("slow")
    void twoServersOfOneFolderDoNotDisturbEachOther() throws Exception {
        String first = run(begun(TRAINING));
        String second = run(begun(TRAINING + "seed: 1\n"));
        String waiting = run(begun(TRAINING + "seed: 2\n"));
        awaited(first, "running");
        awaited(second, "running");
        Server here = server;
        try (Server other = served()) {
            server = other;
            assertThat(other.address()).as("the token of the folder").contains(token(here));
            assertThat(watched(first).path("state").asText()).isEqualTo("elsewhere");
            assertThat(ordered("resume", first).body()).contains(" is at work in " + runs.resolve(first));
            assertThat(ordered("stop", first).body()).startsWith("no work on ");
            String own = run(begun(TRAINING + "seed: 3\n"));
            assertThat(own).isNotIn(first, second, waiting);
            assertThat(ordered("resume", waiting).statusCode()).isEqualTo(200);
            awaited(waiting, "running");
            server = here;
            assertThat(ordered("stop", first).statusCode()).isEqualTo(200);
            awaited(waiting, "elsewhere");
            assertThat(watched(waiting).path("words").asText()).contains(" is at work in " + runs.resolve(waiting));
            assertThat(watched(own).path("state").asText()).isEqualTo("elsewhere");
        } finally {
            server = here;
        }
        awaited(waiting, "stopped");
    }

    private static String token(Server of) {
        return URI.create(of.address()).getPath();
    }

    @Test
    void nobodyElseBeginsAnything() throws Exception {
        for (String path : List.of("start", "resume", "stop")) {
            assertThat(asked(at(path).GET()).statusCode()).isEqualTo(405);
            assertThat(asked(at(path).header("Origin", "http://evil.example")
                                    .POST(HttpRequest.BodyPublishers.ofString("{}")))
                            .statusCode())
                    .isEqualTo(403);
            URI open = URI.create(server.address()).resolve("/" + path);
            assertThat(asked(HttpRequest.newBuilder(open).POST(HttpRequest.BodyPublishers.ofString("{}")))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(asked(at(path).POST(HttpRequest.BodyPublishers.ofString("[]")))
                            .statusCode())
                    .isEqualTo(400);
        }
        for (String name : List.of("none", "..", "../runs", "/etc", "", ".serve-token", "a/../..")) {
            assertThat(ordered("stop", name).statusCode()).isEqualTo(404);
            assertThat(ordered("resume", name).statusCode()).isEqualTo(404);
            String given = "run=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
            assertThat(asked(at("watch?" + given).GET()).statusCode()).isEqualTo(404);
            assertThat(asked(at("live?" + given).GET()).statusCode()).isEqualTo(404);
            assertThat(asked(at("?again=" + given.substring(4)).GET()).statusCode())
                    .isEqualTo(404);
        }
        assertThat(asked(at("watch").GET()).statusCode()).isEqualTo(400);
    }

    @Test
    void aPageShowsNamesAsTheyAre() throws Exception {
        Path run = Files.createDirectory(runs.resolve("<b> & 'c'"));
        Files.writeString(run.resolve("experiment.yaml"), TRAINING);
        String given = URLEncoder.encode("<b> & 'c'", StandardCharsets.UTF_8);
        assertThat(asked(at("live?run=" + given).GET()).body())
                .contains("data-runs=\"[&quot;&lt;b&gt; &amp; &#x27;c&#x27;&quot;]\"")
                .doesNotContain("<b>");
        assertThat(asked(at("?again=" + given).GET()).body())
                .contains("live?run=%3Cb%3E+%26+%27c%27", "hidden:", "steps: 100")
                .doesNotContain("<b>");
    }

    /// As the launcher begins it.
    @Test
    void aSweepHasTheMemoryThatTheLauncherGivesIt() throws Exception {
        OwnProgram program = new OwnProgram("Main");
        List<String> given = List.of("-Xmx4g", "-agentlib:jdwp", "-Da=b");
        assertThat(program.command(given, List.of("sweep", "--resume", "a")))
                .containsSubsequence(
                        "-XX:+UseSerialGC", "-Xmx600m", "-Xmx4g", "-Da=b", "Main", "sweep", "--resume", "a")
                .doesNotContain("-agentlib:jdwp");
        assertThat(program.command(List.of("-XX:+UseG1GC"), List.of("sweep"))).doesNotContain("-XX:+UseSerialGC");
        assertThat(program.command(given, List.of("train"))).doesNotContain("-Xmx600m");
        assertThat(Files.readString(Path.of("src/dist/bin/adamscope")))
                .contains("sweep) flags+=(" + String.join(" ", OwnProgram.OF_SWEEPS) + ")");
    }
}
