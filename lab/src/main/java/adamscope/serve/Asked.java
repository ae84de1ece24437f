package adamscope.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came with a request, no more of it than is allowed.
final class Asked {
    private static final int MOST_BYTES = 1 << 18;
    private static final long HEARD_OUT = 1 << 20;
    private static final int DEEPEST = 8;
    private static final String NO_OBJECT = "what was sent is no object of JSON";
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    }

    private Asked() {}

    /// Refuses any other method.
    static void by(HttpExchange asked, List<String> methods) {
        if (!methods.contains(asked.getRequestMethod())) {
            asked.getResponseHeaders().set("Allow", String.join(", ", methods));
            throw new HttpProblem(HttpProblem.METHOD, "this address takes " + String.join(" and ", methods) + " only");
        }
    }

    /// The object of JSON that was sent; numbers that JSON lacks stand in it as `"inf"` and `"-inf"`.
    ///
    /// @throws HttpProblem if it is none, or too large
    static Map<String, Object> json(HttpExchange asked) {
        try {
            Map<String, Object> object = JSON.readValue(bytes(asked, MOST_BYTES), OBJECT);
            if (object == null) {
                throw new HttpProblem(HttpProblem.BAD_REQUEST, NO_OBJECT + " but null");
            }
            return object;
        } catch (JsonProcessingException wrong) {
            int column = wrong.getLocation() == null ? 0 : wrong.getLocation().getColumnNr();
            throw new HttpProblem(HttpProblem.BAD_REQUEST, NO_OBJECT + ": character " + column);
        } catch (IOException _) {
            throw brokenOff();
        }
    }

    private static HttpProblem brokenOff() {
        return new HttpProblem(HttpProblem.BAD_REQUEST, "the request broke off");
    }

    /// The next part of a body; how much, below 0: that was all.
    ///
    /// @throws HttpProblem if whoever sends it does not go on
    static int read(InputStream body, byte[] part) {
        try {
            return body.read(part);
        } catch (IOException _) {
            throw brokenOff();
        }
    }

    /// Refuses a body that says itself that it is too large.
    static void atMost(HttpExchange asked, long most) {
        String length = asked.getRequestHeaders().getFirst("Content-Length");
        if (length != null && Long.parseLong(length) > most) {
            throw tooLarge(asked.getRequestBody(), most);
        }
    }

    /// Whoever still sends does not listen; of what is without end the connection is closed.
    static HttpProblem tooLarge(InputStream body, long most) {
        try {
            body.skip(HEARD_OUT);
        } catch (IOException _) {
            // Nobody sends any more: then the refusal is read.
        }
        return new HttpProblem(HttpProblem.TOO_LARGE, "no more than " + most + " bytes are taken here");
    }

    /// The values of a key in what stands behind `?`.
    static List<String> values(HttpExchange asked, String key) {
        return Arrays.stream(Optional.ofNullable(asked.getRequestURI().getRawQuery())
                        .orElse("")
                        .split("&"))
                .filter(part -> part.startsWith(key + "="))
                .map(part -> URLDecoder.decode(part.substring(key.length() + 1), StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(HttpExchange asked, int most) throws IOException {
        byte[] body = asked.getRequestBody().readNBytes(most + 1);
        if (body.length > most) {
            throw tooLarge(asked.getRequestBody(), most);
        }
        return body;
    }

    /// The values of hyper-parameters with the infinities among them.
    static Map<String, Object> withInfinities(Map<String, Object> question) {
        Map<String, Object> read = new LinkedHashMap<>(question);
        if (question.get("values") instanceof Map<?, ?> values) {
            Map<Object, Object> numbers = new LinkedHashMap<>(values);
            numbers.replaceAll((_, value) -> "inf".equals(value)
                    ? (Object) Double.POSITIVE_INFINITY
                    : "-inf".equals(value) ? Double.NEGATIVE_INFINITY : value);
            read.put("values", numbers);
        }
        return read;
    }
}
