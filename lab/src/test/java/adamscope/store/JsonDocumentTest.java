package adamscope.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonDocumentTest {

    @Test
    void numbersKeepEveryBit() throws IOException {
        double[] numbers = {0.1, 1e-308, Double.MIN_VALUE, Double.MAX_VALUE, Math.PI, -1.0 / 3};
        JsonNode read = new ObjectMapper().readTree(JsonDocument.text(numbers));
        for (int i = 0; i < numbers.length; i++) {
            assertThat(read.get(i).asDouble()).isEqualTo(numbers[i]);
        }
        assertThat(new ObjectMapper()
                        .readTree(JsonDocument.text(Long.MAX_VALUE))
                        .asLong())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatJsonCannotHoldIsNull() {
        assertThat(JsonDocument.text(new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1}))
                .isEqualTo("[ null, null, 1.0 ]");
        assertThat(JsonDocument.text(Optional.empty())).isEqualTo("null");
    }

    @Test
    void fieldsKeepTheirOrder() {
        assertThat(JsonDocument.text(JsonDocument.object("b", 1, "a", null, "c", List.of("x", true)))
                        .replaceAll("\\s", ""))
                .isEqualTo("{\"b\":1,\"a\":null,\"c\":[\"x\",true]}");
    }

    @Test
    void theOrderOfTheKeysIsTheSameAtEveryStart() {
        Map<String, Object> written = JsonDocument.object("lr", 1, "beta1", 2, "eps", 3);
        assertThat(JsonDocument.text(written).replaceAll("\\s", "")).isEqualTo("{\"lr\":1,\"beta1\":2,\"eps\":3}");
        Map<String, Object> without = Map.of("lr", 1, "beta1", Map.of("d", 1, "c", 2), "eps", 3);
        assertThat(JsonDocument.text(without).replaceAll("\\s", ""))
                .isEqualTo("{\"beta1\":{\"c\":2,\"d\":1},\"eps\":3,\"lr\":1}");
    }
}
