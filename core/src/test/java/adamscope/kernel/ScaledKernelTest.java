package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.optimizer.Catalogue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ScaledKernelTest {
    /// padam's power 0.25 of a changing value has no scaled form.
    static final List<String> RULES =
            Catalogue.NAMES.stream().filter(rule -> !rule.equals("padam")).toList();

    @ParameterizedTest
    @FieldSource("RULES")
    void everyRuleHasTheBitsOfWideArithmetic(String rule) {
        for (String objective : List.of("3*x", "x^2/2", "x^4/4", "x^3/3 + x*y^2 - y/(1 + x^2)")) {
            StepProgram program = KernelCases.program(rule, objective);
            compare(program, KernelCases.lanes(rule, program, 23, 7), 300);
        }
    }

    @ParameterizedTest
    @CsvSource({"adam-uncorrected,4", "adam-uncorrected,6", "adam,4", "rmsprop,4", "amsgrad,4", "nadam,8"})
    void randomDecaysWithoutEpsilonHaveTheBitsOfWideArithmetic(String rule, int degree) {
        randomDecays(rule, degree, 100);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"adam-uncorrected,4", "adam-uncorrected,6", "adam,4", "rmsprop,4", "amsgrad,4", "nadam,8"})
    void manyRandomDecaysWithoutEpsilonHaveTheBitsOfWideArithmetic(String rule, int degree) {
        randomDecays(rule, degree, 500);
    }

    private static void randomDecays(String rule, int degree, int lanes) {
        StepProgram program =
                KernelCases.program(KernelCases.recurrence(rule, "x^" + degree + "/" + degree), Map.of("eps", 0.0));
        compare(program, KernelCases.lanes(rule, program, lanes, degree), 1000);
    }

    /// β₁ = 0.9 and β₂ = 0.91, 0.895, 0.8: a run that decays for ever, one that spikes, one that stalls.
    @Test
    void theThreeRegimesHaveTheBitsOfWideArithmetic() {
        StepProgram program = KernelCases.program(
                KernelCases.recurrence("adam-uncorrected", "x^4/4"), Map.of("eps", 0.0, "lr", 1e-3));
        Map<String, double[]> inputs = Map.of(
                "beta1", new double[] {0.9, 0.9, 0.9, 0.01, 0.5, 0.99},
                "beta2", new double[] {0.91, 0.895, 0.8, 0.02, 0.1, 0.01},
                "x", new double[] {1, 1, 1, 1, 1, 1});
        ScaledLanes lanes = compare(program, inputs, 20_000);
        assertThat(lanes.component(0).at(0).exponent())
                .as("x, of which v is the sixth power, is far below")
                .isLessThan(-600);
    }

    @Test
    void zerosInfinitiesAndHugeStartsHaveTheBitsOfWideArithmetic() {
        StepProgram program =
                KernelCases.program(KernelCases.recurrence("adam-uncorrected", "x^4/4"), Map.of("eps", 0.0));
        double[] starts = {0, -0.0, 1e-300, -1e300, 1e-3, Double.MIN_VALUE, 1, 2};
        Map<String, double[]> inputs = new HashMap<>();
        inputs.put("x", starts);
        inputs.put("lr", fill(starts.length, 1e-3));
        inputs.put("beta1", new double[] {0.9, 0.9, 0.9, 0.9, 0, 0.5, 0, 0.9});
        inputs.put("beta2", new double[] {0.99, 0.99, 0.5, 0.9, 0, 0.9, 0.5, 0});
        compare(program, inputs, 500);
    }

    /// x = 1e-3 with lr = 1e-3 and no averaging steps exactly to 0.
    @Test
    void aStepToExactlyZeroStaysThere() {
        StepProgram program = KernelCases.program(KernelCases.recurrence("signgd", "x^4/4"), Map.of("lr", 1e-3));
        ScaledLanes lanes = compare(program, Map.of("x", new double[] {1e-3, 2e-3, -5e-3}), 60);
        assertThat(lanes.component(0).mantissa()[0]).isZero();
    }

    @ParameterizedTest
    @FieldSource("adamscope.optimizer.Catalogue#NAMES")
    void functionsOfChangingValuesHaveTheBitsOfWideArithmetic(String rule) {
        StepProgram program = KernelCases.program(rule, "abs(x)^2.5 + exp(x/3) + log(2 + y^2) + sin(x*y) - cos(y)");
        compare(program, KernelCases.lanes(rule, program, 9, 3), 75);
    }

    /// padam without epsilon on x² falls out of the range of double, x beyond 1e-308, and exp of x⁴ beyond 1e308.
    @ParameterizedTest
    @CsvSource({"padam,x^2/2", "padam,x^4/4", "adam-uncorrected,log(1 + x^2)", "gd,exp(x^4) - 1", "gd,x^2*log(x^2)"})
    void functionsOfValuesThatLeaveTheRangeOfDoubleHaveTheBitsOfWideArithmetic(String rule, String objective) {
        StepProgram program = KernelCases.program(KernelCases.recurrence(rule, objective), Map.of());
        Map<String, double[]> inputs = new HashMap<>(KernelCases.lanes(rule, program, 12, 5));
        inputs.computeIfPresent("eps", (_, eps) -> new double[eps.length]);
        inputs.computeIfPresent("lr", (_, lr) -> fill(lr.length, 0.3));
        inputs.put("x", new double[] {1, 1e-3, 1e-70, 1e-160, 1e-300, 0, -0.0, 5, 6.5, 1e100, Double.NaN, -1e-310});
        ScaledLanes lanes = compare(program, inputs, 200);
        assertThat(lanes.slowSteps()).isPositive();
    }

    @Test
    void programsWithTanhOfChangingValuesHaveNoScaledForm() {
        assertThat(ScaledKernel.of(KernelCases.program("gd", "tanh(x)"))).isEmpty();
    }

    @Test
    void anOrdinaryDecayNeedsTheReferenceOnlyAtTheStart() {
        StepProgram program = KernelCases.program(
                KernelCases.recurrence("adam-uncorrected", "x^4/4"), Map.of("eps", 0.0, "lr", 1e-3));
        Map<String, double[]> inputs = Map.of("beta1", fill(1, 0.9), "beta2", fill(1, 0.93), "x", fill(1, 1));
        assertThat(compare(program, inputs, 20_000).slowSteps()).isLessThanOrEqualTo(ScaledLanes.LONGEST_BLOCK);
    }

    /// Its averages begin at 0, which has no logarithm.
    @Test
    void aPowerNeedsTheReferenceOnlyInTheFirstStep() {
        StepProgram program =
                KernelCases.program(KernelCases.recurrence("padam", "x^4/4"), Map.of("eps", 0.0, "power", 0.25));
        Map<String, double[]> inputs =
                Map.of("beta1", fill(1, 0.9), "beta2", fill(1, 0.93), "x", fill(1, 1), "lr", fill(1, 1e-3));
        assertThat(compare(program, inputs, 200).slowSteps()).isEqualTo(1);
    }

    @Test
    void theGreatestSquaredGradientIsRecordedBesideTheLossOverItsMinimum() {
        for (String rule : List.of("gd", "heavy-ball", "adam", "rmsprop")) {
            StepProgram program = KernelCases.judged(rule, "x^4/4 - x^2/2 + (y-1)^2/2");
            assertThat(program.observed()).contains(TileRun.SLOPE);
            compare(program, KernelCases.lanes(rule, program, 13, 5), 200);
        }
    }

    private static double[] fill(int lanes, double value) {
        double[] values = new double[lanes];
        Arrays.fill(values, value);
        return values;
    }

    private static ScaledLanes compare(StepProgram program, Map<String, double[]> inputs, int steps) {
        int lanes = inputs.values().iterator().next().length;
        ScaledLanes fast =
                (ScaledLanes) ScaledKernel.of(program).orElseThrow().lanes(inputs, KernelCases.starts(program, inputs));
        WideLanes reference = new WideLanes(program, inputs, KernelCases.starts(program, inputs));
        for (int done = 0; done < steps; done += 25) {
            fast.advance(done + 1, 25);
            reference.advance(done + 1, 25);
            for (int lane = 0; lane < lanes; lane++) {
                int at = lane;
                List<WideNumber> wanted = reading(program, reference, at);
                // Once a lane holds a NaN, only that is compared.
                if (wanted.stream().noneMatch(value -> Double.isNaN(value.mantissa()))) {
                    assertThat(reading(program, fast, at))
                            .as("lane " + lane + " after step " + (done + 25))
                            .isEqualTo(wanted);
                } else {
                    assertThat(reading(program, fast, at)).anyMatch(value -> Double.isNaN(value.mantissa()));
                }
            }
        }
        return fast;
    }

    private static List<WideNumber> reading(StepProgram program, Lanes lanes, int lane) {
        Stream<Magnitudes> components =
                java.util.stream.IntStream.range(0, program.components().size()).mapToObj(lanes::component);
        Stream<Magnitudes> losses = Stream.of(
                        Lanes.Record.LEAST_LOSS, Lanes.Record.GREATEST_LOSS, Lanes.Record.GREATEST_SLOPE)
                .map(lanes::recorded);
        return Stream.concat(components, losses).map(m -> m.at(lane)).toList();
    }
}
