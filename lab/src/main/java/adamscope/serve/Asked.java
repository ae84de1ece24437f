package adamscope.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came with a request, no more of it than is allowed.
final class Asked {
    private static final int MOST_BYTES = 1 << 18;
    private static final long HEARD_OUT = 1 << 20;
    private static final int DEEPEST = 8;
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
            return JSON.readValue(bytes(asked, MOST_BYTES), OBJECT);
        } catch (JsonProcessingException wrong) {
            throw new HttpProblem(HttpProblem.BAD_REQUEST, "no object of JSON: " + wrong.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(HttpExchange asked, int most) throws IOException {
        byte[] body = asked.getRequestBody().readNBytes(most + 1);
        if (body.length > most) {
            // whoever still sends does not listen; of what is without end the connection is closed
            asked.getRequestBody().skip(HEARD_OUT);
            throw new HttpProblem(HttpProblem.TOO_LARGE, "no more than " + most + " bytes are taken here");
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
