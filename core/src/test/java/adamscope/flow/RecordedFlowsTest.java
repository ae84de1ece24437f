package adamscope.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.objective.FormulaObjective;
import adamscope.table.Table;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Flows against solutions with more than 20 digits, of another program by another method.
class RecordedFlowsTest {
    static Stream<JsonNode> cases() throws IOException {
        try (InputStream file = RecordedFlowsTest.class.getResourceAsStream("mpmath-34/flows.json")) {
            JsonNode all = new ObjectMapper().readTree(file).get("cases");
            return StreamSupport.stream(all.spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void solutionEqualsTheRecordedOneInEveryComponent(JsonNode recorded) {
        FormulaObjective objective =
                FormulaObjective.read(recorded.get("objective").asText());
        List<Double> x0 = numbers(recorded.get("x0"));
        Map<String, Double> states = new HashMap<>();
        for (String state : List.of("v", "m")) {
            if (recorded.has(state + "0") && !recorded.get(state + "0").isNull()) {
                List<Double> values = numbers(recorded.get(state + "0"));
                for (int i = 0; i < values.size(); i++) {
                    states.put(component(objective, state, i), values.get(i));
                }
            }
        }
        double[] times = StreamSupport.stream(recorded.get("points").spliterator(), false)
                .mapToDouble(point -> point.get("time").asDouble())
                .toArray();
        Table solution = new FlowRun(flow(recorded), objective, x0, ClosedMap.Start.ZERO, states)
                .run(times)
                .table();
        for (int row = 0; row < times.length; row++) {
            JsonNode point = recorded.get("points").get(row);
            for (int i = 0; i < x0.size(); i++) {
                near(
                        solution.numbers(objective.variables().get(i))[row],
                        point.get("x").get(i));
                near(
                        solution.numbers(component(objective, "v", i))[row],
                        point.get("v").get(i));
                if (point.has("m")) {
                    near(
                            solution.numbers(component(objective, "m", i))[row],
                            point.get("m").get(i));
                }
            }
        }
    }

    private static void near(double value, JsonNode expected) {
        // local error 1e-12 a step, tens to hundreds of steps; dense output of order 7
        assertThat(value).isCloseTo(expected.asDouble(), within(2e-11));
    }

    private static String component(FormulaObjective objective, String state, int i) {
        return ClosedMap.component(objective, state, objective.variables().get(i));
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asDouble()));
        return numbers;
    }

    private static Flow flow(JsonNode recorded) {
        double a = recorded.get("a").asDouble();
        double b = recorded.get("b").asDouble();
        double eps = recorded.get("eps").asDouble();
        return recorded.get("flow").asText().equals("rmsprop")
                ? new Flow.Rmsprop(a, eps)
                : new Flow.Adam(a, b, eps, recorded.get("biasCorrection").asBoolean());
    }
}
