package adamscope.linear;

import static adamscope.linear.Matrices.diagonal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectralDensityTest {
    private static final double[] VALUES = IntStream.range(0, 200)
            .mapToDouble(i -> i < 150 ? 0 : (i - 149) * 0.1)
            .toArray();

    @Test
    void everyQuadratureHasTheWeightOneAndTheDensityIntegratesToOne() {
        SpectralDensity density = SpectralDensity.of(Matrices.random(150, 3), 4, 20, 1);
        for (var quadrature : density.quadratures()) {
            assertThat(Arrays.stream(quadrature.weights()).sum()).isCloseTo(1, within(1e-12)); // 20 roundings
        }
        double integral = 0;
        for (double x = -5; x < 5; x += 0.01) {
            integral += 0.01 * density.smoothed(x, 0.05);
        }
        assertThat(integral).isCloseTo(1, within(1e-9)); // the trapezoidal rule is exact to e^(−(2π·.05/.01)²/2)
    }

    /// Of one random vector q the moments are qᵀAᵖq exactly, for p up to 2·steps − 1.
    @Test
    void momentsOfOneVectorAreExact() {
        SymmetricMatrix matrix = Matrices.random(60, 5);
        SpectralDensity density = SpectralDensity.of(matrix, 1, 4, 9);
        double[] q = matrix.space().random(9);
        double norm = matrix.space().norm(q);
        double[] power = q;
        for (int p = 0; p <= 7; p++) {
            double expected = matrix.space().dot(q, power) / (norm * norm);
            assertThat(density.moment(p).value()).isCloseTo(expected, within(1e-12));
            power = matrix.apply(power);
        }
    }

    @Test
    void momentsMatchTheTraceWithinTheirStandardErrors() {
        SpectralDensity density = SpectralDensity.of(Matrices.reflected(2, VALUES), 40, 25, 1);
        for (int p = 1; p <= 3; p++) {
            int power = p;
            double expected =
                    Arrays.stream(VALUES).map(x -> Math.pow(x, power)).average().orElseThrow();
            SpectralDensity.Estimate moment = density.moment(p);
            assertThat(moment.value()).isCloseTo(expected, within(4 * moment.standardError()));
            assertThat(moment.standardError()).isLessThan(0.1 * expected);
        }
    }

    @Test
    void theMassAtZeroIsCounted() {
        SpectralDensity density = SpectralDensity.of(Matrices.reflected(2, VALUES), 20, 60, 1);
        SpectralDensity.Estimate mass = density.mass(-0.05, 0.05);
        assertThat(mass.value()).isCloseTo(0.75, within(4 * mass.standardError()));
        assertThat(Degeneracy.of(density, 0.01, 2).massNearZero()).isEqualTo(mass.value());
    }

    @Test
    void zeroAndSizeOneAndBreakdownAreExact() {
        assertThat(SpectralDensity.of(diagonal(new double[5]), 2, 10, 1)
                        .mass(0, 0)
                        .value())
                .isCloseTo(1, within(1e-14));
        SpectralDensity one = SpectralDensity.of(diagonal(-3), 2, 10, 1);
        assertThat(one.moment(1).value()).isCloseTo(-3, within(1e-14));
        assertThat(one.products()).isEqualTo(2);
        SpectralDensity two = SpectralDensity.of(diagonal(1, 1, 1, 2, 2, 2), 3, 10, 1);
        assertThat(two.products()).isEqualTo(6); // two distinct eigenvalues: the Krylov space has two dimensions
        assertThat(two.moment(0).value()).isCloseTo(1, within(1e-14));
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> SpectralDensity.of(diagonal(1, Double.NaN), 1, 2, 1))
                .hasMessage("a product with the operator is not finite: its spectrum has no density");
        assertThatThrownBy(() -> SpectralDensity.of(diagonal(1), 0, 2, 1))
                .hasMessage("vectors = 0, steps = 2: both must be at least 1");
    }

    @Test
    void hutchPlusPlusFindsTheTraceWithinItsStandardError() {
        double[] values =
                IntStream.range(0, 300).mapToDouble(i -> Math.pow(i + 1, -1.5)).toArray();
        double expected = Arrays.stream(values).sum();
        TraceEstimate trace = TraceEstimate.of(Matrices.reflected(4, values), 60, 3);
        assertThat(trace.products()).isEqualTo(60);
        assertThat(trace.value()).isCloseTo(expected, within(4 * trace.standardError()));
        // Hutchinson's estimator alone: variance 2·Σλ² a product, so .2 with 60 products
        assertThat(trace.standardError()).isLessThan(0.05);
        TraceEstimate exact = TraceEstimate.of(diagonal(1, 2, 3), 12, 3);
        assertThat(exact.value()).isCloseTo(6, within(1e-13));
        assertThat(exact.standardError()).isZero();
        assertThat(TraceEstimate.of(diagonal(new double[50]), 12, 3).value()).isZero();
        assertThatThrownBy(() -> TraceEstimate.of(diagonal(1), 5, 0)).hasMessage("products = 5 is outside [6, inf)");
    }

    /// A spectrum as of a network: a few eigenvalues carry the trace, the rest lies near 0 on both sides. Four
    /// quadratures miss what no start has a part in; the trace over the dimension does not, and its error is Student's
    /// with nine degrees of freedom: beyond 3 in 1.5 % of the seeds, beyond 5 in 0.07 %.
    @Test
    void theMeanOfASpectrumThatFewEigenvaluesCarryIsWithinItsStandardError() {
        double[] values = IntStream.range(0, 200)
                .mapToDouble(i -> i < 8 ? 8000.0 / (1 + i) : 5 * Math.sin(7 * i))
                .toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        SymmetricMatrix matrix = Matrices.reflected(5, values);
        int beyondThree = 0;
        double bias = 0;
        int seeds = 200;
        for (int seed = 0; seed < seeds; seed++) {
            TraceEstimate trace = TraceEstimate.of(matrix, 30, 1000L * seed);
            double off = trace.value() / 200 - mean;
            double error = trace.standardError() / 200;
            bias += off / seeds;
            beyondThree += Math.abs(off) > 3 * error ? 1 : 0;
            assertThat(Math.abs(off)).as("seed " + seed).isLessThan(0.1 * mean);
        }
        assertThat(beyondThree).isBetween(0, 10); // 3 expected; more than 10 in one of a thousand repetitions
        assertThat(bias).isCloseTo(0, within(0.01 * mean));
    }

    @Test
    void thePowerOfAPowerLawIsReadFromItsDerivatives() {
        for (double k : new double[] {2, 3, 4, 6, 8}) {
            for (double x : new double[] {0.3, -2}) {
                double first = Math.signum(x) * Math.pow(Math.abs(x), k - 1);
                double second = (k - 1) * Math.pow(Math.abs(x), k - 2);
                double third = Math.signum(x) * (k - 1) * (k - 2) * Math.pow(Math.abs(x), k - 3);
                assertThat(Degeneracy.localExponent(first, second, third)).isCloseTo(k, within(1e-12));
            }
        }
        assertThat(Degeneracy.localExponent(1, -1, 0)).isNaN(); // a maximum
        assertThat(Degeneracy.localExponent(1, 1, 2)).isNaN(); // eˣ and steeper: no power law with a minimum
    }

    @Test
    void operatorsAddAndScale() {
        LinearOperator<double[]> sum = diagonal(1, 2).times(3).plus(diagonal(10, 20));
        assertThat(sum.apply(new double[] {1, 1})).containsExactly(13, 26);
    }

    /// Vectors in single precision whose inner products are added one by one, with an error of 10⁻⁵: what that leaves
    /// of a direction that is in the basis is no further direction. The moments are Σλᵖq² of the start, in double.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void innerProductsOfSinglePrecisionEndNoProcess(long seed) {
        double[] values = IntStream.range(0, 3000)
                .mapToDouble(i -> i < 20 ? Math.pow(3, -0.5 * i) * (i == 1 ? -1 : 1) : 1e-3 * Math.sin(i))
                .toArray();
        SingleDiagonal operator = new SingleDiagonal(values);
        SpectralDensity density =
                assertTimeoutPreemptively(Duration.ofSeconds(60), () -> SpectralDensity.of(operator, 1, 16, seed));
        float[] start = operator.space().random(seed);
        for (int p = 1; p <= 6; p++) {
            double sum = 0;
            double whole = 0;
            for (int i = 0; i < start.length; i++) {
                double square = (double) start[i] * start[i];
                whole += square;
                sum += square * Math.pow(values[i], p);
            }
            assertThat(density.moment(p).value()).isCloseTo(sum / whole, within(1e-4 * Math.abs(sum / whole)));
        }
    }

    private record SingleDiagonal(double[] values) implements LinearOperator<float[]> {
        @Override
        public VectorSpace<float[]> space() {
            return new Singles(values.length);
        }

        @Override
        public float[] apply(float[] vector) {
            float[] product = new float[vector.length];
            for (int i = 0; i < product.length; i++) {
                product[i] = (float) (values[i] * vector[i]);
            }
            return product;
        }
    }

    private record Singles(int count) implements VectorSpace<float[]> {
        @Override
        public long dimension() {
            return count;
        }

        @Override
        public double roundoff() {
            return 0x1p-24;
        }

        @Override
        public float[] random(long seed) {
            double[] wide = new DoubleVectors(count).random(seed);
            float[] vector = new float[count];
            for (int i = 0; i < count; i++) {
                vector[i] = (float) wide[i];
            }
            return vector;
        }

        @Override
        public float[] scaled(double factor, float[] a) {
            float[] result = a.clone();
            for (int i = 0; i < count; i++) {
                result[i] *= (float) factor;
            }
            return result;
        }

        @Override
        public void scale(float[] target, double factor) {
            for (int i = 0; i < count; i++) {
                target[i] *= (float) factor;
            }
        }

        @Override
        public void add(float[] target, double factor, float[] a) {
            for (int i = 0; i < count; i++) {
                target[i] += (float) factor * a[i];
            }
        }

        @Override
        public double dot(float[] a, float[] b) {
            float sum = 0;
            for (int i = 0; i < count; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        @Override
        public void release(float[] a) {
            // nothing is held
        }
    }
}
