package adamscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A server as its pages ask it.
///
/// @param address with its token, as it prints it
record AskedServer(String address) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /// The server whose process writes its address to a file.
    static AskedServer of(Path said, Process process) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (!Files.exists(said) || !Files.readString(said).endsWith("\n")) {
            assertThat(process.isAlive()).isTrue();
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return new AskedServer(Files.readString(said).strip());
    }

    /// What is at a path.
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(at(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /// What comes of an object of JSON that is sent to a path.
    HttpResponse<String> post(String path, Map<String, String> body) throws IOException, InterruptedException {
        String text = JSON.writeValueAsString(body);
        return CLIENT.send(
                at(path).POST(HttpRequest.BodyPublishers.ofString(text)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }

    /// The object of JSON of an answer that has to be given.
    static JsonNode given(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /// The name of a run that is begun.
    String begun(String text) throws IOException, InterruptedException {
        return given(post("start", Map.of("name", "a.yaml", "text", text)))
                .path("run")
                .asText();
    }

    /// Does something with a run that has to be done.
    void order(String what, String run) throws IOException, InterruptedException {
        given(post(what, Map.of("run", run)));
    }

    /// How far a run is, once it is so far.
    JsonNode awaited(String run, Predicate<JsonNode> reached) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (true) {
            JsonNode seen = given(get("watch?run=" + run)).path("runs").path(0);
            if (reached.test(seen)) {
                return seen;
            }
            assertThat(System.nanoTime()).as(seen.toString()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /// How far a run is, once it is in a state.
    JsonNode awaited(String run, String state) throws IOException, InterruptedException {
        return awaited(run, seen -> seen.path("state").asText().equals(state));
    }
}
