package adamscope.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.data.Samples;
import adamscope.linear.CountedNormal;
import adamscope.linear.LinearOperator;
import adamscope.linear.SpectralDensity;
import adamscope.linear.TraceEstimate;
import adamscope.model.Activation;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.model.Criterion;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class CurvatureOperatorsTest {
    private static final Place PLACE = Place.CPU_FLOAT64;

    private static Samples samples() {
        double[] inputs = new double[6 * 3];
        double[] targets = new double[6 * 2];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = CountedNormal.number(11, i);
        }
        for (int i = 0; i < 6; i++) {
            targets[2 * i + i % 2] = 1;
        }
        return new Samples(PLACE.tensor(inputs, 6, 3), PLACE.tensor(targets, 6, 2), PLACE);
    }

    private static NetworkLoss loss(Activation activation, Criterion criterion) {
        return new NetworkLoss(new FullyConnected(List.of(3, 4, 2), activation), samples(), criterion);
    }

    /// The matrix of an operator, column by column.
    private static double[][] dense(LinearOperator<Tensor> operator) {
        int n = (int) operator.space().dimension();
        double[][] columns = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] unit = new double[n];
            unit[i] = 1;
            columns[i] = Place.numbers(operator.apply(PLACE.tensor(unit, n)));
        }
        return columns;
    }

    private static void assertClose(double[][] found, double[][] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).containsExactly(expected[i], within(tolerance));
        }
    }

    @Test
    void gaussNewtonIsTheHessianOfANetworkThatIsLinearInItsParameters() {
        try (PointerScope _ = new PointerScope()) {
            for (Criterion criterion : List.of(Criterion.HALF_SQUARED, Criterion.CROSS_ENTROPY)) {
                NetworkLoss loss =
                        new NetworkLoss(new FullyConnected(List.of(3, 2), Activation.TANH), samples(), criterion);
                Tensor theta = loss.initial(2);
                double[][] hessian = dense(LossSurface.of(loss).curvature(theta));
                assertClose(dense(GaussNewton.of(loss, Batch.all(loss), theta)), hessian, 1e-14); // float64 rounding
            }
        }
    }

    /// JᵀQJ with J from central differences of the outputs and Q = I/n for half the squared distance.
    @Test
    void gaussNewtonIsTheProductOfJacobians() {
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = loss(Activation.TANH, Criterion.HALF_SQUARED);
            Tensor theta = loss.initial(3);
            int d = (int) theta.numel();
            double[][] jacobian = new double[d][];
            double h = 1e-6;
            for (int i = 0; i < d; i++) {
                double[] unit = new double[d];
                unit[i] = h;
                Tensor step = PLACE.tensor(unit, d);
                double[] ahead = Place.numbers(
                        loss.network().output(theta.add(step), loss.data().inputs()));
                double[] behind = Place.numbers(
                        loss.network().output(theta.sub(step), loss.data().inputs()));
                jacobian[i] = new double[ahead.length];
                for (int k = 0; k < ahead.length; k++) {
                    jacobian[i][k] = (ahead[k] - behind[k]) / (2 * h);
                }
            }
            double[][] expected = new double[d][d];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    for (int k = 0; k < jacobian[i].length; k++) {
                        expected[i][j] += jacobian[i][k] * jacobian[j][k] / 6;
                    }
                }
            }
            // central differences: h² and 1e-16/h = 1e-10
            assertClose(dense(GaussNewton.of(loss, Batch.all(loss), theta)), expected, 1e-8);
        }
    }

    @Test
    void theGradientCovarianceIsThatOfTheSamplesGradients() {
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = loss(Activation.GELU, Criterion.CROSS_ENTROPY);
            Tensor theta = loss.initial(3);
            int d = (int) theta.numel();
            List<Batch> singles = new ArrayList<>();
            double[][] gradients = new double[6][];
            double[] mean = new double[d];
            for (int i = 0; i < 6; i++) {
                singles.add(new Batch.Consecutive(i, i + 1));
                Tensor gradient = PLACE.zeros(d);
                new LossSurface(loss, singles.get(i)).gradient(theta, gradient);
                gradients[i] = Place.numbers(gradient);
                for (int k = 0; k < d; k++) {
                    mean[k] += gradients[i][k] / 6;
                }
            }
            double[][] expected = new double[d][d];
            for (double[] g : gradients) {
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        expected[i][j] += (g[i] - mean[i]) * (g[j] - mean[j]) / 6;
                    }
                }
            }
            assertClose(dense(GradientCovariance.of(LossSurface.of(loss), singles, theta)), expected, 1e-15);
        }
    }

    @Test
    void blocksArePartsOfTheMatrixAndBatchesAverageToTheWhole() {
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = loss(Activation.TANH, Criterion.HALF_SQUARED);
            Tensor theta = loss.initial(4);
            Curvature whole = LossSurface.of(loss).curvature(theta);
            double[][] hessian = dense(whole);
            for (Block block : loss.blocks()) {
                double[][] part = dense(new BlockOperator(whole, block, PLACE));
                for (int i = 0; i < part.length; i++) {
                    for (int j = 0; j < part.length; j++) {
                        assertThat(part[i][j]).isEqualTo(hessian[(int) block.offset() + i][(int) block.offset() + j]);
                    }
                }
            }
            LinearOperator<Tensor> first = new LossSurface(loss, new Batch.Consecutive(0, 3)).curvature(theta);
            LinearOperator<Tensor> second = new LossSurface(loss, new Batch.Consecutive(3, 6)).curvature(theta);
            assertClose(dense(first.times(0.5).plus(second.times(0.5))), hessian, 1e-15);
        }
    }

    @Test
    void densityAndTraceAgreeWithTheDenseHessian() {
        try (PointerScope _ = new PointerScope()) {
            LossSurface surface = LossSurface.of(loss(Activation.TANH, Criterion.HALF_SQUARED));
            Curvature curvature = surface.curvature(surface.loss().initial(5));
            double[][] hessian = dense(curvature);
            double trace = 0;
            for (int i = 0; i < hessian.length; i++) {
                trace += hessian[i][i];
            }
            TraceEstimate estimate = TraceEstimate.of(curvature, 60, 1);
            assertThat(estimate.value()).isCloseTo(trace, within(4 * estimate.standardError() + 1e-12));
            SpectralDensity density = SpectralDensity.of(curvature, 30, hessian.length, 1);
            SpectralDensity.Estimate first = density.moment(1);
            assertThat(first.value()).isCloseTo(trace / hessian.length, within(4 * first.standardError()));
        }
    }

    @Test
    void gaussNewtonComposesWithAPreconditionerThatHasZeros() {
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = loss(Activation.TANH, Criterion.HALF_SQUARED);
            Tensor theta = loss.initial(4);
            Tensor preconditioner = theta.abs();
            preconditioner.narrow(0, 0, 3).zero_();
            PreconditionedHessian operator =
                    PreconditionedHessian.of(GaussNewton.of(loss, Batch.all(loss), theta), preconditioner);
            // three zeros, and the six biases, which begin at 0
            assertThat(operator.excludedCoordinates()).isEqualTo(9);
            assertThat(operator.space().dimension()).isEqualTo(theta.numel() - 9);
            double[] product = Place.numbers(operator.apply(torch.ones_like(theta)));
            assertThat(product[0]).isZero();
            assertThat(product[5]).isFinite().isNotZero();
        }
    }

    /// A loss with dropout: half of the inputs, another half at each evaluation.
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
            return plain.network().output(theta, kept).square().mean().mul(new Scalar(1.0));
        }
    }

    @Test
    void dropoutIsNoticedAndNamed() {
        try (PointerScope _ = new PointerScope()) {
            NetworkLoss loss = loss(Activation.TANH, Criterion.HALF_SQUARED);
            Tensor theta = loss.initial(4);
            assertThat(ModelCheck.of(LossSurface.of(loss), theta)).isEqualTo(new ModelCheck(true, true, 0));
            ModelCheck dropped = ModelCheck.of(LossSurface.of(new Dropped(loss)), theta);
            assertThat(dropped.deterministic()).isFalse();
            assertThatThrownBy(dropped::refuseRandom)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("dropout");
            assertThat(new ModelCheck(true, false, 0).remark()).contains("batch statistics");
        }
    }
}
