package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneSourceTest {
    private static final int LANES = 13;
    private static final int STEPS = 25;

    /// A kernel would ask for more operations than fit: by their number alone.
    private static final int MANY = 1_000_000_000;

    @ParameterizedTest
    @CsvSource({
        "adam-uncorrected, x^4/4",
        "adam, x^4/4",
        "gd, x^2/2 + y^4",
        "lion, abs(x)^3.5",
        "rmsprop, x^2/2",
        "heavy-ball, log(1 + exp(x)) - x/3",
    })
    void theInterpreterThatBeginsAndTheKernelThatGoesOnGiveTheSameBits(String rule, String objective) {
        for (Arithmetic arithmetic : Arithmetic.values()) {
            StepProgram program = KernelCases.program(rule, objective);
            Map<String, double[]> inputs = KernelCases.lanes(rule, program, LANES, 3);
            LaneSource source = new LaneSource(program, arithmetic);
            Lanes few = source.lanes(inputs, KernelCases.starts(program, inputs), STEPS);
            Lanes many = source.lanes(inputs, KernelCases.starts(program, inputs), MANY);
            few.advance(1, STEPS);
            many.advance(1, STEPS);
            Magnitudes loss = few.recorded(Lanes.Record.LEAST_LOSS);
            for (int lane = 0; lane < LANES; lane++) {
                assertThat(many.recorded(Lanes.Record.LEAST_LOSS).at(lane)).isEqualTo(loss.at(lane));
            }
            for (int c = 0; c < program.components().size(); c++) {
                Magnitudes slow = few.component(c);
                Magnitudes fast = many.component(c);
                for (int lane = 0; lane < LANES; lane++) {
                    assertThat(fast.at(lane))
                            .as("%s of lane %d, %s", program.components().get(c), lane, arithmetic)
                            .isEqualTo(slow.at(lane));
                }
            }
        }
    }

    @Test
    void aKernelIsMadeOnceThereIsWorkForItAndStays() {
        StepProgram program = KernelCases.program("adam", "x^4/4");
        Map<String, double[]> inputs = KernelCases.lanes("adam", program, LANES, 3);
        LaneSource source = new LaneSource(program, Arithmetic.SCALED);
        Magnitudes[] starts = KernelCases.starts(program, inputs);
        assertThat(source.lanes(inputs, starts, STEPS)).isInstanceOf(WideLanes.class);
        assertThat(source.lanes(inputs, starts, MANY)).isInstanceOf(ScaledLanes.class);
        assertThat(source.lanes(inputs, starts, STEPS)).isInstanceOf(ScaledLanes.class);
    }

    /// Numbers that a kernel holds as other pairs of mantissa and exponent than the interpreter.
    @Test
    void everyColumnOfARunHasTheBitsOfTheInterpreter() {
        Recurrence recurrence = KernelCases.recurrence("adam-uncorrected", "x^4/4");
        Map<String, Double> uniform = Map.of("lr", 1e-3, "eps", 0.0);
        int many = 1000;
        Map<String, double[]> inputs =
                KernelCases.lanes("adam-uncorrected", KernelCases.program(recurrence, uniform), many, 4);
        Map<String, double[]> first = new HashMap<>();
        inputs.forEach((name, values) -> first.put(name, Arrays.copyOf(values, 40)));
        TileRun run = TileRun.of(recurrence, uniform, Arithmetic.SCALED, 1000, 50);
        TileResult slow = run.run(first, () -> false);
        TileResult fast = run.run(inputs, () -> false);
        assertThat(slow.finalLoss()).isEqualTo(Arrays.copyOf(fast.finalLoss(), 40));
        assertThat(slow.minLoss()).isEqualTo(Arrays.copyOf(fast.minLoss(), 40));
        assertThat(slow.maxCoupling()).isEqualTo(Arrays.copyOf(fast.maxCoupling(), 40));
        assertThat(slow.medianCoupling()).isEqualTo(Arrays.copyOf(fast.medianCoupling(), 40));
        for (int lane = 0; lane < 40; lane++) {
            assertThat(slow.windowMax().of(lane)).isEqualTo(fast.windowMax().of(lane));
        }
    }

    @Test
    void anOrderHasTheSameBitsHoweverMantissaAndExponentShareTheMagnitude() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 10_000; i++) {
            double mantissa = random.nextDouble(1, 2);
            long exponent = random.nextLong(-9000, 9000);
            int shift = random.nextInt(-900, 900);
            assertThat(Order.of(Math.scalb(mantissa, shift), exponent - shift)).isEqualTo(Order.of(mantissa, exponent));
        }
    }
}
