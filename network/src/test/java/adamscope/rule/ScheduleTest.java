package adamscope.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.optimizer.Catalogue;
import adamscope.training.Batching;
import adamscope.training.GradientChanges;
import adamscope.training.Training;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void linearWarmUpReachesItsValueAtItsLastStepAndStays() {
        Schedule warmup = new Schedule.Warmup(4, new Schedule.Constant(0.8));
        assertThat(values(warmup, 1, 2, 4, 5, 100)).containsExactly(0.2, 0.4, 0.8, 0.8, 0.8);
    }

    @Test
    void theInverseSquareRootHalvesAtFourTimesTheWarmUp() {
        Schedule schedule = new Schedule.Warmup(10, new Schedule.InverseSquareRoot(1, 10));
        assertThat(values(schedule, 5, 10, 40, 1000)).containsExactly(0.5, 1, 0.5, 0.1);
    }

    /// PyTorch 1.13.1: CosineAnnealingLR(T_max=8, eta_min=0.1) from 1.0 after 0, 2, 4, 8 steps: 1.0, 0.868198…, 0.55,
    /// 0.1.
    @Test
    void cosineIsPyTorchsCosineAnnealing() {
        double[] found = values(new Schedule.Cosine(1, 0.1, 8), 1, 3, 5, 9, 50);
        double[] expected = {1, 0.1 + 0.9 * (1 + Math.sqrt(0.5)) / 2, 0.55, 0.1, 0.1};
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-15)); // roundings of one cosine
        }
    }

    @Test
    void stepsAndExponentialDecayAsPyTorchsStepLrAndExponentialLr() {
        assertThat(values(new Schedule.Steps(1, 0.5, 3), 1, 3, 4, 6, 7)).containsExactly(1, 1, 0.5, 0.5, 0.25);
        assertThat(values(new Schedule.Exponential(2, 0.5), 1, 2, 4)).containsExactly(2, 1, 0.25);
        assertThat(values(new Schedule.Linear(1, 3, 5), 1, 3, 5, 9)).containsExactly(1, 2, 3, 3);
    }

    @Test
    void aRateKeepsTheTimeScaleOfADecayWhileTheLearningRateChanges() {
        TunedSchedule tuned = new TunedSchedule(
                Catalogue.shipped("adam"),
                Map.of(
                        "lr", new Schedule.Steps(0.125, 0.5, 10),
                        "beta1", new Schedule.Rate(4),
                        "beta2", new Schedule.Rate(1)));
        assertThat(tuned.at(1)).containsEntry("beta1", 0.5).containsEntry("beta2", 0.875);
        assertThat(tuned.at(11)).containsEntry("beta1", 0.75).containsEntry("beta2", 0.9375);
        assertThat(tuned.at(11)).containsEntry("eps", 1e-8);
    }

    @Test
    void aValueThatWouldLeaveItsDomainIsRefusedWithTheStepBeforeTheRun() {
        TunedSchedule tuned =
                new TunedSchedule(Catalogue.shipped("adam"), Map.of("beta1", new Schedule.Linear(0.5, 1.5, 11)));
        assertThatThrownBy(() -> new Training(
                        tuned,
                        Training.StopRule.after(20),
                        Batching.FULL,
                        GradientChanges.NONE,
                        java.util.List.of(),
                        Training.Conditions.DEFAULT))
                .hasMessage("adam: beta1 = 1 at step 6 is outside [0, 1)");
    }

    private static double[] values(Schedule schedule, long... steps) {
        return java.util.Arrays.stream(steps)
                .mapToDouble(step -> schedule.at(step, Double.NaN))
                .toArray();
    }
}
