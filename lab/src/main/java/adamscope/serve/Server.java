package adamscope.serve;

import adamscope.run.Host;
import adamscope.store.RunList;
import adamscope.text.FileReason;
import adamscope.text.Foreign;
import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// The server of a folder of runs, for the browsers of one person: bounded in all that may come.
public final class Server implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final long MOST_CONNECTIONS = 8192;

    /// Seconds that a request of somebody who is there never takes on its way: 5 for the head, 15 for a body beside its
    /// bytes, 30 for a piece of the answer.
    private static final long HEAD_MILLIS = 5_000;

    private static final long BODY_MILLIS = 15_000;
    private static final long WRITE_MILLIS = 30_000;

    private static final int HIGHEST_PORT = 65535;

    /// The JDK's server reads these once, when the first of the process is made. Connections on which nothing comes are
    /// closed when idle, the others by [Patience]; the longest times are for what that may have missed.
    private static final Map<String, String> BOUNDS = Map.of(
            "jdk.httpserver.maxConnections", Long.toString(connections()),
            "sun.net.httpserver.idleInterval", "15",
            "sun.net.httpserver.clockTick", "1000",
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqTime", "3600",
            "sun.net.httpserver.maxRspTime", "3600",
            "sun.net.httpserver.nodelay", "true");

    private final HttpServer server;
    private final Site site;
    private final WarmUp warmUp;
    private final ExecutorService threads;
    private final Patience patience;

    private Server(HttpServer server, Site site, WarmUp warmUp, ExecutorService threads, Patience patience) {
        this.server = server;
        this.site = site;
        this.warmUp = warmUp;
        this.threads = threads;
        this.patience = patience;
    }

    /// Half of the files that the process may open: runs and their files need the rest.
    private static long connections() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? Math.clamp(unix.getMaxFileDescriptorCount() / 2, 1, MOST_CONNECTIONS)
                : MOST_CONNECTIONS;
    }

    /// Starts serving.
    ///
    /// @param folder of runs
    /// @param name   of this machine at which it listens, or an address of it
    /// @param port   0: one that is free
    /// @param program by which runs are begun from pages
    /// @param host    hears of defects, and how runs ended with the server
    /// @throws IllegalArgumentException if there is no such folder, or it cannot listen there
    public static Server start(Path folder, String name, int port, OwnProgram program, Host host) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    Files.exists(folder)
                            ? folder + " is a file; name a folder of runs"
                            : "no folder " + folder
                                    + "; make it, name another, or leave it away for runs, which is made"
                                    + " if need be");
        }
        if (RunList.isRun(folder)) {
            throw new IllegalArgumentException(folder + " is one run; name the folder that holds it");
        }
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("--port = " + port + " is outside [0, " + HIGHEST_PORT + "]");
        }
        BOUNDS.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
        try {
            Path root = folder.toRealPath();
            InetAddress place = InetAddress.getByName(name);
            HttpServer server = HttpServer.create(new InetSocketAddress(place, port), BACKLOG);
            String token = ServeToken.of(root);
            Gate gate = Gate.of(token, place);
            String base = "/" + token + "/";
            Site site = new Site(root, base, program, host);
            Patience patience = new Patience(HEAD_MILLIS, BODY_MILLIS, WRITE_MILLIS);
            ExecutorService threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("serve ", 0).factory());
            server.setExecutor(patience.forHeads(threads));
            server.createContext("/", asked -> {
                patience.headIsRead();
                answer(asked, patience, () -> said(gate, site, host, asked));
            });
            server.start();
            String shown = place.isAnyLocalAddress() ? "127.0.0.1" : Gate.written(place);
            InetSocketAddress at =
                    new InetSocketAddress(shown, server.getAddress().getPort());
            return new Server(server, site, new WarmUp(at, base), threads, patience);
        } catch (UnknownHostException _) {
            throw new IllegalArgumentException("--host = " + name + " is no address of this machine");
        } catch (BindException e) {
            throw new IllegalArgumentException(
                    "cannot listen on " + name + ", port " + port + ": " + e.getMessage()
                            + "; --port 0 takes a port that is free",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot serve " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Where it is, token included.
    public String address() {
        return warmUp.address();
    }

    /// Makes what the first visit needs, beside what is asked: whether it could, once it has ended.
    public Future<Boolean> warm() {
        return threads.submit(warmUp::run);
    }

    /// The port at which it listens.
    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange asked, Patience patience, Supplier<HttpAnswer> said) throws IOException {
        asked.setStreams(patience.reading(asked.getRequestBody()), patience.writing(asked.getResponseBody()));
        try {
            said.get().send(asked);
        } finally {
            // or whoever asked has gone
            patience.close(asked);
        }
    }

    private static HttpAnswer said(Gate gate, Site site, Host host, HttpExchange asked) {
        try {
            return site.answer(gate.path(asked), asked);
        } catch (HttpProblem problem) {
            return HttpAnswer.Whole.words(problem.status(), Foreign.line(problem.getMessage()));
        } catch (IllegalArgumentException wrong) {
            String words = String.valueOf(wrong.getMessage());
            return FileReason.isOfTheMachine(wrong.getCause())
                    ? failed(words, host)
                    : HttpAnswer.Whole.words(HttpProblem.BAD_REQUEST, Foreign.line(words));
        } catch (UncheckedIOException failed) {
            return failed(FileReason.sentence(failed), host);
        } catch (RuntimeException | Error defect) {
            host.remark("adamscope: " + Foreign.line(defect.toString()) + "; this is a defect");
            return HttpAnswer.Whole.words(HttpProblem.FAILED, "the program failed: " + Foreign.line(defect.toString()));
        }
    }

    private static HttpAnswer failed(String words, Host host) {
        host.remark("adamscope: " + Foreign.line(words));
        return HttpAnswer.Whole.words(HttpProblem.FAILED, Foreign.line(words));
    }

    @Override
    public void close() {
        server.stop(0);
        site.close();
        threads.shutdownNow();
        patience.close();
    }
}
