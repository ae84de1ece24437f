package adamscope.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.data.Samples;
import adamscope.linear.CountedNormal;
import adamscope.linear.Eigenpair;
import adamscope.linear.Lanczos;
import adamscope.linear.LinearOperator;
import adamscope.linear.SymmetricMatrix;
import adamscope.model.Activation;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import adamscope.tensor.TensorVectors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossSurfaceTest {
    private static final Place PLACE = Place.CPU_FLOAT64;

    @Test
    void theLossOfALinearNetworkIsHalfTheMeanSquaredDistance() {
        try (PointerScope _ = new PointerScope()) {
            Samples samples = new Samples(PLACE.tensor(new double[] {1, 2}, 2, 1), PLACE.zeros(2, 1), PLACE);
            LossSurface loss = LossSurface.of(
                    NetworkLoss.halfSquared(new FullyConnected(List.of(1, 1), Activation.TANH), samples));
            Tensor gradient = PLACE.zeros(2);
            // outputs 3·x + 1 = 4 and 7: L = (16 + 49)/4, ∂L/∂w = (4·1 + 7·2)/2, ∂L/∂b = (4 + 7)/2
            assertThat(loss.gradient(PLACE.tensor(new double[] {3, 1}, 2), gradient))
                    .isEqualTo(16.25);
            assertThat(Place.numbers(gradient)).containsExactly(9, 5.5);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TANH", "GELU"})
    void theGradientIsThatOfCentralDifferences(Activation activation) {
        try (PointerScope _ = new PointerScope()) {
            LossSurface loss = small(activation);
            Tensor theta = loss.loss().initial(1);
            Tensor unused = PLACE.zeros(theta.numel());
            Tensor gradient = PLACE.zeros(theta.numel());
            loss.gradient(theta, gradient);
            double h = 1e-5;
            for (int i = 0; i < theta.numel(); i++) {
                double ahead = loss.gradient(moved(theta, unit(i), h), unused);
                double behind = loss.gradient(moved(theta, unit(i), -h), unused);
                // order 2: error ≈ h²·|third derivative| = 1e-10·10, rounding 1e-16/h = 1e-11
                assertThat(Place.numbers(gradient)[i]).isCloseTo((ahead - behind) / (2 * h), within(2e-9));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TANH", "GELU"})
    void theHessianVectorProductIsTheCentralDifferenceOfTheGradient(Activation activation) {
        try (PointerScope _ = new PointerScope()) {
            LossSurface loss = small(activation);
            Tensor theta = loss.loss().initial(1);
            Tensor direction = loss.space().random(5);
            double h = 1e-5;
            Tensor ahead = PLACE.zeros(theta.numel());
            Tensor behind = PLACE.zeros(theta.numel());
            loss.gradient(moved(theta, direction, h), ahead);
            loss.gradient(moved(theta, direction, -h), behind);
            double[] expected = Place.numbers(ahead.sub(behind));
            Curvature curvature = loss.curvature(theta);
            double[] first = Place.numbers(curvature.apply(direction));
            for (int i = 0; i < first.length; i++) {
                // order 2: error ≈ h²·|fourth derivative|·|direction|³ = 1e-10·10³
                assertThat(first[i]).isCloseTo(expected[i] / (2 * h), within(1e-7));
            }
            // the graph is kept: the same product again has the same bits
            assertThat(Place.numbers(curvature.apply(direction))).isEqualTo(first);
        }
    }

    @Test
    void theGraphOfTheHessianGivesTheSameLossAndGradient() {
        try (PointerScope _ = new PointerScope()) {
            LossSurface loss = small(Activation.TANH);
            Tensor theta = loss.loss().initial(1);
            Tensor gradient = PLACE.zeros(theta.numel());
            double value = loss.gradient(theta, gradient);
            Curvature curvature = loss.curvature(theta);
            assertThat(curvature.loss()).isEqualTo(value);
            double[] found = Place.numbers(curvature.gradient());
            for (int i = 0; i < found.length; i++) {
                // the two backward passes may order sums differently
                assertThat(found[i]).isCloseTo(Place.numbers(gradient)[i], within(1e-15));
            }
        }
    }

    @Test
    void lanczosFindsTheTopOfTheDenseHessianAndOfThePreconditionedOne() {
        try (PointerScope _ = new PointerScope()) {
            LossSurface loss = small(Activation.TANH);
            Tensor theta = loss.loss().initial(1);
            Curvature hessian = loss.curvature(theta);
            int n = (int) theta.numel();
            double[] diagonal = new double[n];
            Arrays.setAll(diagonal, i -> 0.1 + Math.abs(CountedNormal.number(8, i)));
            diagonal[3] = 0;
            diagonal[4] = Double.NaN;
            PreconditionedHessian preconditioned = PreconditionedHessian.of(hessian, PLACE.tensor(diagonal, n));
            assertThat(preconditioned.excludedCoordinates()).isEqualTo(2);

            double[][] dense = dense(hessian, n);
            double[][] scaled = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    boolean excluded = i == 3 || i == 4 || j == 3 || j == 4;
                    scaled[i][j] = excluded ? 0 : dense[i][j] / Math.sqrt(diagonal[i] * diagonal[j]);
                }
            }
            Lanczos search = new Lanczos(1e-9, n, 1);
            Eigenpair<Tensor> raw = search.top(hessian);
            Eigenpair<Tensor> top = search.top(preconditioned);
            // a residual of 1e-9·|λ| bounds the error; the dense solver rounds at about n·2⁻⁵³·|λ|
            assertThat(raw.value()).isCloseTo(top(dense), within(1e-9 * raw.value()));
            assertThat(top.value()).isCloseTo(top(scaled), within(1e-9 * top.value()));
            assertThat(raw.converged()).isTrue();
            assertThat(Place.numbers(top.vector())[3]).isZero();
        }
    }

    @Test
    void aNetworkMustFitItsSamples() {
        try (PointerScope _ = new PointerScope()) {
            Samples samples = samples();
            assertThatThrownBy(
                            () -> NetworkLoss.halfSquared(new FullyConnected(List.of(4, 2), Activation.TANH), samples))
                    .hasMessage("a network of widths [4, 2] does not fit samples with 3 inputs and 2 targets");
        }
        assertThatThrownBy(() -> new FullyConnected(List.of(4), Activation.TANH))
                .hasMessageContaining("widths [4]");
        assertThatThrownBy(() -> Activation.named("sine"))
                .hasMessage("no activation 'sine'; there are [tanh, relu, gelu, softmax, identity]");
        assertThatThrownBy(() -> new Place("gpu", Precision.FLOAT32))
                .hasMessageStartingWith("device 'gpu' is not known");
    }

    @Test
    void weightsStartNormalWithVarianceOneOverFanInAndBiasesAtZero() {
        FullyConnected network = new FullyConnected(List.of(400, 100, 10), Activation.RELU);
        try (PointerScope _ = new PointerScope()) {
            double[] theta = Place.numbers(network.initial(7, PLACE));
            assertThat(theta).hasSize((int) network.parameters()).hasSize(400 * 100 + 100 + 100 * 10 + 10);
            Block weight = network.blocks().getFirst();
            double squares = 0;
            for (int i = 0; i < weight.size(); i++) {
                squares += theta[i] * theta[i] * 400;
            }
            assertThat(squares / weight.size()).isCloseTo(1, within(0.03)); // 4·√(2/40,000)
            assertThat(Arrays.copyOfRange(theta, 40_000, 40_100)).containsOnly(0);
            float[] rounded = new float[theta.length];
            for (int i = 0; i < theta.length; i++) {
                rounded[i] = (float) theta[i];
            }
            double[] single = Place.numbers(network.initial(7, Place.CPU_FLOAT32));
            for (int i = 0; i < theta.length; i++) {
                assertThat(single[i]).isEqualTo(rounded[i]);
            }
        }
    }

    private static LossSurface small(Activation activation) {
        return LossSurface.of(NetworkLoss.halfSquared(new FullyConnected(List.of(3, 5, 4, 2), activation), samples()));
    }

    private static Samples samples() {
        double[] inputs = new double[6 * 3];
        double[] targets = new double[6 * 2];
        Arrays.setAll(inputs, i -> CountedNormal.number(11, i));
        Arrays.setAll(targets, i -> CountedNormal.number(12, i));
        return new Samples(PLACE.tensor(inputs, 6, 3), PLACE.tensor(targets, 6, 2), PLACE);
    }

    private static Tensor unit(int coordinate) {
        double[] unit = new double[54];
        unit[coordinate] = 1;
        return PLACE.tensor(unit, 54);
    }

    private static Tensor moved(Tensor theta, Tensor direction, double h) {
        Tensor moved = theta.clone();
        new TensorVectors(theta.numel(), PLACE).add(moved, h, direction);
        return moved;
    }

    private static double[][] dense(LinearOperator<Tensor> operator, int n) {
        double[][] columns = new double[n][];
        for (int i = 0; i < n; i++) {
            columns[i] = Place.numbers(operator.apply(unit(i)));
        }
        return columns;
    }

    private static double top(double[][] symmetric) {
        double[][] rows = new SymmetricMatrix(symmetric).rows();
        double[] values =
                new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(rows), 1e-9, true).getEigenvalues();
        return Arrays.stream(values).max().orElseThrow();
    }
}
