package adamscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.data.FashionMnist;
import adamscope.model.Activation;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.probe.Probe;
import adamscope.probe.ProbePlan;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class RandomModelTest {
    private static final FullyConnected NETWORK = FullyConnected.of(784, 4, 1, 10, Activation.TANH);

    /// A network whose inputs are dropped, others at each evaluation.
    private record Dropped(NetworkLoss plain) implements BatchLoss {
        @Override
        public List<Block> blocks() {
            return plain.blocks();
        }

        @Override
        public Tensor initial(long seed) {
            return plain.initial(seed);
        }

        @Override
        public long samples() {
            return plain.samples();
        }

        @Override
        public Place place() {
            return plain.place();
        }

        @Override
        public boolean separable() {
            return true;
        }

        @Override
        public Tensor mean(Tensor theta, Batch batch) {
            Tensor kept = torch.dropout(plain.data().inputs(), 0.5, true);
            return plain.network().output(theta, kept).square().mean();
        }
    }

    private static TrainingResult trained(List<Probe.Source> probes) {
        return Training.of(Catalogue.shipped("adam"), Map.of(), 3)
                .run(
                        place -> new Dropped(NetworkLoss.halfSquared(
                                NETWORK, FashionMnist.shipped(20).toSamples(place))),
                        Training.Watch.of(probes, (_, _) -> true));
    }

    @Test
    void aModelWithDropoutTrainsButItsSharpnessIsRefusedByName() {
        assertThat(trained(List.of()).outcome()).isEqualTo(new TrainingOutcome.Completed(3));
        assertThatThrownBy(() -> trained(List.of(ProbePlan.every(2).source(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not deterministic")
                .hasMessageContaining("dropout");
    }
}
