package adamscope.serve;

import adamscope.optimizer.Catalogue;
import adamscope.report.ExplorerState;
import adamscope.store.JsonDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What the first visitor would wait for, before there is one: the server is asked for a small plane, for the explorer
/// and for a plane that takes a kernel, as a browser asks, so that the very code of the first visit has run.
///
/// @param place where the server listens
/// @param base  the path of its pages
record WarmUp(InetSocketAddress place, String base) {
    /// What these planes are asked for; one for somebody ends them.
    static final String PAGE = "warm-up";

    /// The address of the pages, for a browser.
    String address() {
        return "http://" + Gate.written(place.getAddress()) + ":" + place.getPort() + base;
    }

    /// Asks for them; false where one was not given, which the first visitor will see too.
    boolean run() {
        try {
            return plane(16, 100) && isGiven("GET", ExplorerState.FILE, "") && plane(48, 2000);
        } catch (IOException _) {
            return false;
        }
    }

    private boolean plane(int across, int steps) throws IOException {
        Map<String, Object> question = JsonDocument.object(
                "page", PAGE, "rule", Catalogue.shipped("adam").text(), "objective", "x^4/4", "x0", List.of(1.0));
        question.putAll(JsonDocument.object("values", Map.of("eps", 0.0), "steps", steps));
        for (String axis : List.of("x", "y")) {
            question.put(axis, axis.equals("x") ? "beta1" : "beta2");
            question.putAll(JsonDocument.object(axis + "From", 0.1, axis + "To", 0.9));
            question.putAll(JsonDocument.object(axis + "Points", across, axis + "Scale", "linear"));
        }
        return isGiven("POST", Site.PLANE, JsonDocument.line(question));
    }

    private boolean isGiven(String method, String path, String body) throws IOException {
        byte[] sent = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + base + path + " HTTP/1.1\r\nHost: " + Gate.written(place.getAddress())
                + "\r\nConnection: close\r\nContent-Length: " + sent.length + "\r\n\r\n";
        try (Socket socket = new Socket(place.getAddress(), place.getPort())) {
            OutputStream to = socket.getOutputStream();
            to.write(head.getBytes(StandardCharsets.US_ASCII));
            to.write(sent);
            to.flush();
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.UTF_8).startsWith("HTTP/1.1 200");
        }
    }
}
