package adamscope.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;

class LanczosTest {
    private static final Lanczos TIGHT = new Lanczos(1e-10, 200, 1);

    @Test
    void findsTheTopOfARandomMatrixWithItsTrueResidual() {
        SymmetricMatrix matrix = randomMatrix(60);
        double[] dense = new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(matrix.rows())).getEigenvalues();
        Eigenpair<double[]> top = TIGHT.top(matrix);
        // The error of the value is of the order of the residual squared; both solvers round at about 60·2⁻⁵³·|λ|.
        assertThat(top.value()).isCloseTo(java.util.Arrays.stream(dense).max().orElseThrow(), within(1e-12));
        assertThat(top.converged()).isTrue();
        // The bound |s_k|·β_k is the residual of the computed pair up to rounding.
        assertThat(trueResidual(matrix, top)).isCloseTo(top.residual(), within(1e-13));
    }

    @Test
    void aDominantNegativeEigenvalueIsNotTheTop() {
        assertThat(TIGHT.top(diagonal(-1000, 3, 2, 1)).value())
                .isCloseTo(3, within(1e-9)); // 1e-10·3, and rounding·1000
    }

    @Test
    void anOperatorWithOnlyNegativeEigenvaluesHasANegativeTop() {
        assertThat(TIGHT.top(diagonal(-5, -2, -7)).value()).isCloseTo(-2, within(1e-12)); // dimension 3: exact
    }

    @Test
    void theZeroOperatorNeedsOneProduct() {
        Eigenpair<double[]> top = TIGHT.top(diagonal(0, 0, 0, 0));
        assertThat(top.value()).isZero();
        assertThat(top.residual()).isZero();
        assertThat(top.products()).isEqualTo(1);
        assertThat(top.converged()).isTrue();
    }

    @Test
    void dimensionOneNeedsOneProduct() {
        Eigenpair<double[]> top = TIGHT.top(diagonal(-4));
        assertThat(top.value()).isCloseTo(-4, within(1e-14)); // (−4·q)·q with q·q = 1 up to rounding
        assertThat(top.products()).isEqualTo(1);
        assertThat(top.converged()).isTrue();
    }

    @Test
    void aMultipleTopEigenvalueIsFoundOnce() {
        Eigenpair<double[]> top = TIGHT.top(diagonal(5, 5, 5, 1, 1, -3));
        assertThat(top.value()).isCloseTo(5, within(1e-12)); // three distinct eigenvalues: exact after three products
        assertThat(top.products()).isLessThanOrEqualTo(4);
        assertThat(trueResidual(diagonal(5, 5, 5, 1, 1, -3), top)).isLessThan(1e-9);
    }

    @Test
    void aWarmStartAtTheTopSavesProducts() {
        SymmetricMatrix matrix = randomMatrix(60);
        Lanczos coarse = new Lanczos(1e-3, 200, 1);
        Eigenpair<double[]> cold = coarse.top(matrix);
        Eigenpair<double[]> warm = coarse.top(matrix, TIGHT.top(matrix).vector());
        assertThat(warm.products()).isLessThan(cold.products() / 2);
        assertThat(warm.value()).isCloseTo(cold.value(), within(1e-3 * cold.value())); // both residuals are below that
    }

    @Test
    void aWarmStartAtTheSecondEigenvectorStillFindsTheTop() {
        assertThat(TIGHT.top(diagonal(7, 6.9, 1, -2), new double[] {0, 1, 0, 0}).value())
                .isCloseTo(7, within(1e-12)); // dimension 4: exact
    }

    @Test
    void aUselessWarmStartIsReplacedByARandomOne() {
        assertThat(TIGHT.top(diagonal(2, 1), new double[2]).value()).isCloseTo(2, within(1e-12));
        assertThat(TIGHT.top(diagonal(2, 1), new double[] {Double.NaN, 1}).value())
                .isCloseTo(2, within(1e-12));
    }

    @Test
    void notANumberIsReportedAndEndsTheRun() {
        Eigenpair<double[]> top = TIGHT.top(diagonal(2, Double.NaN, 1));
        assertThat(top.value()).isNaN();
        assertThat(top.residual()).isNaN();
        assertThat(top.products()).isEqualTo(1);
        assertThat(top.converged()).isFalse();
        assertThat(TIGHT.top(diagonal(2, Double.POSITIVE_INFINITY, 1)).value()).isNaN();
    }

    @Test
    void tooFewProductsAreReportedAsNotConverged() {
        Eigenpair<double[]> top = new Lanczos(1e-10, 3, 1).top(randomMatrix(60));
        assertThat(top.converged()).isFalse();
        assertThat(top.products()).isEqualTo(3);
        assertThat(top.residual()).isPositive();
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatThrownBy(() -> new Lanczos(-1, 10, 0)).hasMessage("tolerance = -1 is outside [0, inf)");
        assertThatThrownBy(() -> new Lanczos(0.1, 0, 0)).hasMessage("maxProducts = 0 is outside [1, inf)");
        assertThatThrownBy(() -> TIGHT.top(new SymmetricMatrix(new double[0][0])))
                .hasMessage("an operator of dimension 0 has no eigenvalue");
    }

    private static SymmetricMatrix diagonal(double... values) {
        double[][] rows = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) {
            rows[i][i] = values[i];
        }
        return new SymmetricMatrix(rows);
    }

    private static SymmetricMatrix randomMatrix(int size) {
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = CountedNormal.number(9, (long) i * size + j) / Math.sqrt(size);
                rows[j][i] = rows[i][j];
            }
        }
        return new SymmetricMatrix(rows);
    }

    private static double trueResidual(SymmetricMatrix matrix, Eigenpair<double[]> pair) {
        double[] difference = matrix.apply(pair.vector());
        matrix.space().add(difference, -pair.value(), pair.vector());
        return matrix.space().norm(difference);
    }
}
