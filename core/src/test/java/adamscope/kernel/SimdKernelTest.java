package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.dynamics.ClosedMap;
import adamscope.objective.FormulaObjective;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimdKernelTest {
    static final List<String> RULES = Catalogue.NAMES;

    @ParameterizedTest
    @FieldSource("RULES")
    void everyRuleOfTheCatalogueHasTheBitsOfTheInterpreter(String rule) {
        for (String objective : List.of(
                "3*x",
                "x^4/4",
                "x^3/3 + x*y^2 - y/(1 + x^2)",
                "abs(x)^2.5 + exp(x/3) + log(2 + y^2) + sin(x*y) - cos(y) + tanh(x)")) {
            StepProgram program = KernelCases.program(rule, objective);
            for (int lanes : new int[] {1, 9, 64}) {
                compare(rule, program, SimdKernel.of(program), lanes, 60);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "7", "8", "9", "31", "255", "256", "257"})
    void everyCountOfLanesHasTheBitsOfTheInterpreter(int lanes) {
        StepProgram program = KernelCases.program("adam", "x^4/4");
        compare("adam", program, SimdKernel.of(program), lanes, 200);
    }

    @ParameterizedTest
    @CsvSource({"128,1", "128,4", "256,1", "256,2", "256,4", "512,1", "512,3", "512,8"})
    void everyWidthHasTheBitsOfTheInterpreter(int bits, int vectors) {
        StepProgram program = KernelCases.program("adam-uncorrected", "x^4/4");
        compare("adam-uncorrected", program, SimdKernel.of(program, bits, vectors), 141, 100);
    }

    /// Functions of functions, of numbers, of parameters, of the step and of what differs from lane to lane and step.
    @ParameterizedTest
    @CsvSource({"128,1", "256,1", "256,2", "512,1", "512,3"})
    void functionsHaveTheBitsOfTheInterpreterInEveryWidth(int bits, int vectors) {
        OptimizerRule rule = RuleReader.read("own.opt", """
            optimizer own
            hyper lr = 1e-2 in (0, inf) "learning rate"
            hyper power = 0.3 in (0, inf) "exponent"
            state v = 0
            v <- v/2 + exp(-t/7)*g^2 + abs(x)^(1/t)
            x <- x - lr*cos(t)*g/(2^v + v^power + power^v + exp(log(1 + v)*sin(x)))
            """);
        StepProgram program = KernelCases.program(
                ClosedMap.of(rule, FormulaObjective.read("x^4/4 + exp(x)"), ClosedMap.Start.ZERO), Map.of());
        SplittableRandom random = new SplittableRandom(bits);
        Map<String, double[]> inputs = Map.of(
                "lr", random.doubles(141, 1e-3, 1e-1).toArray(),
                "power", random.doubles(141, 0, 3).toArray(),
                "x", random.doubles(141, -2, 2).toArray());
        compare(program, SimdKernel.of(program, bits, vectors), inputs, 60);
    }

    @Test
    void aUniformParameterIsPartOfTheCode() {
        StepProgram program = KernelCases.program(
                KernelCases.recurrence("adam-uncorrected", "x^4/4"), Map.of("eps", 0.0, "lr", 1e-3));
        assertThat(program.parameters()).containsExactly("beta1", "beta2");
        compare("adam-uncorrected", program, SimdKernel.of(program), 65, 200);
    }

    @Test
    void aLaneThatBecomesNotANumberLeavesTheOthersAlone() {
        StepProgram program = KernelCases.program("adam-uncorrected", "x^4/4");
        Map<String, double[]> inputs = KernelCases.lanes("adam-uncorrected", program, 19, 5);
        inputs.get("x")[3] = Double.NaN;
        inputs.get("x")[4] = Double.POSITIVE_INFINITY;
        inputs.get("x")[5] = 0;
        inputs.get("eps")[6] = 0;
        inputs.get("x")[6] = 0;
        inputs.get("x")[7] = 1e-120;
        inputs.get("eps")[7] = 0;
        compare(program, SimdKernel.of(program), inputs, 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gd", "heavy-ball", "adam", "rmsprop"})
    void theGreatestSquaredGradientOfEachWindowIsRecordedBesideTheLossOverItsMinimum(String rule) {
        StepProgram program = KernelCases.judged(rule, "x^4/4 - x^2/2 + (y-1)^2/2");
        assertThat(program.observed()).contains(TileRun.SLOPE);
        compare(rule, program, SimdKernel.of(program), 13, 100);
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void generatedMethodsAreShortEnoughForTheCompiler(String rule) {
        StepProgram program = KernelCases.program(rule, "x^4/4 + x^2*y^2/2 + y^6/6");
        assertThat(LaneClass.fitting(DoubleCode.of(program).code(), 512, 4))
                .hasValueSatisfying(type -> assertThat(type.longestMethod()).isLessThan(LaneClass.LONGEST_METHOD));
    }

    private static void compare(String rule, StepProgram program, SimdKernel kernel, int lanes, int steps) {
        compare(program, kernel, KernelCases.lanes(rule, program, lanes, lanes), steps);
    }

    private static void compare(StepProgram program, SimdKernel kernel, Map<String, double[]> inputs, int steps) {
        Lanes fast = kernel.lanes(inputs, KernelCases.starts(program, inputs));
        Lanes interpreted = interpreted(program, inputs);
        Lanes reference = new BlockLanes(program, inputs, KernelCases.starts(program, inputs));
        for (int done = 0; done < steps; ) {
            int now = Math.min(25, steps - done);
            fast.advance(done + 1, now);
            reference.advance(done + 1, now);
            done += now;
            for (int c = 0; c < program.components().size(); c++) {
                assertThat(fast.component(c).mantissa())
                        .as(program.components().get(c) + " after step " + done)
                        .isEqualTo(reference.component(c).mantissa());
            }
            for (Lanes.Record record : List.of(
                    Lanes.Record.LEAST_LOSS,
                    Lanes.Record.GREATEST_LOSS,
                    Lanes.Record.GREATEST_SLOPE,
                    Lanes.Record.LAST_COUPLING)) {
                assertThat(fast.recorded(record).mantissa())
                        .as(record + " after step " + done)
                        .isEqualTo(reference.recorded(record).mantissa());
            }
            sameCoupling(fast, reference);
            interpreted.advance(done - now + 1, now);
            for (Lanes.Record record : Lanes.Record.values()) {
                assertThat(interpreted.recorded(record).mantissa())
                        .as(record + " interpreted, after step " + done)
                        .isEqualTo(fast.recorded(record).mantissa());
            }
            for (int c = 0; c < program.components().size(); c++) {
                assertThat(interpreted.component(c).mantissa())
                        .isEqualTo(reference.component(c).mantissa());
            }
        }
    }

    /// The best step is found by products, and v/g² may be taken as √v·√v/(|g|·|g|): five roundings, 2^-52 each.
    private static void sameCoupling(Lanes fast, Lanes reference) {
        double[] found = fast.recorded(Lanes.Record.GREATEST_COUPLING).mantissa();
        double[] right = reference.recorded(Lanes.Record.GREATEST_COUPLING).mantissa();
        for (int lane = 0; lane < right.length; lane++) {
            boolean outside = right[lane] == 0 || !Double.isFinite(right[lane]);
            assertThat(found[lane]).isCloseTo(right[lane], within(outside ? 0 : right[lane] * 5 * 0x1p-52));
        }
    }

    private static Lanes interpreted(StepProgram program, Map<String, double[]> inputs) {
        DoubleCode code = DoubleCode.of(program);
        GroupLoop loop = LaneInterpreter.loop(code.code());
        return new DoubleLanes(code, () -> loop, inputs, KernelCases.starts(program, inputs));
    }
}
