package adamscope.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A headless Chromium with one page, driven by its own protocol over a socket of this machine.
final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofSeconds(60);
    private static final long ANSWER_SECONDS = 60;
    private static final Map<String, Integer> CODES =
            Map.of("Tab", 9, "Enter", 13, " ", 32, "ArrowLeft", 37, "ArrowUp", 38, "ArrowRight", 39, "ArrowDown", 40);

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private int asked;

    /// Starts the browser of this machine with an empty light page of 1280 × 900, or skips the test where there is
    /// none.
    ///
    /// @param profile a folder that it makes
    static Chromium ofThisMachine(Path profile) throws IOException, InterruptedException {
        Optional<Path> program = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder).resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            System.err.println("a test is skipped: there is no chromium on the PATH");
        }
        Assumptions.assumeTrue(program.isPresent(), "there is no chromium on the PATH");
        Chromium browser = new Chromium(program.orElseThrow(), profile);
        browser.look(1280, 900, false);
        return browser;
    }

    private Chromium(Path program, Path profile) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank"));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        socket = connected(profile.resolve("DevToolsActivePort"));
        ask("Page.enable", Map.of());
        ask("Runtime.enable", Map.of());
    }

    private WebSocket connected(Path port) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end) {
            if (Files.exists(port) && Files.readAllLines(port).size() > 1) {
                URI pages = URI.create(
                        "http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json/list");
                JsonNode list = JSON.readTree(
                        client.send(HttpRequest.newBuilder(pages).build(), HttpResponse.BodyHandlers.ofString())
                                .body());
                for (JsonNode target : list) {
                    if (target.path("type").asText().equals("page")) {
                        return client.newWebSocketBuilder()
                                .buildAsync(
                                        URI.create(target.path("webSocketDebuggerUrl")
                                                .asText()),
                                        new Ear())
                                .join();
                    }
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("the browser did not start");
    }

    /// Collects the parts of messages and hands each on.
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder heard = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            heard.append(part);
            if (last) {
                take(heard.toString());
                heard.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void take(String message) {
        try {
            JsonNode read = JSON.readTree(message);
            if (read.has("id")) {
                waiting.remove(read.path("id").asInt()).complete(read);
            } else if (read.path("method").asText().equals("Runtime.exceptionThrown")) {
                complaints.add(read.path("params").path("exceptionDetails").toString());
            }
        } catch (IOException e) {
            complaints.add(e.toString());
        }
    }

    /// One command of the protocol.
    JsonNode ask(String method, Map<String, ?> parameters) throws IOException {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        int id = ++asked;
        waiting.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        JsonNode read = answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
        if (read.has("error")) {
            throw new IOException(method + ": " + read.path("error"));
        }
        return read.path("result");
    }

    /// Opens a file and waits until it is loaded.
    void open(Path page, String fragment) throws IOException {
        open(page.toUri() + fragment);
    }

    /// Opens an address and waits until it is loaded.
    void open(String address) throws IOException {
        ask("Page.navigate", Map.of("url", "about:blank"));
        ask("Page.navigate", Map.of("url", address));
        evaluate("new Promise(d => document.readyState === 'complete' ? d() : addEventListener('load', d))");
    }

    /// The value of an expression in the page, once its promise is kept.
    JsonNode evaluate(String expression) throws IOException {
        JsonNode result = ask(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(result.path("exceptionDetails").toString());
        }
        return result.path("result").path("value");
    }

    /// Waits until an expression holds, at most so many seconds, whatever page comes meanwhile.
    void await(String condition, int seconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            try {
                evaluate("new Promise((d, no) => { const end = performance.now() + " + left
                        + "; const look = () => { let now; try { now = " + condition
                        + "; } catch (e) { now = false; } now ? d(true) : performance.now() > end ?"
                        + " no(new Error('never')) : setTimeout(look, 20); }; look(); })");
                return;
            } catch (IOException gone) {
                // Another page came while this one was asked: it is asked too.
                if (left <= 0 || gone.getMessage().contains("Error: never")) {
                    String shown = "document.body ? document.body.innerText : ''";
                    throw new IOException(condition + " did not come: " + evaluate(shown), gone);
                }
            }
        }
    }

    /// The window, and whether the page is told to be dark.
    void look(int width, int height, boolean dark) throws IOException {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        ask(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /// The page as PNG.
    byte[] picture() throws IOException {
        return Base64.getDecoder()
                .decode(ask("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                        .path("data")
                        .asText());
    }

    /// Presses a key, with what the browser itself does on it.
    void press(String key) throws IOException {
        String letter = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        for (String type : List.of("keyDown", "keyUp")) {
            ask(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "code",
                            key.equals(" ") ? "Space" : key,
                            "windowsVirtualKeyCode",
                            CODES.getOrDefault(key, 0),
                            "text",
                            type.equals("keyDown") ? letter : ""));
        }
    }

    /// What the page's scripts threw and nobody caught.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
