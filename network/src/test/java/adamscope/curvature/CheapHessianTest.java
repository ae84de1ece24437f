package adamscope.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adamscope.data.FashionMnist;
import adamscope.linear.TrackedSpectrum;
import adamscope.model.Activation;
import adamscope.model.Batch;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.tensor.Place;
import adamscope.tensor.TensorVectors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheapHessianTest {
    private static final FullyConnected NETWORK = FullyConnected.of(784, 20, 2, 10, Activation.TANH);

    private static LossSurface surface(Place place, long micro) {
        NetworkLoss loss =
                NetworkLoss.halfSquared(NETWORK, FashionMnist.shipped(60).toSamples(place));
        return new LossSurface(loss, Batch.all(loss), micro);
    }

    /// A preconditioner whose entries differ by a factor of up to about 100.
    private static Tensor preconditioner(Place place) {
        Tensor random = new TensorVectors(NETWORK.parameters(), place).random(9);
        try (Scalar floor = new Scalar(0.02)) {
            return random.square().add(floor).sqrt();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theErrorLiesWithinWhatWasMeasuredOfIt(adamscope.tensor.Precision precision) {
        Place place = new Place("cpu", precision);
        try (PointerScope _ = new PointerScope()) {
            LossSurface surface = surface(place, 0);
            Tensor theta = NETWORK.initial(1, place);
            Tensor scale = PreconditionedHessian.scale(preconditioner(place));
            Curvature curvature = surface.curvature(theta);
            CurvatureSite site =
                    new CurvatureSite(surface, theta, surface.slope(theta), preconditioner(place), () -> curvature);
            CheapHessian.Trust trust = CheapHessian.Trust.none(1e-2);
            PreconditionedHessian cheap =
                    PreconditionedHessian.scaledBy(new CheapHessian(site, scale, trust, true), scale);
            PreconditionedHessian exact = PreconditionedHessian.scaledBy(curvature, scale);
            // a vector near the top, as a tracker has it
            Tensor v = surface.space().random(3);
            for (int i = 0; i < 5; i++) {
                v = exact.apply(v.div(v.norm()));
            }
            v = v.div(v.norm());
            Tensor product = cheap.apply(v);
            Tensor error = product.sub(exact.apply(v));
            double quotient = Math.abs(surface.space().dot(v, product));
            assertThat(cheap.uncertainty().product()).isLessThan(1e-2).isPositive();
            assertThat(surface.space().norm(error) / quotient)
                    .isLessThanOrEqualTo(cheap.uncertainty().product());
            assertThat(Math.abs(surface.space().dot(v, error)) / quotient)
                    .isLessThanOrEqualTo(cheap.uncertainty().quotient());
        }
    }

    @Test
    void cheapAndExactMeasurementsAgreeWithinTheirBoundsAndTheCheapOneNeedsNoSecondDerivative() {
        Place place = Place.CPU_FLOAT32;
        try (PointerScope _ = new PointerScope()) {
            LossSurface surface = surface(place, 0);
            Tensor theta = NETWORK.initial(1, place);
            Tensor p = preconditioner(place);
            AtomicInteger graphs = new AtomicInteger();
            CurvatureSite site = new CurvatureSite(surface, theta, surface.slope(theta), p, () -> {
                graphs.incrementAndGet();
                return surface.curvature(theta);
            });
            ProbeSchedule schedule = new ProbeSchedule(1, 1e-2, 100, true);
            TensorVectors space = surface.space();
            Curvature curvature = surface.curvature(theta);
            CurvatureProbe.MeasuredCurvature exact = new CurvatureProbe(schedule, space, 0)
                    .measure(curvature, PreconditionedHessian.of(curvature, p), Double.POSITIVE_INFINITY);
            CurvatureProbe probe = new CurvatureProbe(schedule, space, 0);
            for (int again = 0; again < 3; again++) {
                CurvatureProbe.MeasuredCurvature cheap = probe.measure(site, Double.POSITIVE_INFINITY);
                agree(cheap.preconditioned().top(), exact.preconditioned().top());
                agree(cheap.raw().top(), exact.raw().top());
            }
            assertThat(graphs).hasValue(0);
        }
    }

    private static void agree(TrackedSpectrum.Tracked<Tensor> cheap, TrackedSpectrum.Tracked<Tensor> exact) {
        assertThat(cheap.converged()).isTrue();
        assertThat(cheap.value()).isCloseTo(exact.value(), within(cheap.error() + exact.error()));
    }

    @Test
    void productsThatAreNotGoodEnoughAreMadeExact() {
        Place place = Place.CPU_FLOAT32;
        try (PointerScope _ = new PointerScope()) {
            LossSurface surface = surface(place, 0);
            Tensor theta = NETWORK.initial(1, place);
            AtomicInteger graphs = new AtomicInteger();
            Curvature curvature = surface.curvature(theta);
            CurvatureSite site = new CurvatureSite(surface, theta, surface.slope(theta), preconditioner(place), () -> {
                graphs.incrementAndGet();
                return curvature;
            });
            // differences in single precision are no good for 1e-7
            CheapHessian hessian = new CheapHessian(site, null, CheapHessian.Trust.none(1e-7), true);
            Tensor v = surface.space().random(3);
            assertThat(Place.numbers(hessian.apply(v))).isEqualTo(Place.numbers(curvature.apply(v)));
            assertThat(graphs).hasPositiveValue();
            assertThat(hessian.uncertainty().product()).isZero();
        }
    }

    @Test
    void productsInPiecesAreThoseInOnePiece() {
        Place place = Place.CPU_FLOAT64;
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = NETWORK.initial(1, place);
            LossSurface whole = surface(place, 0);
            LossSurface pieces = surface(place, 7);
            Tensor v = whole.space().random(3);
            double[] expected = Place.numbers(whole.curvature(theta).apply(v));
            // nine sums of rounding 1e-16 times entries near 1
            assertThat(Place.numbers(pieces.curvature(theta).apply(v))).containsExactly(expected, within(1e-13));
            assertThat(pieces.value(theta)).isCloseTo(whole.value(theta), within(1e-14));
            assertThat(pieces.curvature(theta).loss())
                    .isCloseTo(whole.curvature(theta).loss(), within(1e-14));
            assertThat(Place.numbers(pieces.slope(theta).gradient()))
                    .containsExactly(Place.numbers(whole.slope(theta).gradient()), within(1e-14));
        }
    }
}
