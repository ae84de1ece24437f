package adamscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.Curvature;
import adamscope.curvature.LossSurface;
import adamscope.data.SineSum;
import adamscope.model.Activation;
import adamscope.model.BatchLoss;
import adamscope.model.Criterion;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.table.Table;
import adamscope.tensor.Place;
import adamscope.training.Training;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class SpectrumProbeTest {
    private static final FullyConnected NETWORK = FullyConnected.of(2, 4, 1, 1, Activation.TANH);
    private static final int PARAMETERS = 17;

    @Test
    void itsNodesAndWeightsHaveTheTraceOfTheHessianThatTheyAreTakenFrom() {
        // lr is so small that θ stays where it starts up to rounding; over 400 vectors the mean of qᵀHq is tr H/n up to
        // 1/√(400·n/2) of ‖H‖, and each quadrature of 17 steps has it exactly
        Table probes = probed(1e-12, List.of(1L), new SpectrumProbe.Resolution(400, PARAMETERS, 3));
        double sum = 0;
        double mean = 0;
        for (int i = 1; i <= 400 * PARAMETERS; i++) {
            double weight = probes.numbers("weight " + i)[0];
            if (!Double.isNaN(weight)) {
                sum += weight;
                mean += weight * probes.numbers("node " + i)[0];
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-10)); // rounding of 6,800 sums
        double[] diagonal = diagonalAtTheStart();
        double trace =
                IntStream.range(0, PARAMETERS).mapToDouble(i -> diagonal[i]).sum();
        assertThat(mean).isCloseTo(trace / PARAMETERS, within(0.1 * trace / PARAMETERS));
    }

    @Test
    void itLooksAtItsStepsOnly() {
        Table probes = probed(0.1, List.of(1L, 3L), new SpectrumProbe.Resolution(1, 2, 3));
        assertThat(probes.numbers("step")).containsExactly(1, 3);
        assertThatThrownBy(() -> new SpectrumProbe.Resolution(0, 2, 3)).hasMessageContaining("vectors = 0");
    }

    private static Table probed(double lr, List<Long> steps, SpectrumProbe.Resolution resolution) {
        return Training.of(Catalogue.shipped("gd"), Map.of("lr", lr), 4)
                .run(_ -> loss(), Training.Watch.of(List.of(SpectrumProbe.source(steps, resolution)), (_, _) -> true))
                .probes();
    }

    private static BatchLoss loss() {
        return new NetworkLoss(
                NETWORK, new SineSum(30, 2, 0).read(Place.CPU_FLOAT64).samples(), Criterion.MEAN_SQUARED);
    }

    private static double[] diagonalAtTheStart() {
        try (PointerScope _ = new PointerScope()) {
            BatchLoss loss = loss();
            Curvature curvature = LossSurface.of(loss).curvature(loss.initial(0));
            double[] diagonal = new double[PARAMETERS];
            for (int i = 0; i < PARAMETERS; i++) {
                double[] unit = new double[PARAMETERS];
                unit[i] = 1;
                Tensor product = curvature.apply(loss.place().tensor(unit, PARAMETERS));
                diagonal[i] = Place.numbers(product)[i];
            }
            return diagonal;
        }
    }
}
