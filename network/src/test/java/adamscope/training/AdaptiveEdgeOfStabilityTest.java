package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.ProbeSchedule;
import adamscope.data.FashionMnist;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.probe.SharpnessProbe;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AdaptiveEdgeOfStabilityTest {

    /// Expected values: an independent PyTorch program (its own gradient and Hessian-vector product) on the same task
    /// reached the threshold 38/η at step 160 from one random start and then stayed at 0.94 ± 0.07 (mean ± standard
    /// deviation) of it; from others it reached it between steps 140 and 210, from the start of seed 0 here at 200.
    @Test
    @Tag("slow")
    void fullBatchAdamReachesItsThresholdAndStaysThere() {
        double lr = 2e-4;
        FullyConnected network = FullyConnected.of(784, 200, 5, 10, Activation.TANH);
        Training training = Training.of(Catalogue.shipped("adam-uncorrected"), Map.of("lr", lr, "eps", 1e-7), 800);
        long begin = System.nanoTime();
        TrainingResult result = training.run(
                place -> NetworkLoss.halfSquared(
                        network, FashionMnist.shipped(1000).toSamples(place)),
                Training.Watch.of(List.of(SharpnessProbe.source(ProbeSchedule.DEFAULT, 0)), (_, _) -> true));
        double seconds = (System.nanoTime() - begin) * 1e-9;

        double[] steps = result.probes().numbers("step");
        double[] ratio = Arrays.stream(result.probes().numbers("preconditionedSharpness"))
                .map(sharpness -> sharpness * lr / 38)
                .toArray();
        int first = IntStream.range(0, steps.length)
                .filter(i -> steps[i] >= 20 && ratio[i] >= 1)
                .findFirst()
                .orElseThrow();
        double mean = Arrays.stream(ratio, first, ratio.length).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(ratio, first, ratio.length)
                .map(r -> (r - mean) * (r - mean))
                .average()
                .orElseThrow());
        System.out.printf(
                Locale.ROOT,
                "threshold reached at step %.0f, then %.3f ± %.3f of it; loss %.6f; products %.0f + %.0f; %.1f s%n",
                steps[first],
                mean,
                deviation,
                Arrays.stream(result.losses().numbers("loss"))
                        .skip(800)
                        .findFirst()
                        .orElseThrow(),
                Arrays.stream(result.probes().numbers("preconditionedSharpnessProducts"))
                        .sum(),
                Arrays.stream(result.probes().numbers("sharpnessProducts")).sum(),
                seconds);
        assertThat(steps[first]).isBetween(190.0, 210.0); // the same start: one probe either side for float32 rounding
        assertThat(mean).isCloseTo(0.94, within(0.07));
    }
}
