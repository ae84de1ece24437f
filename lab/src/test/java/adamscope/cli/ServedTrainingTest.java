package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.run.Host;
import adamscope.serve.OwnProgram;
import adamscope.serve.Server;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trainings that the program itself runs for a page.
@Tag("slow")
class ServedTrainingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String TRAINING = """
        kind: train
        model: {kind: fully-connected, hidden: [50, 50], activation: tanh}
        data: {source: sine-sum, samples: 500, dimension: 2}
        optimizer: {name: adam, lr: 3e-3}
        steps: 1500
        probe: 20
        """;
    private static final OwnProgram PROGRAM = new OwnProgram("adamscope.cli.Main");

    @TempDir
    private Path folder;

    private static JsonNode answered(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode posted(String address, String path, Map<String, String> body)
            throws IOException, InterruptedException {
        return answered(HttpRequest.newBuilder(URI.create(address + path))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private static JsonNode awaited(String address, String run, Predicate<JsonNode> reached)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (true) {
            JsonNode seen = answered(HttpRequest.newBuilder(URI.create(address + "watch?run=" + run)))
                    .path("runs")
                    .path(0);
            if (reached.test(seen)) {
                return seen;
            }
            assertThat(System.nanoTime()).as(seen.toString()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static Predicate<JsonNode> is(String state) {
        return seen -> seen.path("state").asText().equals(state);
    }

    private static Predicate<JsonNode> past(int step) {
        return seen -> seen.path("done").asInt() > step;
    }

    private Path uninterrupted() throws IOException {
        Path text = Files.writeString(folder.resolve("a.yaml"), TRAINING);
        Path whole = folder.resolve("whole");
        assertThat(Ran.of("train", "-c", text.toString(), "--out", whole.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        return whole;
    }

    private static void sameBytes(Path run, Path whole) throws IOException {
        for (String table : List.of("losses.parquet", "measurements.parquet", "probes.parquet", "live.jsonl")) {
            assertThat(Files.mismatch(run.resolve(table), whole.resolve(table)))
                    .as(table)
                    .isEqualTo(-1);
        }
    }

    @Test
    void stoppedAndGoneOnWithItHasTheBytesOfOneThatWasNot() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        try (Server server = Server.start(runs, "127.0.0.1", 0, PROGRAM, Host.QUIET)) {
            String address = server.address();
            String run = posted(address, "start", Map.of("name", "a.yaml", "text", TRAINING))
                    .path("run")
                    .asText();
            awaited(address, run, past(50));
            posted(address, "stop", Map.of("run", run));
            JsonNode stopped = awaited(address, run, is("stopped"));
            assertThat(stopped.path("words").asText()).contains("; go on with: adamscope train --resume ");
            assertThat(stopped.path("done").asInt()).isLessThan(1500);
            posted(address, "resume", Map.of("run", run));
            assertThat(awaited(address, run, is("complete")).path("outcome").asText())
                    .isEqualTo("done");
            sameBytes(runs.resolve(run), uninterrupted());
        }
    }

    /// What was at work ends with the server, also with one that is killed, and goes on in the next.
    @Test
    void whenTheServerIsKilledTheRunStopsAndGoesOnInTheNext() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        Path said = folder.resolve("said.txt");
        Process first = served(runs, said);
        String run;
        try {
            String address = address(said);
            run = posted(address, "start", Map.of("name", "a.yaml", "text", TRAINING))
                    .path("run")
                    .asText();
            awaited(address, run, past(50));
        } finally {
            first.destroyForcibly().waitFor();
        }
        try (Server next = Server.start(runs, "127.0.0.1", 0, PROGRAM, Host.QUIET)) {
            String address = next.address();
            // the same token as before, so that a page finds it again
            assertThat(URI.create(address).getPath())
                    .isEqualTo(URI.create(address(said)).getPath());
            awaited(address, run, is("stopped"));
            posted(address, "resume", Map.of("run", run));
            awaited(address, run, is("complete"));
            sameBytes(runs.resolve(run), uninterrupted());
        }
    }

    @Test
    void whenTheServerIsAskedToEndItSaysHowItsRunsGoOn() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        Path said = folder.resolve("said.txt");
        Process server = served(runs, said);
        String run;
        try {
            String address = address(said);
            run = posted(address, "start", Map.of("name", "a.yaml", "text", TRAINING))
                    .path("run")
                    .asText();
            awaited(address, run, past(50));
            server.destroy();
            assertThat(server.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            server.destroyForcibly();
        }
        assertThat(server.exitValue()).isEqualTo(ExitCode.REQUEUE);
        assertThat(Files.readString(folder.resolve("err.txt")))
                .contains("; go on with: adamscope train --resume " + runs.resolve(run))
                .contains("; the same address again with: adamscope serve ");
        assertThat(runs.resolve(run).resolve(".lock")).doesNotExist();
    }

    private Process served(Path runs, Path said) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "adamscope.cli.Main",
                        "serve",
                        "--port",
                        "0",
                        runs.toString())
                .redirectOutput(said.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    private static String address(Path said) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!Files.exists(said) || !Files.readString(said).endsWith("\n")) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return Files.readString(said).strip();
    }
}
