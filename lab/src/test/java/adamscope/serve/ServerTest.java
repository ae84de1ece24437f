package adamscope.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.run.Host;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes over the wire, most of it from others than the page.
class ServerTest {
    private static final String HOSTILE = "<script>alert(1)<";
    private static final String RUN = """
        kind: simulation
        optimizer: {name: gd, lr: 0.1}
        objective: x^2/2
        x0: [1]
        steps: 20
        """;

    @TempDir
    private static Path folder;

    private static Path runs;
    private static Server server;
    private static URI address;

    @BeforeAll
    static void start() throws IOException {
        runs = Files.createDirectory(folder.resolve("runs"));
        for (String name : List.of("a", HOSTILE)) {
            Path run = Files.createDirectories(runs.resolve(name));
            Files.writeString(run.resolve("experiment.yaml"), RUN);
            Files.writeString(run.resolve("report.html"), "<script>alert(1)</script>");
        }
        Path secret = Files.writeString(folder.resolve("secret.txt"), "the secret");
        Files.createSymbolicLink(runs.resolve("a/link.txt"), secret);
        Files.createSymbolicLink(runs.resolve("out"), folder);
        server = Server.start(runs, "127.0.0.1", 0, new OwnProgram("adamscope.cli.Main"), Host.QUIET);
        address = URI.create(server.address());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String token() {
        return address.getPath();
    }

    /// What a request is answered with; "closed" where the server hangs up.
    private static String sent(String request) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (SocketException _) {
                return "closed";
            }
        }
    }

    private static String get(String path, String... headers) throws IOException {
        String lines = headers.length == 0 ? "Host: localhost" : String.join("\r\n", headers);
        return sent("GET " + path + " HTTP/1.1\r\n" + lines + "\r\nConnection: close\r\n\r\n");
    }

    private static void isAnswered(int status, String answer) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("the secret");
    }

    @Test
    void onlyTheTokenOpens() throws IOException {
        isAnswered(200, get(token()));
        for (String path : List.of("/", "/favicon.ico", "/x" + token().substring(1), token().substring(0, 20))) {
            isAnswered(403, get(path));
        }
    }

    @Test
    void anotherHostOrOriginIsRefused() throws IOException {
        isAnswered(200, get(token(), "Host: LOCALHOST:1"));
        isAnswered(200, get(token(), "Host: [::1]:80", "Origin: http://[::1]:80"));
        for (String host : List.of("evil.example", "127.0.0.1.evil.example", "localhost:80:80", "")) {
            isAnswered(403, get(token(), "Host: " + host));
        }
        for (String origin : List.of("http://evil.example", "null", "http://localhost:1", "https://localhost")) {
            isAnswered(403, get(token(), "Host: localhost", "Origin: " + origin));
        }
        isAnswered(400, get(token(), "Host: localhost", "Host: evil.example"));
        isAnswered(400, sent("GET " + token() + " HTTP/1.0\r\n\r\n"));
    }

    @Test
    void noPathLeadsOutOfTheFolder() throws IOException {
        for (String path : List.of(
                "runs/a/../../secret.txt",
                "runs/a/%2e%2e/%2e%2e/secret.txt",
                "runs/a/..%2f..%2fsecret.txt",
                "runs/a/..%5c..%5csecret.txt",
                "runs/%2fetc/passwd",
                "runs//etc/passwd",
                "runs/a/x%00",
                "runs/a/%ff",
                "runs/.serve-token",
                "runs/a/.%2e",
                "runs/",
                "runs",
                "compare?run=..",
                "compare?run=a/report.html")) {
            isAnswered(404, get(token() + path));
        }
        isAnswered(403, get(token() + "runs/a/link.txt"));
        isAnswered(403, get(token() + "runs/out/secret.txt"));
        isAnswered(200, get(token() + "runs/a/experiment.yaml"));
    }

    @Test
    void whatComesIsBounded() throws IOException {
        assertThat(get("/" + "a".repeat(1_000_000))).isEqualTo("closed");
        assertThat(get(token(), "Host: localhost", "X: " + "a".repeat(1_000_000)))
                .isEqualTo("closed");
        String post = "POST " + token() + " HTTP/1.1\r\nHost: localhost\r\n";
        isAnswered(405, sent(post + "Content-Length: 1000000000\r\n\r\n" + "x".repeat(50_000)));
        isAnswered(400, sent(post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        isAnswered(405, sent("DELETE " + token() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        isAnswered(400, get(token() + "compare"));
        isAnswered(200, get(token()));
    }

    private static String plane(String more) {
        return "{\"rule\": \"optimizer a\\nhyper lr = 0.1 in (0, inf)\\nhyper c = inf in (0, inf]\\nx <- x -"
                + " lr*max(-c, min(g, c))\\n\", \"objective\": \"x^2/2\", \"x0\": [1], \"values\": {\"c\": \"inf\"},"
                + " \"x\": \"lr\", \"xFrom\": 0.5, \"xTo\": 3.5, \"xPoints\": 4, \"xScale\": \"linear\", \"y\": \"c\","
                + " \"yFrom\": 1e3, \"yTo\": 1e9, \"yPoints\": 2, \"yScale\": \"log\", \"steps\": 300" + more + "}";
    }

    private static String posted(String path, String body) throws IOException {
        return sent("POST " + token() + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    /// Gradient descent on x²/2 converges for lr < 2: at 0.5 and 1.5, not at 2.5 and 3.5, whatever c.
    @Test
    void aPlaneComesInPieces() throws IOException {
        assertThat(posted("plane", plane("")))
                .startsWith("HTTP/1.1 200 ")
                .containsSubsequence(
                        "{\"xs\":[0.5,1.5,2.5,3.5],\"ys\":[1000.0,1.0E9],\"borders\":[]}\n",
                        "{\"stride\":32,\"points\":[0],\"kinds\":\"0\"}\n",
                        "{\"end\":true}\n")
                .containsPattern("\"stride\":1,\"points\":\\[1,3,4,5,6,7],\"kinds\":\"0[^0]00[^0][^0]\"")
                .containsPattern("\"stride\":2,\"points\":\\[2],\"kinds\":\"[^0]\"");
    }

    @Test
    void theWarmUpAsksForWhatIsThere() throws ExecutionException, InterruptedException {
        assertThat(server.warm().get()).isTrue();
    }

    @Test
    void aPlaneThatCannotBeIsAnsweredInWords() throws IOException {
        assertThat(posted("plane", plane("").replace("x^2/2", "x^("))).contains("\"of\":\"objective\",\"line\":1.0,");
        assertThat(posted("plane", plane("").replace("min(g", "min(q"))).contains("'q' is not defined here");
        assertThat(posted("plane", plane("").replace("\"xPoints\": 4", "\"xPoints\": 1e9")))
                .contains("up to 1024");
        assertThat(posted("plane", plane("").replace("300", "1e308"))).contains("\"error\"");
        assertThat(posted("plane", plane("").replace("[1]", "[\"1\"]"))).contains("\"error\"");
        assertThat(posted("plane", "{}")).contains("\"error\"");
        isAnswered(400, posted("plane", "[]"));
        isAnswered(400, posted("plane", "[".repeat(10_000)));
        isAnswered(413, posted("plane", " ".repeat(300_000)));
        isAnswered(405, get(token() + "plane"));
    }

    /// Another plane for the same page ends the first, which would take minutes.
    @Test
    void aPlaneEndsWhenThePageAsksForAnother() throws Exception {
        String endless = plane(", \"page\": \"one\"")
                .replace("300", "200000")
                .replace("\"xPoints\": 4", "\"xPoints\": 700")
                .replace("\"yPoints\": 2", "\"yPoints\": 700")
                .replace("\"xFrom\": 0.5, \"xTo\": 3.5", "\"xFrom\": 1e-9, \"xTo\": 1e-8");
        CompletableFuture<String> first = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                first.complete(posted("plane", endless));
            } catch (IOException e) {
                first.completeExceptionally(e);
            }
        });
        String second;
        do {
            second = posted("plane", plane(", \"page\": \"one\""));
        } while (!first.isDone());
        assertThat(first.get()).startsWith("HTTP/1.1 200 ").doesNotContain("\"end\"");
        assertThat(second).contains("\"end\"");
    }

    private static final String LOG = "step,loss\n"
            + IntStream.range(0, 200)
                    .mapToObj(step -> step + "," + (step == 150 ? 40 : Math.exp(-0.03 * step)))
                    .collect(Collectors.joining("\n"));

    @Test
    void aLogIsDiagnosedAndNotKept() throws IOException {
        assertThat(posted("diagnose?name=a/../%3Cb%3E.csv", LOG))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("content-security-policy: sandbox")
                .contains("Diagnosis of &lt;b&gt;.csv")
                .doesNotContain("<b>", "adamscope-log");
        assertThat(posted("diagnose?name=x.csv", "no log"))
                .startsWith("HTTP/1.1 400 ")
                .contains("x.csv")
                .doesNotContain("adamscope-log");
        isAnswered(
                413,
                sent("POST " + token() + "diagnose HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n"
                        + "x".repeat(50_000)));
        isAnswered(405, get(token() + "diagnose"));
        try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("adamscope-log")))
                    .isEmpty();
        }
        assertThat(List.of("", "..", "/", "a\\.b", "x".repeat(300) + ".gz"))
                .map(name -> new DroppedLog(name).fileName())
                .containsExactly("log", "log", "log", "b", "x".repeat(97) + ".gz");
    }

    @Test
    void aFolderWithMarkupInItsNameIsText() throws IOException {
        assertThat(get(token()))
                .contains("&lt;script&gt;alert(1)&lt;", "runs/%3Cscript%3Ealert%281%29%3C/report.html")
                .doesNotContain("<script>alert");
    }

    /// Whoever wrote it: its scripts do not run, and it has no part in the origin of the pages.
    @Test
    void aReportIsReadAndNothingElse() throws IOException {
        assertThat(get(token() + "runs/a/report.html"))
                .containsIgnoringCase("content-security-policy: sandbox allow-popups ")
                .contains("default-src 'none'", "nosniff")
                .doesNotContain("script-src");
        Files.writeString(runs.resolve("a/explorer.html"), "<script>alert(1)</script>");
        assertThat(get(token() + "runs/a/explorer.html"))
                .contains("connect-src 'self'", "\"objective\": \"x^2/2\"")
                .doesNotContain("alert(1)");
    }

    @Test
    void thousandRequestsLeaveNothing() throws IOException {
        leaveNothing(1000);
    }

    @Tag("slow")
    @Test
    void tenThousandRequestsLeaveNothing() throws IOException {
        leaveNothing(10_000);
    }

    private static void leaveNothing(int requests) throws IOException {
        get(token() + "nothing");
        long files = descriptors();
        int threads = Thread.activeCount();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < requests; i++) {
                socket.getOutputStream()
                        .write(("GET " + token() + "nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                String head = line(in);
                assertThat(head).startsWith("HTTP/1.1 404");
                int length = 0;
                while (!head.isEmpty()) {
                    head = line(in).toLowerCase(Locale.ROOT);
                    length = head.startsWith("content-length: ") ? Integer.parseInt(head.substring(16)) : length;
                }
                assertThat(in.readNBytes(length)).hasSize(length);
            }
        }
        for (int i = 0; i < requests / 10; i++) {
            isAnswered(404, get(token() + "nothing"));
        }
        // a connection, its other end, a selector that looks once more
        assertThat(descriptors()).isLessThanOrEqualTo(files + 8);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 4);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    @Test
    void theAddressStaysTheSame() throws IOException {
        try (Server again = Server.start(runs, "127.0.0.1", 0, new OwnProgram("adamscope.cli.Main"), Host.QUIET)) {
            assertThat(URI.create(again.address()).getPath()).isEqualTo(token());
        }
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve(".serve-token"), "guessed");
        try (Server fresh = Server.start(other, "127.0.0.1", 0, new OwnProgram("adamscope.cli.Main"), Host.QUIET)) {
            assertThat(URI.create(fresh.address()).getPath())
                    .matches("/[A-Za-z0-9_-]{32}/")
                    .isNotEqualTo(token());
        }
        if (other.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(other.resolve(".serve-token")))
                    .hasToString("[OWNER_READ, OWNER_WRITE]")
                    .hasSize(2);
        }
    }

    @Test
    void whereItCannotListenIsSaid() {
        assertThatThrownBy(() -> Server.start(
                        runs, "127.0.0.1", server.port(), new OwnProgram("adamscope.cli.Main"), Host.QUIET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot listen on 127.0.0.1, port " + server.port())
                .hasMessageEndingWith("--port 0 takes a port that is free");
        assertThatThrownBy(() -> Server.start(
                        folder.resolve("none"), "127.0.0.1", 0, new OwnProgram("adamscope.cli.Main"), Host.QUIET))
                .hasMessage("no folder " + folder.resolve("none")
                        + "; make it, name another, or leave it away for runs, which is made if need be");
        assertThatThrownBy(
                        () -> Server.start(runs, "127.0.0.1", 65536, new OwnProgram("adamscope.cli.Main"), Host.QUIET))
                .hasMessage("--port = 65536 is outside [0, 65535]");
        assertThatThrownBy(() -> Server.start(
                        runs.resolve("a"), "127.0.0.1", 0, new OwnProgram("adamscope.cli.Main"), Host.QUIET))
                .hasMessageEndingWith("is one run; name the folder that holds it");
        assertThatThrownBy(() ->
                        Server.start(runs, "no.such.name.invalid", 0, new OwnProgram("adamscope.cli.Main"), Host.QUIET))
                .hasMessage("--host = no.such.name.invalid is no address of this machine");
    }
}
