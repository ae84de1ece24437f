package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.curvature.ProbeSchedule;
import adamscope.data.FashionMnist;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.probe.CurvatureQuestion;
import adamscope.probe.DirectionsProbe;
import adamscope.probe.LiveCost;
import adamscope.probe.Probe;
import adamscope.probe.ProbePlan;
import adamscope.tensor.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitoringTest {
    private static final FullyConnected NETWORK = FullyConnected.of(784, 8, 2, 10, Activation.TANH);

    /// Loss, θ and states of the last step, as numbers.
    private static final class Last implements CheckpointKeeper {
        private final List<double[]> numbers = new ArrayList<>();

        @Override
        public void after(long step, Supplier<Checkpoint> checkpoint) {}

        @Override
        public void last(Supplier<Checkpoint> checkpoint) {
            Checkpoint reached = checkpoint.get();
            numbers.add(new double[] {reached.loss()});
            numbers.add(Place.numbers(reached.theta()));
            for (Tensor state : new TreeMap<>(reached.states()).values()) {
                numbers.add(Place.numbers(state));
            }
        }
    }

    private static List<double[]> reached(Batching batching, List<Probe.Source> probes) {
        Last last = new Last();
        Training.of(Catalogue.shipped("adam"), Map.of("lr", 1e-3), 7)
                .with(batching)
                .run(
                        place -> NetworkLoss.halfSquared(
                                NETWORK, FashionMnist.shipped(20).toSamples(place)),
                        new Training.Watch(probes, LiveCost.BY_COST, List.of(), (_, _) -> true, Optional.of(last)));
        return last.numbers;
    }

    /// In whole batches, which take over the gradient of the measurement, and in pieces of minibatches.
    @ParameterizedTest
    @CsvSource({"0, 0", "8, 3"})
    void aTrainingWhoseSharpnessIsFollowedHasTheBitsOfOneThatIsNot(int batch, int micro) {
        hold(batch, micro, List.of(CurvatureQuestion.SHARPNESS));
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"0, 0", "8, 0", "0, 7", "8, 3"})
    void soHasATrainingOfWhichEverythingIsMeasured(int batch, int micro) {
        hold(batch, micro, List.of(CurvatureQuestion.values()));
    }

    private static void hold(int batch, int micro, List<CurvatureQuestion> asked) {
        Batching batching = new Batching(batch, micro, 0);
        ProbePlan plan = new ProbePlan(
                new ProbeSchedule(3, 1e-3, 60, true), asked, asked.size() > 1, DirectionsProbe.Choice.DEFAULT);
        List<double[]> bare = reached(batching, List.of());
        assertThat(bare).hasSizeGreaterThanOrEqualTo(4); // loss, θ, m, v
        assertThat(reached(batching, List.of(plan.source(5)))).containsExactly(bare.toArray(double[][]::new));
    }
}
