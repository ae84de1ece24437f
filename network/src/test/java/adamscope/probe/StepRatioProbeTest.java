package adamscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.data.FashionMnist;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.table.Table;
import adamscope.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepRatioProbeTest {
    private static final FullyConnected NETWORK = FullyConnected.of(784, 6, 1, 10, Activation.TANH);

    @Test
    void theLargestRatioOfEveryLayerStaysWithinTheBoundAtEveryStep() {
        Table probes = probed("adam-uncorrected", Map.of("eps", 0.0), 20);
        double[] bound = probes.numbers("stepBound");
        assertThat(bound).hasSize(20);
        for (var block : NETWORK.blocks()) {
            double[] largest = probes.numbers("largestRatio " + block.name());
            double[] mean = probes.numbers("meanRatio " + block.name());
            for (int i = 0; i < bound.length; i++) {
                assertThat(largest[i]).isPositive().isLessThanOrEqualTo(bound[i] * (1 + 1e-5)); // single precision
                assertThat(mean[i]).isPositive().isLessThanOrEqualTo(largest[i]);
            }
        }
    }

    @Test
    void theBoundFollowsDecaysThatChange() {
        TunedSchedule constant = TunedSchedule.constant(Catalogue.shipped("adam-uncorrected"), Map.of("eps", 0.0));
        Training plain = Training.of(Catalogue.shipped("adam-uncorrected"), Map.of("eps", 0.0), 20);
        Training falling = new Training(
                constant.with(Map.of("beta1", new Schedule.Linear(0.9, 0.1, 20))),
                plain.ending(),
                plain.batching(),
                plain.gradient(),
                List.of(),
                plain.run());
        Table probes = run(falling, 20);
        double[] bound = probes.numbers("stepBound");
        double squared = 0;
        for (int t = 1; t <= 20; t++) {
            squared = adamscope.stability.StepBound.squared(squared, 0.9 - 0.8 * (t - 1) / 19, 0.999);
            assertThat(bound[t - 1]).isCloseTo(Math.sqrt(squared), org.assertj.core.api.Assertions.within(1e-9));
            for (var block : NETWORK.blocks()) {
                assertThat(probes.numbers("largestRatio " + block.name())[t - 1])
                        .isLessThanOrEqualTo(bound[t - 1] * (1 + 1e-5)); // single precision
            }
        }
    }

    @Test
    void theVarianceOfBatchesOfAllSamplesIsNothingButRounding() {
        Table probes = probed("adam-uncorrected", Map.of(), 40);
        double[] norm = probes.numbers("gradientNorm");
        double[] variance = probes.numbers("gradientVariance");
        for (int i = 0; i < norm.length; i++) {
            // another order of the sum, in single precision: relative error ≈ 1e-6 of sums of 40 terms, squared
            assertThat(variance[i]).isLessThan(1e-9 * norm[i] * norm[i]);
        }
        assertThat(Arrays.stream(probed("adam-uncorrected", Map.of(), 10).numbers("gradientVariance")))
                .allMatch(v -> v > 1e-6);
    }

    @Test
    void aRuleWithoutAverageGradientIsRefused() {
        assertThatThrownBy(() -> probed("gd", Map.of(), 20)).hasMessageContaining("gd has no state 'm'");
    }

    private static Table probed(String rule, Map<String, Double> hyper, int batch) {
        return run(Training.of(Catalogue.shipped(rule), hyper, 20), batch);
    }

    private static Table run(Training training, int batch) {
        return training.run(
                        place -> NetworkLoss.halfSquared(
                                NETWORK, FashionMnist.shipped(40).toSamples(place)),
                        Training.Watch.of(List.of(StepRatioProbe.source(1, batch)), (_, _) -> true))
                .probes();
    }
}
