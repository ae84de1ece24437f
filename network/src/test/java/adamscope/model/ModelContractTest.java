package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.curvature.Curvature;
import adamscope.curvature.LossSurface;
import adamscope.tensor.Block;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.TensorVectors;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every model promises, in double precision.
class ModelContractTest {
    private static final Place PLACE = Place.CPU_FLOAT64;

    @BeforeAll
    static void oneThread() {
        LibTorch.require();
        LibTorch.useThreads(1);
    }

    static Set<String> models() {
        return ModelCases.ALL.keySet();
    }

    /// Along three random directions, each through all parameter tensors.
    @ParameterizedTest
    @MethodSource("models")
    void theGradientIsThatOfCentralDifferences(String model) {
        try (PointerScope _ = new PointerScope()) {
            LossSurface loss = LossSurface.of(ModelCases.ALL.get(model).get());
            Tensor theta = start(loss);
            Tensor gradient = PLACE.zeros(theta.numel());
            loss.gradient(theta, gradient);
            double scale = loss.space().norm(gradient);
            assertThat(scale).isPositive();
            for (int seed = 5; seed <= 7; seed++) {
                Tensor direction = direction(loss, seed);
                // order 2, h = 1e-5: error ≈ h²·(third derivative) = 1e-10·100, rounding 1e-16/h = 1e-11
                assertThat(loss.space().dot(gradient, direction))
                        .isCloseTo(slope(loss, theta, direction), within(2e-8 * Math.max(1, scale)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void theHessianVectorProductIsTheCentralDifferenceOfTheGradient(String model) {
        try (PointerScope _ = new PointerScope()) {
            LossSurface loss = LossSurface.of(ModelCases.ALL.get(model).get());
            Tensor theta = start(loss);
            Tensor direction = direction(loss, 5);
            TensorVectors space = loss.space();
            double h = 1e-5;
            Tensor ahead = PLACE.zeros(theta.numel());
            Tensor behind = PLACE.zeros(theta.numel());
            loss.gradient(moved(theta, direction, h), ahead);
            loss.gradient(moved(theta, direction, -h), behind);
            Curvature curvature = loss.curvature(theta);
            Tensor product = curvature.apply(direction);
            Tensor difference = ahead.sub(behind).div(PLACE.number(2 * h));
            double norm = space.norm(product);
            // order 2: error ≈ h²·(fourth derivative), at most 1e-10·1e4 of the product; rounding 1e-16/h = 1e-11
            assertThat(space.norm(difference.sub(product))).isLessThan(1e-6 * Math.max(norm, 0.01));
            assertThat(norm).isPositive();
            // the graph is kept: the same product again has the same bits
            assertThat(Place.numbers(curvature.apply(direction))).isEqualTo(Place.numbers(product));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aSeparableLossIsTheMeanOfItsSamples(String model) {
        try (PointerScope _ = new PointerScope()) {
            BatchLoss loss = ModelCases.ALL.get(model).get();
            Tensor theta = start(LossSurface.of(loss));
            double all = loss.mean(theta, Batch.all(loss)).item_double();
            double sum = 0;
            if (loss.separable()) {
                for (int i = 0; i < loss.samples(); i++) {
                    sum += loss.mean(theta, new Batch.Chosen(new long[] {i})).item_double();
                }
                // sums of some hundred terms in another order
                assertThat(sum / loss.samples()).isCloseTo(all, within(1e-13 * Math.abs(all)));
            } else {
                double half = loss.mean(theta, new Batch.Consecutive(0, 2)).item_double();
                double other = loss.mean(theta, new Batch.Consecutive(2, 4)).item_double();
                assertThat((half + other) / 2).isNotCloseTo(all, within(1e-6 * Math.abs(all)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void blocksFillTheParametersWithoutGapsUnderDistinctNames(String model) {
        try (PointerScope _ = new PointerScope()) {
            BatchLoss loss = ModelCases.ALL.get(model).get();
            long offset = 0;
            for (Block block : loss.blocks()) {
                assertThat(block.offset()).isEqualTo(offset);
                offset += block.size();
            }
            assertThat(loss.initial(3).numel()).isEqualTo(offset).isEqualTo(loss.parameters());
            assertThat(loss.blocks().stream().map(Block::name)).doesNotHaveDuplicates();
        }
    }

    /// θ₀ with noise, so that no bias is 0 and no scale 1.
    private static Tensor start(LossSurface loss) {
        Tensor theta = loss.loss().initial(1);
        loss.space().add(theta, 0.1, loss.space().random(2));
        return theta;
    }

    private static Tensor direction(LossSurface loss, long seed) {
        Tensor random = loss.space().random(seed);
        return loss.space().scaled(1 / loss.space().norm(random), random);
    }

    private static double slope(LossSurface loss, Tensor theta, Tensor direction) {
        double h = 1e-5;
        try (PointerScope _ = new PointerScope()) {
            BatchLoss function = loss.loss();
            double ahead =
                    function.mean(moved(theta, direction, h), loss.batch()).item_double();
            double behind =
                    function.mean(moved(theta, direction, -h), loss.batch()).item_double();
            return (ahead - behind) / (2 * h);
        }
    }

    private static Tensor moved(Tensor theta, Tensor direction, double h) {
        Tensor moved = theta.clone();
        new TensorVectors(theta.numel(), PLACE).add(moved, h, direction);
        return moved;
    }
}
