package adamscope.rule;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.dynamics.ClosedMap;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Point;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules on a 3 × 4 matrix and on a vector against 100 steps of PyTorch 1.13.1 in double or of the primary definitions
/// in 50 digits (scripts in `tools/`): what runs on formulas cannot check are the rows, columns and norms of a matrix.
class RecordedMatrixStepsTest {
    /// Rounding of 100 steps in double: the recordings' own double runs stay within 6e-14 of 50 digits, and the
    /// gradients reach 1e3.
    private static final double TOLERANCE = 2e-13;

    /// The recordings use the letters of the definitions.
    private static final Map<String, String> HYPER_NAMES = Map.of("P", "scale", "p", "power");

    static List<String> recordings() {
        return Catalogue.NAMES.stream()
                .flatMap(name -> Stream.of("torch-1.13.1/" + name, "mpmath-50/" + name))
                .filter(path -> Catalogue.class.getResource(path + ".json") != null)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void rulesFollowTheIndependentImplementation(String path) throws IOException {
        OptimizerRule rule = Catalogue.shipped(path.substring(path.indexOf('/') + 1));
        JsonNode file;
        try (InputStream in = Catalogue.class.getResourceAsStream(path + ".json")) {
            file = JsonMapper.builder().build().readTree(in);
        }
        int matrices = 0;
        for (JsonNode recorded : file.get("cases")) {
            compare(rule, recorded);
            matrices += recorded.get("shape").size() == 2 ? 1 : 0;
        }
        assertThat(matrices).isPositive();
    }

    private static void compare(OptimizerRule rule, JsonNode recorded) {
        double[] x0 = numbers(recorded.get("x0"));
        List<Long> shape = new ArrayList<>();
        recorded.get("shape").forEach(extent -> shape.add(extent.longValue()));
        if (shape.isEmpty()) {
            shape.add(1L);
        }
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = Place.CPU_FLOAT64.tensor(x0, x0.length);
            Tensor first = gradient(recorded, 0);
            TensorRule running = TensorRule.start(
                    rule,
                    hyper(recorded),
                    List.of(new Block("x", 0, shape)),
                    ClosedMap.Start.ZERO,
                    new Point(theta, first, Place.CPU_FLOAT64));
            for (int t = 0; t < recorded.get("gradients").size(); t++) {
                running.advance(theta, gradient(recorded, t));
                double[] found = Place.numbers(theta);
                double[] expected = numbers(recorded.get("x").get(t));
                for (int i = 0; i < found.length; i++) {
                    assertThat(Math.abs(found[i] - expected[i]))
                            .as("%s, step %d, coordinate %d", recorded.get("problem"), t + 1, i)
                            .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(expected[i])));
                }
            }
        }
    }

    private static Tensor gradient(JsonNode recorded, int step) {
        double[] gradient = numbers(recorded.get("gradients").get(step));
        return Place.CPU_FLOAT64.tensor(gradient, gradient.length);
    }

    private static Map<String, Double> hyper(JsonNode recorded) {
        Map<String, Double> hyper = new LinkedHashMap<>();
        recorded.get("hyper")
                .properties()
                .forEach(entry ->
                        hyper.put(HYPER_NAMES.getOrDefault(entry.getKey(), entry.getKey()), number(entry.getValue())));
        return hyper;
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(RecordedMatrixStepsTest::number)
                .toArray();
    }

    private static double number(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.doubleValue();
    }
}
