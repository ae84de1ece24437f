package adamscope.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.formula.Expression;
import adamscope.formula.Expression.Symbol;
import adamscope.kernel.BlockInterpreter;
import adamscope.kernel.Recurrence;
import adamscope.kernel.StepProgram;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every shipped rule against 100 steps of an independent implementation: PyTorch 1.13.1 in double, or mpmath with 50
/// digits from the primary definitions (scripts in `tools/`).
class RecordedStepsTest {
    /// Rounding of 100 steps in double: the recordings' own double runs stay within 6e-14 of 50 digits, and the
    /// gradients reach 1e3.
    private static final double TOLERANCE = 2e-13;

    /// The recordings use the letters of the definitions.
    private static final Map<String, String> HYPER_NAMES = Map.of("P", "scale", "p", "power");

    record Recording(String folder, String name) {
        @Override
        public String toString() {
            return folder + "/" + name;
        }
    }

    static List<Recording> recordings() {
        return Catalogue.NAMES.stream()
                .flatMap(name -> List.of("torch-1.13.1", "mpmath-50").stream().map(f -> new Recording(f, name)))
                .filter(r -> resource(r) != null)
                .toList();
    }

    private static InputStream resource(Recording r) {
        return Catalogue.class.getResourceAsStream(r.folder() + "/" + r.name() + ".json");
    }

    @Test
    void everyShippedRuleHasARecording() {
        assertThat(recordings().stream().map(Recording::name).distinct()).containsAll(Catalogue.NAMES);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void rulesFollowTheIndependentImplementation(Recording recording) throws IOException {
        OptimizerRule rule = Catalogue.shipped(recording.name());
        JsonNode file;
        try (InputStream in = resource(recording)) {
            file = JsonMapper.builder().build().readTree(in);
        }
        int compared = 0;
        for (JsonNode c : file.get("cases")) {
            boolean matrix = c.get("shape").size() == 2;
            if (!matrix) {
                compare(rule, c, recording + " " + c.get("problem").asText());
                compared++;
            }
        }
        assertThat(compared).isPositive();
    }

    private static void compare(OptimizerRule rule, JsonNode c, String what) {
        int n = c.get("x0").size();
        List<String> variables = IntStream.range(0, n).mapToObj(i -> "x" + i).toList();
        List<Expression> gradient = IntStream.range(0, n)
                .<Expression>mapToObj(i -> new Symbol("given" + i))
                .toList();
        FormulaObjective given = new FormulaObjective("given", variables, Expression.ZERO, gradient);
        Recurrence map = ClosedMap.of(rule, given, ClosedMap.Start.ZERO);
        StepProgram program = StepProgram.of(map, List.of(), rule.values(hyper(c)));
        Map<String, double[]> inputs = new HashMap<>();
        for (int i = 0; i < n; i++) {
            inputs.put(variables.get(i), new double[] {number(c.get("x0").get(i))});
            inputs.put(
                    "given" + i, new double[] {number(c.get("gradients").get(0).get(i))});
        }
        double[][] state = new double[program.components().size()][1];
        new BlockInterpreter(program.starts(), 1).evaluate(inputs, state);
        BlockInterpreter step = new BlockInterpreter(program.program(), 1);
        for (int t = 1; t <= c.get("gradients").size(); t++) {
            for (int i = 0; i < n; i++) {
                inputs.put(
                        "given" + i,
                        new double[] {number(c.get("gradients").get(t - 1).get(i))});
            }
            for (int k = 0; k < state.length; k++) {
                inputs.put(program.components().get(k), state[k].clone());
            }
            inputs.put(StepProgram.STEP, new double[] {t});
            step.evaluate(inputs, state);
            for (int i = 0; i < n; i++) {
                double expected = number(c.get("x").get(t - 1).get(i));
                assertThat(Math.abs(state[i][0] - expected))
                        .as("%s, step %d, coordinate %d: %s against %s", what, t, i, state[i][0], expected)
                        .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(expected)));
            }
        }
    }

    private static Map<String, Double> hyper(JsonNode c) {
        Map<String, Double> hyper = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : new ArrayList<>(c.get("hyper").properties())) {
            hyper.put(HYPER_NAMES.getOrDefault(entry.getKey(), entry.getKey()), number(entry.getValue()));
        }
        return hyper;
    }

    private static double number(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.doubleValue();
    }
}
