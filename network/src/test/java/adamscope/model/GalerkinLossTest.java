package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.LossSurface;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GalerkinLossTest {
    private static final Place PLACE = Place.CPU_FLOAT64;

    /// −Δu = f by central differences, at points inside; u is at most quadratic in each coordinate, so they are exact.
    @ParameterizedTest
    @ValueSource(strings = {"cube", "disk"})
    void theSolutionSolvesItsProblem(String word) {
        GalerkinProblem problem = GalerkinProblem.named(word);
        double h = 1e-3;
        for (int point = 0; point < 20; point++) {
            double[] x = problem.region().inside(1, point);
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
            assertThat(-laplacian).isCloseTo(Equation.at(problem.equation().right(), x), within(1e-9));
        }
    }

    @Test
    void pointsOnTheEdgeOfTheDiskHaveNormOneAndTheSolutionIsZeroThere() {
        double meanRadius = 0;
        for (int i = 0; i < 4000; i++) {
            double[] edge = Region.Disk.UNIT.onBoundary(2, i).point();
            assertThat(Math.hypot(edge[0], edge[1])).isCloseTo(1, within(1e-15));
            assertThat(GalerkinProblem.DISK.solution(edge)).isCloseTo(0, within(1e-15));
            double[] inside = Region.Disk.UNIT.inside(2, i);
            meanRadius += Math.hypot(inside[0], inside[1]) / 4000;
        }
        // uniform on the disk: mean radius 2/3, deviation √(1/18)/√4000 = 0.0037, four of it
        assertThat(meanRadius).isCloseTo(2.0 / 3, within(0.015));
    }

    @Test
    void pointsOnTheBoundaryOfTheCubeVisitEachFaceEquallyOften() {
        int[] visits = new int[8];
        for (int i = 0; i < 8000; i++) {
            double[] x = Region.Box.unit(4).onBoundary(2, i).point();
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
            GalerkinLoss loss = GalerkinLoss.of(network, GalerkinProblem.DISK, 50, 4, PLACE);
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
            GalerkinLoss loss = GalerkinLoss.of(network, GalerkinProblem.DISK, 1, 4, PLACE);
            double error = loss.testError(GalerkinProblem.DISK, PLACE.zeros(5), 10_000, 5);
            // u = 0: E[(1 − r²)²]/16 = (1 − 1 + 1/3)/16 = 1/48, deviation of the mean √(E[(1−r²)⁴]/256 − 1/48²)/100
            double deviation = Math.sqrt(0.2 / 256 - 1 / 2304.0) / 100;
            assertThat(error).isCloseTo(1 / 48.0, within(4 * deviation));
        }
    }

    /// θ·sin(πx)·sin(πy), whose derivatives are known.
    private record Sines() implements Network {
        @Override
        public List<Block> blocks() {
            return List.of(new Block("amplitude", 0, List.of(1L)));
        }

        @Override
        public Tensor initial(long seed, Place place) {
            return place.zeros(1).fill_(new Scalar(1.0));
        }

        @Override
        public Tensor output(Tensor theta, Tensor inputs) {
            Tensor sines = inputs.mul(new Scalar(Math.PI)).sin();
            return sines.narrow(1, 0, 1).mul(sines.narrow(1, 1, 1)).mul(theta);
        }
    }

    /// Manufactured equations whose solution is sin(πx)·sin(πy).
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-laplace(u) = 2*pi^2*sin(pi*x)*sin(pi*y) | u = 0",
                "-laplace(u) = 2*pi^2*u                   | u_x*u_y = 0",
                "u_xx - u_yy = 0                          | u = sin(pi*x)*sin(pi*y)",
                "u_xy = pi^2*cos(pi*x)*cos(pi*y)          | u_xx + u_yy = 0",
                "u_x2x1 - u_xy = 0*u                      | u_x1 - u_x = 0",
                "u_x = pi*cos(pi*x)*sin(pi*y)             | u_y = pi*sin(pi*x)*cos(pi*y)",
                "grad2(u) - u_x^2 = u_y^2                 | u = 0",
                "u^3 - laplace(u) = u*(sin(pi*x)^2*sin(pi*y)^2 + 2*pi^2) | u = 0"
            })
    void theLossOfTheSolutionIsZero(String equation, String boundary) {
        try (PointerScope _ = new PointerScope()) {
            GalerkinProblem problem =
                    GalerkinProblem.read(Region.Box.unit(2), equation, boundary, Optional.of("sin(pi*x)*sin(pi*y)"));
            GalerkinLoss loss = GalerkinLoss.of(new Sines(), problem, 40, 4, PLACE);
            // residuals are differences of numbers up to 2π² + 1 = 21, some ten roundings: 21·10·1.1e-16, squared
            assertThat(loss.mean(loss.initial(0), Batch.all(loss)).item_double())
                    .isLessThan(2 * 6e-28);
            assertThat(loss.testError(problem, loss.initial(0), 100, 5)).isLessThan(1e-31);
        }
    }

    /// On the unit disk u = θ·sin(πx)·sin(πy) has ∂u/∂n = x·u_x + y·u_y; on a box it is ±u_x or ±u_y.
    @Test
    void theNormalDerivativeIsTakenOutwards() {
        try (PointerScope _ = new PointerScope()) {
            for (Region region : List.of(Region.Disk.UNIT, new Region.Disk(1, List.of(0.0, 0.0)), Region.Box.unit(2))) {
                boolean disk = region instanceof Region.Disk;
                // on the box sin(πx)·sin(πy) falls outwards at every edge: ∂u/∂n = −π·sin of the other coordinate,
                // which is −π·(sin(πx) + sin(πy)) since one of both is 0
                String right =
                        disk ? "pi*(x*cos(pi*x)*sin(pi*y) + y*sin(pi*x)*cos(pi*y))" : "-pi*(sin(pi*x) + sin(pi*y))";
                GalerkinProblem problem =
                        GalerkinProblem.read(region, "laplace(u) + 2*pi^2*u = 0", "u_n = " + right, Optional.empty());
                GalerkinLoss loss = GalerkinLoss.of(new Sines(), problem, 40, 4, PLACE);
                assertThat(loss.mean(loss.initial(0), Batch.all(loss)).item_double())
                        .isLessThan(2 * 6e-28);
            }
        }
    }

    @Test
    void edgesOfABoxAreMetAsOftenAsTheyAreLong() {
        Region box = new Region.Box(List.of(List.of(-1.0, 2.0), List.of(0.0, 1.0)));
        int[] met = new int[2];
        for (int i = 0; i < 8000; i++) {
            Region.Edge edge = box.onBoundary(3, i);
            double[] x = edge.point();
            double[] n = edge.normal();
            assertThat(x[0]).isBetween(-1.0, 2.0);
            assertThat(x[1]).isBetween(0.0, 1.0);
            int k = n[0] != 0 ? 0 : 1;
            met[k]++;
            assertThat(x[k]).isEqualTo(n[k] > 0 ? new double[] {2, 1}[k] : new double[] {-1, 0}[k]);
        }
        // the edges across x are 1 long, those across y 3: a quarter of 8000, ± 4·√(8000·3/16)
        assertThat(met[0]).isBetween(1845, 2155);
    }

    @Test
    void aDiskElsewhereHoldsItsPoints() {
        Region disk = new Region.Disk(0.5, List.of(2.0, -1.0));
        for (int i = 0; i < 100; i++) {
            double[] x = disk.inside(1, i);
            assertThat(Math.hypot(x[0] - 2, x[1] + 1)).isLessThan(0.5);
            Region.Edge edge = disk.onBoundary(1, i);
            // (2 + 0.5·n) − 2 rounds at 2: 2e-16
            assertThat(edge.point()[0] - 2).isCloseTo(0.5 * edge.normal()[0], within(3e-16));
            assertThat(Math.hypot(edge.normal()[0], edge.normal()[1])).isCloseTo(1, within(3e-16));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-laplace(u) = z  | u = 0   | objective:1:15: 'z' is not defined here; defined are [x, y, x1, x2, u,",
                "-laplace(u)      | u = 0   | objective:1:1: '-laplace(u)' is no equation: write one as -laplace(u) ="
                        + " 1",
                "u = 1 = 2        | u = 0   | objective:1:1: 'u = 1 = 2' is no equation",
                "x = y            | u = 0   | objective:1:1: the solution u is not in 'x = y'",
                "-laplace(v) = 1  | u = 0   | objective:1:2: 'laplace(v)' is not defined here, only laplace(u)",
                "u_n = 1          | u = 0   | objective:1:1: 'u_n' is not defined here",
                "u_x = 1          | x = 0   | objective:1:1: the solution u is not in 'x = 0'",
                "mean(u) = 1      | u = 0   | objective:1:1: an equation holds at a point; mean goes over many"
            })
    void faultsInEquationsAreNamed(String equation, String boundary, String message) {
        assertThatThrownBy(() -> GalerkinProblem.read(Region.Box.unit(2), equation, boundary, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message.strip());
    }

    @Test
    void aSideThatHasNoValueInTheDomainIsNamedWithThePoint() {
        Region box = new Region.Box(List.of(List.of(-1.0, 1.0)));
        GalerkinProblem problem = GalerkinProblem.read(box, "u_xx = log(x)", "u = 0", Optional.empty());
        assertThatThrownBy(() -> GalerkinLoss.of(
                        FullyConnected.between(1, List.of(3), 1, Activation.TANH), problem, 20, 1, PLACE))
                .hasMessageMatching("log\\(x\\) is no finite number at the point \\[-0\\.\\d+] of the domain");
    }

    @Test
    void aRootOfANegativeSolutionIsNamed() {
        try (PointerScope _ = new PointerScope()) {
            GalerkinProblem problem =
                    GalerkinProblem.read(Region.Box.unit(2), "-laplace(u) = sqrt(u)", "u = 0", Optional.empty());
            GalerkinLoss loss = GalerkinLoss.of(new Sines(), problem, 5, 1, PLACE);
            assertThat(loss.fault(PLACE.zeros(1).fill_(new Scalar(-1.0)), Batch.all(loss)))
                    .hasValueSatisfying(fault ->
                            assertThat(fault).matches("equation: sqrt\\(u\\) is no number where u = -0\\.\\d+"));
            assertThat(loss.fault(loss.initial(0), Batch.all(loss))).isEmpty();
        }
    }
}
