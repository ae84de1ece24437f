package adamscope.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hipparchus.complex.Complex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SpectrumTest {
    /// What [Spectrum] promises, 1e-13 of the radius; the points themselves are rounded once more.
    private static final double TOLERANCE = 1.01e-13;

    /// Kinds of matrices on which QR codes have trouble.
    private enum Kind {
        DENSE,
        NEAR_IDENTITY,
        NEAR_DEFECTIVE,
        GRADED,
        COMPANION_OF_A_CLUSTER,
        SPARSE_WHOLE;

        double[][] matrix(Random random, int n) {
            double tiny = Math.pow(10, -3 - 12 * random.nextDouble());
            double[][] a = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double normal = random.nextGaussian();
                    a[i][j] = switch (this) {
                        case DENSE -> normal;
                        case NEAR_IDENTITY -> (i == j ? 1 : 0) + tiny * normal;
                        case NEAR_DEFECTIVE -> (i == j ? 0.9 : j == i + 1 ? 1 : 0) + tiny * normal;
                        case GRADED -> normal * Math.pow(10, -2.0 * i - j * random.nextDouble());
                        case COMPANION_OF_A_CLUSTER -> i == 0 ? 0 : i == j + 1 ? 1 : 0;
                        case SPARSE_WHOLE -> random.nextInt(3) == 0 ? Math.rint(3 * normal) : 0;
                    };
                }
            }
            if (this == COMPANION_OF_A_CLUSTER) {
                double[] p = {1};
                for (int k = 0; k < n; k++) {
                    double root = k % 2 == 0 ? -0.99 + tiny * random.nextGaussian() : random.nextDouble();
                    double[] longer = new double[p.length + 1];
                    for (int i = 0; i < p.length; i++) {
                        longer[i] += p[i];
                        longer[i + 1] -= root * p[i];
                    }
                    p = longer;
                }
                for (int j = 0; j < n; j++) {
                    a[0][j] = -p[j + 1];
                }
            }
            return a;
        }
    }

    private static List<String> wrong(int each, int largest, long seed) {
        List<String> wrong = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int n = 2; n <= largest; n++) {
                Random random = new Random(seed + 100L * kind.ordinal() + n);
                for (int k = 0; k < each; k++) {
                    double[][] a = kind.matrix(random, n);
                    double found = Spectrum.radius(a);
                    if (!ExactRoots.radiusIs(a, found, TOLERANCE)) {
                        wrong.add(kind + " " + n + ": not " + found + " for " + Arrays.deepToString(a));
                    }
                }
            }
        }
        return wrong;
    }

    @Test
    void radiiOfSmallMatricesAreThoseOfAHundredAndSixtyDigits() {
        assertThat(wrong(12, 8, 1)).isEmpty();
    }

    @Test
    @Tag("slow")
    void radiiOfAMillionSmallMatricesAreThoseOfAHundredAndSixtyDigits() {
        // 6 kinds, 7 sizes, 100 of each in a part
        List<String> wrong = IntStream.range(0, 240)
                .parallel()
                .mapToObj(part -> wrong(100, 8, 1000L * (part + 1)))
                .flatMap(List::stream)
                .toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyEigenvalueIsRightNotOnlyTheLargest() {
        for (Kind kind : Kind.values()) {
            for (int n = 2; n <= 6; n++) {
                double[][] a = kind.matrix(new Random(7L * n), n);
                List<double[]> expected = new ArrayList<>(ExactRoots.of(a).stream()
                        .map(z -> new double[] {z.re().doubleValue(), z.im().doubleValue()})
                        .toList());
                double radius = ExactRoots.radius(a);
                for (Complex z : Spectrum.eigenvalues(a)) {
                    double[] nearest = expected.stream()
                            .min(Comparator.comparingDouble(
                                    e -> Math.hypot(e[0] - z.getReal(), e[1] - z.getImaginary())))
                            .orElseThrow();
                    assertThat(Math.hypot(nearest[0] - z.getReal(), nearest[1] - z.getImaginary()))
                            .as("%s %s", kind, z)
                            .isLessThanOrEqualTo(TOLERANCE * radius);
                    expected.remove(nearest);
                }
                assertThat(expected).isEmpty();
            }
        }
    }

    @Test
    void aRealPairIsNotTakenForAComplexOne() {
        // I + 1e-3·N with N of eigenvalues 1, 1 + 1e-6, −1, mixed by an integer matrix of determinant 1
        double[][] a = similar(new double[][] {{1, 0, 0}, {0, 1 + 0x1p-20, 0}, {0, 0, -1}}, 0x1p-10, 1);
        List<Complex> values = Spectrum.eigenvalues(a);
        assertThat(values).allMatch(z -> z.getImaginary() == 0);
        assertThat(Spectrum.realParts(a))
                .containsExactly(new double[] {1 - 0x1p-10, 1 + 0x1p-10, 1 + 0x1p-10 + 0x1p-30}, within(1e-15));
    }

    @Test
    void eigenvaluesOfJordanBlocksAreExact() {
        for (int n = 2; n <= 8; n++) {
            double[][] jordan = new double[n][n];
            for (int i = 0; i < n; i++) {
                jordan[i][i] = 3;
                if (i > 0) {
                    jordan[i - 1][i] = 1;
                }
            }
            double[][] mixed = similar(jordan, 1, 0);
            assertThat(Spectrum.eigenvalues(mixed)).allSatisfy(z -> {
                assertThat(z.getReal()).isCloseTo(3, within(3 * TOLERANCE));
                assertThat(z.getImaginary()).isCloseTo(0, within(3 * TOLERANCE));
            });
        }
    }

    @Test
    void aNilpotentMatrixHasTheRadiusZero() {
        double[][] nilpotent = {{0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}, {0, 0, 0, 0}};
        assertThat(Spectrum.radius(similar(nilpotent, 1, 0))).isZero();
    }

    @Test
    void scaleDoesNotMatter() {
        double[][] a = {{1, 2, 3}, {-4, 5, 6}, {7, -8, 1}};
        double radius = Spectrum.radius(a);
        for (int exponent : new int[] {-900, -300, 300, 900}) {
            double[][] scaled = new double[3][3];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    scaled[i][j] = Math.scalb(a[i][j], exponent);
                }
            }
            assertThat(Spectrum.radius(scaled)).isEqualTo(Math.scalb(radius, exponent));
        }
    }

    @Test
    void largeMatricesKeepTraceAndEigenvalues() {
        // circulant: eigenvalues Σ c_k ω^(jk), the largest is the sum of positive c
        int n = 30;
        double[][] a = new double[n][n];
        double sum = 0;
        for (int k = 0; k < n; k++) {
            double c = 1.0 / (1 + k);
            sum += c;
            for (int i = 0; i < n; i++) {
                a[i][(i + k) % n] = c;
            }
        }
        assertThat(Spectrum.radius(a)).isCloseTo(sum, within(1e-13 * sum));
        double trace =
                Spectrum.eigenvalues(a).stream().mapToDouble(Complex::getReal).sum();
        assertThat(trace).isCloseTo(n, within(1e-12 * n));
    }

    @Test
    void symmetricMatricesHaveTheEigenvaluesThatTheyWereMadeOf() {
        double[][] values = {{3, 1, -2}, {5, 5, 5, 1e-8}, {1e8, 1, 1e-8, 0, -1e8}, {0, 0, 0}, {4, 1}, {7}};
        for (double[] made : values) {
            double[][] rows = Matrices.reflected(11, made).rows();
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < i; j++) {
                    rows[j][i] = rows[i][j];
                }
            }
            double[] sorted = Arrays.stream(made).sorted().toArray();
            double largest = Arrays.stream(made).map(Math::abs).max().orElseThrow();
            double[] found = Spectrum.ofSymmetric(rows);
            for (int i = 0; i < sorted.length; i++) {
                assertThat(found[i]).isCloseTo(sorted[i], within(2e-13 * largest));
            }
        }
    }

    @Test
    void whatIsNotFiniteIsRefused() {
        assertThatThrownBy(() -> Spectrum.ofSymmetric(new double[][] {{1, 2, 3}, {2, Double.NaN, 0}, {3, 0, 1}}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Spectrum.radius(new double[][] {{Double.NaN}}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// S·A·S⁻¹ for a whole S of determinant 1, all entries exact; then times `factor` and the identity added.
    private static double[][] similar(double[][] a, double factor, double diagonal) {
        int n = a.length;
        double[][] b = new double[n][];
        for (int i = 0; i < n; i++) {
            b[i] = a[i].clone();
        }
        // row i += row j and column j −= column i, there and back
        for (int i = 0; i < n; i++) {
            add(b, i, (i + 1) % n, 1);
            add(b, (i + 2) % n, i, n > 2 ? -1 : 0);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                b[i][j] = factor * b[i][j] + (i == j ? diagonal : 0);
            }
        }
        return b;
    }

    private static void add(double[][] b, int to, int from, double times) {
        for (int j = 0; j < b.length; j++) {
            b[to][j] += times * b[from][j];
        }
        for (double[] row : b) {
            row[from] -= times * row[to];
        }
    }
}
