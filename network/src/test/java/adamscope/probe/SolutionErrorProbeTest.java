package adamscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.data.SineSum;
import adamscope.model.Activation;
import adamscope.model.BatchLoss;
import adamscope.model.Criterion;
import adamscope.model.FullyConnected;
import adamscope.model.GalerkinLoss;
import adamscope.model.GalerkinProblem;
import adamscope.model.NetworkLoss;
import adamscope.optimizer.Catalogue;
import adamscope.table.Table;
import adamscope.tensor.Place;
import adamscope.training.Training;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SolutionErrorProbeTest {
    private static final FullyConnected CONSTANT = FullyConnected.between(2, List.of(), 1, Activation.IDENTITY);

    /// An affine u has Δu = 0, so gradient descent solves a problem of least squares on the boundary alone, u = 0; the
    /// mean of ((1 − r²)/4)² over the disk is ∫₀¹ (1 − r²)²/16·2r dr = 1/48.
    @Test
    void ofTheZeroFunctionOnTheDiskItIsTheMeanSquareOfTheSolution() {
        Table probes = probed(place -> GalerkinLoss.of(CONSTANT, GalerkinProblem.DISK, 50, 1, place), 400);
        assertThat(probes.numbers("step")).containsExactly(200, 400);
        // the square has the mean 1/48 and the deviation √(1/1280 − 1/48²) = 0.0186; over 20,000 points four of it:
        // 5e-4
        assertThat(probes.numbers(SolutionErrorProbe.SOLUTION_ERROR)[1]).isCloseTo(1.0 / 48, within(5e-4));
    }

    @Test
    void aLossWithoutSolutionIsRefused() {
        assertThatThrownBy(() -> probed(
                        place -> new NetworkLoss(
                                CONSTANT, new SineSum(5, 2, 0).read(place).samples(), Criterion.MEAN_SQUARED),
                        1))
                .hasMessageContaining("no differential equation");
    }

    private static Table probed(Function<Place, BatchLoss> loss, int steps) {
        return Training.of(Catalogue.shipped("gd"), Map.of("lr", 0.3), steps)
                .run(
                        loss,
                        Training.Watch.of(
                                List.of(SolutionErrorProbe.source(
                                        GalerkinProblem.DISK, new SolutionErrorProbe.ErrorPoints(200, 20_000, 5))),
                                (_, _) -> true))
                .probes();
    }
}
