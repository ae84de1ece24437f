package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.LossSurface;
import adamscope.tensor.Place;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GalerkinLossTest {
    private static final Place PLACE = Place.CPU_FLOAT64;

    /// −Δu = f by central differences, at points inside; u is at most quadratic in each coordinate, so they are exact.
    @ParameterizedTest
    @EnumSource
    void theSolutionSolvesItsProblem(PoissonProblem problem) {
        double h = 1e-3;
        for (int point = 0; point < 20; point++) {
            double[] x = problem.inside(1, point);
            double laplacian = 0;
            for (int k = 0; k < x.length; k++) {
                double centre = x[k];
                x[k] = centre + h;
                double ahead = problem.solution(x);
                x[k] = centre - h;
                double behind = problem.solution(x);
                x[k] = centre;
                laplacian += (ahead - 2 * problem.solution(x) + behind) / (h * h);
            }
            // rounding: 4·1e-16/h²
            assertThat(-laplacian).isCloseTo(problem.source(x), within(1e-9));
        }
    }

    @Test
    void pointsOnTheEdgeOfTheDiskHaveNormOneAndTheSolutionIsZeroThere() {
        double meanRadius = 0;
        for (int i = 0; i < 4000; i++) {
            double[] edge = PoissonProblem.DISK.onBoundary(2, i);
            assertThat(Math.hypot(edge[0], edge[1])).isCloseTo(1, within(1e-15));
            assertThat(PoissonProblem.DISK.solution(edge)).isCloseTo(0, within(1e-15));
            double[] inside = PoissonProblem.DISK.inside(2, i);
            meanRadius += Math.hypot(inside[0], inside[1]) / 4000;
        }
        // uniform on the disk: mean radius 2/3, deviation √(1/18)/√4000 = 0.0037, four of it
        assertThat(meanRadius).isCloseTo(2.0 / 3, within(0.015));
    }

    @Test
    void pointsOnTheBoundaryOfTheCubeVisitEachFaceEquallyOften() {
        int[] visits = new int[8];
        for (int i = 0; i < 8000; i++) {
            double[] x = PoissonProblem.CUBE.onBoundary(2, i);
            for (int k = 0; k < 4; k++) {
                if (x[k] == 0 || x[k] == 1) {
                    visits[2 * k + (int) x[k]]++;
                }
            }
        }
        for (int face = 0; face < 8; face++) {
            // binomial: 1000 ± 4·√(8000·7/64)
            assertThat(visits[face]).isBetween(880, 1120);
        }
    }

    /// Without an activation u is an affine function, here the number 3: Δu = 0.
    @Test
    void theLossOfAnAffineFunctionOnTheDiskIsOnePlusTheMeanSquareOnTheEdge() {
        try (PointerScope _ = new PointerScope()) {
            FullyConnected network = new FullyConnected(List.of(2, 1, 1), Activation.IDENTITY);
            GalerkinLoss loss = GalerkinLoss.of(network, PoissonProblem.DISK, 50, 4, PLACE);
            Tensor theta = PLACE.tensor(new double[] {0, 0, 0, 0, 3}, 5);
            assertThat(loss.mean(theta, Batch.all(loss)).item_double()).isEqualTo(1 + 9);
            // also on the graph of θ, and the derivative by b of b² is 2·b
            Tensor gradient = PLACE.zeros(5);
            assertThat(LossSurface.of(loss).gradient(theta, gradient)).isEqualTo(10);
            assertThat(Place.numbers(gradient)[4]).isCloseTo(6, within(1e-14));
        }
    }

    @Test
    void theTestErrorIsTheMeanSquaredDistanceToTheSolution() {
        try (PointerScope _ = new PointerScope()) {
            FullyConnected network = new FullyConnected(List.of(2, 1, 1), Activation.IDENTITY);
            GalerkinLoss loss = GalerkinLoss.of(network, PoissonProblem.DISK, 1, 4, PLACE);
            double error = loss.testError(PoissonProblem.DISK, PLACE.zeros(5), 10_000, 5);
            // u = 0: E[(1 − r²)²]/16 = (1 − 1 + 1/3)/16 = 1/48, deviation of the mean √(E[(1−r²)⁴]/256 − 1/48²)/100
            double deviation = Math.sqrt(0.2 / 256 - 1 / 2304.0) / 100;
            assertThat(error).isCloseTo(1 / 48.0, within(4 * deviation));
        }
    }

    @Test
    void aNetworkOfAnotherDimensionIsRefused() {
        FullyConnected network = new FullyConnected(List.of(3, 2, 1), Activation.TANH);
        try (PointerScope _ = new PointerScope()) {
            assertThatThrownBy(() -> GalerkinLoss.of(network, PoissonProblem.DISK, 2, 1, PLACE))
                    .hasMessage("a network of widths [3, 2, 1] is no function of a point in 2 dimensions");
        }
    }
}
