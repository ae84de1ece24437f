package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopAtHandTest {
    private static final int LANES = 13;

    /// The change comes at a step where rows are not yet whole groups of the kernel.
    @ParameterizedTest
    @ValueSource(strings = {"adam", "lion", "amsgrad"})
    void lanesThatChangeToAKernelOnTheirWayHaveTheBitsOfThoseThatDoNot(String rule) {
        StepProgram program = KernelCases.program(rule, "x^4/4");
        Map<String, double[]> inputs = KernelCases.lanes(rule, program, LANES, 3);
        DoubleCode code = DoubleCode.of(program);
        GroupLoop slow = LaneInterpreter.loop(code.code());
        GroupLoop fast = SimdKernel.of(program).loop();
        boolean[] made = new boolean[1];
        Supplier<GroupLoop> atHand = () -> made[0] ? fast : slow;
        Lanes changed = new DoubleLanes(code, atHand, inputs, KernelCases.starts(program, inputs));
        Lanes same = new DoubleLanes(code, () -> slow, inputs, KernelCases.starts(program, inputs));
        changed.advance(1, 25);
        same.advance(1, 25);
        made[0] = true;
        changed.keep(new int[] {0, 2, 3, 5, 7, 11, 12});
        same.keep(new int[] {0, 2, 3, 5, 7, 11, 12});
        changed.advance(26, 25);
        same.advance(26, 25);
        for (int c = 0; c < program.components().size(); c++) {
            assertThat(changed.component(c).mantissa())
                    .as(program.components().get(c))
                    .isEqualTo(same.component(c).mantissa());
        }
        for (Lanes.Record record : Lanes.Record.values()) {
            assertThat(changed.recorded(record).mantissa())
                    .as(record.name())
                    .isEqualTo(same.recorded(record).mantissa());
        }
    }

    @Test
    void aKernelComesWhileTheInterpreterRuns() throws InterruptedException {
        StepProgram program = KernelCases.program("gd", "x^4/4");
        LoopAtHand loop = new LoopAtHand(DoubleCode.of(program));
        GroupLoop first = loop.get();
        assertThat(first.group()).isEqualTo(1);
        loop.begin(program);
        long end = System.nanoTime() + 60_000_000_000L;
        while (loop.get() == first && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(loop.get().group()).isGreaterThan(1);
    }
}
