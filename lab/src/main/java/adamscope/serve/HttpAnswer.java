package adamscope.serve;

import adamscope.store.JsonDocument;
import adamscope.text.FileReason;
import adamscope.text.Foreign;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What is sent back.
interface HttpAnswer {
    int OK = 200;
    int UNCHANGED = 304;

    /// Sends it; the exchange is closed by the caller.
    void send(HttpExchange to) throws IOException;

    /// What a browser may do with a document.
    enum Leave {
        /// A page of this server with a script of its own.
        OWN("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self';"
                + " img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
        /// The explorer, whose own document says the rest.
        EXPLORER("frame-ancestors 'none'"),
        /// A file from a folder, whoever wrote it: read, and nothing else.
        FOREIGN("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline';"
                + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

        private final String policy;

        Leave(String policy) {
            this.policy = policy;
        }
    }

    /// Sets what every answer says of itself.
    static void head(HttpExchange to, String type, Leave leave) {
        var headers = to.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", leave.policy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    /// A document in memory.
    record Whole(int status, String type, Leave leave, String text) implements HttpAnswer {
        /// JSON, line by line.
        static final String LINES = "application/x-ndjson; charset=utf-8";

        /// A page of HTML.
        static Whole page(Leave leave, String html) {
            return new Whole(OK, "text/html; charset=utf-8", leave, html);
        }

        /// A part of a page; nothing where whoever asks has the same already, by the tag that came with it.
        static Whole unlessKnown(String html, HttpExchange asked) {
            asked.getResponseHeaders().set("ETag", tag(html));
            boolean known = tag(html).equals(asked.getRequestHeaders().getFirst("If-None-Match"));
            return new Whole(known ? UNCHANGED : OK, "text/html; charset=utf-8", Leave.FOREIGN, known ? "" : html);
        }

        /// Tells one text from another.
        static String tag(String text) {
            return '"' + Integer.toHexString(text.hashCode()) + '-' + text.length() + '"';
        }

        /// A line of JSON.
        static Whole json(Map<String, Object> fields) {
            return new Whole(OK, LINES, Leave.OWN, JsonDocument.line(fields) + "\n");
        }

        /// A sentence.
        static Whole words(int status, String words) {
            return new Whole(status, "text/plain; charset=utf-8", Leave.FOREIGN, words + "\n");
        }

        @Override
        public void send(HttpExchange to) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            head(to, type, leave);
            if (to.getRequestMethod().equals("HEAD")) {
                to.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
                to.sendResponseHeaders(status, -1);
            } else {
                to.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                to.getResponseBody().write(bytes);
                // what is left of a request is looked at only after that
                to.getResponseBody().flush();
            }
        }
    }

    /// A file, as long as it is now.
    ///
    /// @param type empty: to be kept, not shown
    record OfFile(Path file, String type) implements HttpAnswer {
        private static final int AT_ONCE = 1 << 16;

        /// @param first its first bytes: where they cannot be read, an answer in words can still be given
        private record Opened(InputStream in, long length, byte[] first) {
            static Opened of(Path file) throws IOException {
                InputStream in = Files.newInputStream(file);
                try {
                    long length = Files.size(file);
                    return new Opened(in, length, in.readNBytes((int) Math.min(length, AT_ONCE)));
                } catch (IOException e) {
                    in.close();
                    throw e;
                }
            }
        }

        @Override
        public void send(HttpExchange to) throws IOException {
            Opened opened;
            try {
                opened = Opened.of(file);
            } catch (IOException e) {
                String words = "cannot read " + file + ": " + FileReason.of(e);
                Whole.words(HttpProblem.FAILED, Foreign.line(words)).send(to);
                return;
            }
            try (InputStream in = opened.in) {
                head(to, type.isEmpty() ? "application/octet-stream" : type, Leave.FOREIGN);
                if (type.isEmpty()) {
                    to.getResponseHeaders().set("Content-Disposition", "attachment");
                }
                boolean empty = opened.length == 0 || to.getRequestMethod().equals("HEAD");
                to.sendResponseHeaders(OK, empty ? -1 : opened.length);
                if (!empty) {
                    to.getResponseBody().write(opened.first);
                    copy(in, opened.length - opened.first.length, to.getResponseBody());
                }
            }
        }

        private static void copy(InputStream in, long length, OutputStream out) throws IOException {
            byte[] part = new byte[AT_ONCE];
            long left = length;
            while (left > 0) {
                int read = in.read(part, 0, (int) Math.min(left, part.length));
                if (read < 0) {
                    throw new IOException("the file has become shorter");
                }
                out.write(part, 0, read);
                left -= read;
            }
        }
    }
}
