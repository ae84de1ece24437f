package adamscope.linear;

import static adamscope.linear.Matrices.diagonal;
import static adamscope.linear.Matrices.eigenvalues;
import static adamscope.linear.Matrices.random;
import static adamscope.linear.Matrices.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.linear.RestartedLanczos.Budget;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartedLanczosTest {

    @Test
    void bothEndsAgreeWithTheDenseAnswerToTheirResidual() {
        SymmetricMatrix matrix = random(120, 4);
        double[] dense = eigenvalues(matrix);
        Eigenpairs<double[]> found = new RestartedLanczos(4, 3, 1e-8, new Budget(2000, 30), 0, 1).pairs(matrix);
        assertThat(found.converged()).isTrue();
        for (int i = 0; i < 4; i++) {
            check(matrix, found.top().get(i), dense[i]);
        }
        for (int i = 0; i < 3; i++) {
            check(matrix, found.bottom().get(i), dense[119 - i]);
        }
    }

    private static void check(SymmetricMatrix matrix, Eigenpair<double[]> pair, double expected) {
        // an eigenvalue lies within the residual; 1e-13: rounding of 120 additions
        assertThat(pair.value()).isCloseTo(expected, within(pair.residual() + 1e-13));
        assertThat(residual(matrix, pair.value(), pair.vector())).isCloseTo(pair.residual(), within(1e-12));
    }

    @Test
    void littleMemoryCostsProductsAndNotAccuracy() {
        SymmetricMatrix matrix = random(120, 5);
        Eigenpairs<double[]> wide = new RestartedLanczos(3, 0, 1e-9, new Budget(3000, 100), 0, 1).pairs(matrix);
        Eigenpairs<double[]> narrow = new RestartedLanczos(3, 0, 1e-9, new Budget(3000, 8), 0, 1).pairs(matrix);
        for (int i = 0; i < 3; i++) {
            assertThat(narrow.top().get(i).converged()).isTrue();
            assertThat(narrow.top().get(i).value())
                    .isCloseTo(wide.top().get(i).value(), within(1e-14 * 100)); // residual² and rounding
        }
        assertThat(narrow.products()).isGreaterThan(wide.products());
    }

    @Test
    void aDominantNegativeEigenvalueIsAtTheBottom() {
        SymmetricMatrix matrix = Matrices.reflected(2, -1000, 3, 2, 1, 0.5, 0);
        Eigenpairs<double[]> found = new RestartedLanczos(1, 1, 1e-10, new Budget(100, 6), 0, 1).pairs(matrix);
        assertThat(found.top().getFirst().value()).isCloseTo(3, within(1e-10)); // 2⁻⁵³·1000 and a few of them
        assertThat(found.bottom().getFirst().value()).isCloseTo(-1000, within(1e-9));
    }

    @Test
    void theCertificateFindsEveryCopyOfAMultipleEigenvalue() {
        SymmetricMatrix matrix = Matrices.reflected(3, 5, 5, 5, 4, 1, 1, 0.5, 0.25, -3, -2);
        Eigenpairs<double[]> blind = new RestartedLanczos(4, 0, 1e-9, new Budget(200, 8), 0, 1).pairs(matrix);
        assertThat(blind.top().get(1).value()).isCloseTo(4, within(1e-6)); // one vector sees one copy
        Eigenpairs<double[]> found = RestartedLanczos.top(4, 1e-9, 300, 1).pairs(matrix);
        assertThat(found.top().stream().mapToDouble(Eigenpair::value).toArray())
                .containsExactly(new double[] {5, 5, 5, 4}, within(1e-9));
        assertThat(found.converged()).isTrue();
        assertThat(found.certificate().largest()).isCloseTo(1, within(1e-6));
    }

    @Test
    void theCertificateCatchesAWarmStartThatHidesTheTop() {
        // an exactly invariant start: without a random part nothing leads to the largest eigenvalue
        SymmetricMatrix matrix = diagonal(9, 7, 6, 5, 4, 3, 2, 1);
        double[] second = {0, 1, 0, 0, 0, 0, 0, 0};
        Eigenpairs<double[]> found = RestartedLanczos.top(1, 1e-9, 100, 1).pairs(matrix, List.of(second));
        assertThat(found.top().getFirst().value()).isCloseTo(9, within(1e-9));
    }

    @Test
    void theZeroOperatorConvergesAtOnceWithValuesZero() {
        Eigenpairs<double[]> found = RestartedLanczos.top(3, 1e-6, 100, 1).pairs(diagonal(new double[12]));
        assertThat(found.top()).hasSize(3).allMatch(pair -> pair.value() == 0 && pair.converged());
        assertThat(found.certificate().largest()).isZero();
    }

    @Test
    void aMatrixOfSizeOneGivesOneOfTheValuesAskedFor() {
        Eigenpairs<double[]> found = new RestartedLanczos(3, 2, 1e-6, new Budget(50, 9), 5, 1).pairs(diagonal(-4));
        assertThat(found.top()).hasSize(1);
        assertThat(found.bottom()).hasSize(1);
        assertThat(found.top().getFirst().value()).isCloseTo(-4, within(1e-14));
        assertThat(found.converged()).isTrue();
    }

    @Test
    void asManyPairsComeBackAsWereAskedForOrExist() {
        for (int size = 1; size <= 6; size++) {
            double[] values = IntStream.range(0, size).mapToDouble(i -> i).toArray();
            for (int count = 1; count <= 8; count++) {
                List<Eigenpair<double[]>> top = RestartedLanczos.top(count, 1e-9, 400, 1)
                        .pairs(Matrices.reflected(7, values))
                        .top();
                assertThat(top).hasSize(Math.min(count, size)).allMatch(Eigenpair::converged);
                for (int i = 0; i < top.size(); i++) {
                    assertThat(top.get(i).value()).isCloseTo(size - 1 - i, within(1e-8));
                }
            }
        }
    }

    @Test
    void tooFewProductsAreSaidToBeTooFew() {
        Eigenpairs<double[]> found = new RestartedLanczos(3, 0, 1e-10, new Budget(5, 30), 0, 1).pairs(random(100, 6));
        assertThat(found.top()).hasSize(3);
        assertThat(found.converged()).isFalse();
        assertThat(found.products()).isEqualTo(5);
    }

    @Test
    void aProductThatIsNotANumberEndsTheSearch() {
        Eigenpairs<double[]> found = RestartedLanczos.top(2, 1e-6, 100, 1).pairs(diagonal(1, Double.NaN, 2, 3, 4));
        assertThat(found.top())
                .hasSize(2)
                .allMatch(pair -> Double.isNaN(pair.value()) && !pair.converged() && pair.vector() == null);
        assertThat(found.products()).isEqualTo(1);
    }

    @Test
    void equalSearchesInManyThreadsHaveTheSameBits() {
        SymmetricMatrix matrix = random(80, 8);
        RestartedLanczos search = RestartedLanczos.top(3, 1e-9, 400, 1);
        double expected = search.pairs(matrix).top().get(2).value();
        assertThat(IntStream.range(0, 64)
                        .parallel()
                        .mapToDouble(_ -> search.pairs(matrix).top().get(2).value())
                        .toArray())
                .containsOnly(expected);
    }

    /// Kuczyński & Woźniakowski's inequality, against its own statement: the fraction of random starts whose Lanczos
    /// value is below the top by more than ε of the spread is at most the stated probability.
    @Test
    void theBoundOnTheProbabilityHoldsForRandomStarts() {
        double[] values =
                IntStream.range(0, 60).mapToDouble(i -> i == 59 ? 1 : i / 70.0).toArray();
        SymmetricMatrix matrix = diagonal(values);
        int failures = 0;
        int trials = 200;
        double epsilon = 0.08;
        for (int trial = 0; trial < trials; trial++) {
            Eigenpair<double[]> pair = new Lanczos(0, 9, 1000 + trial).top(matrix);
            failures += pair.value() < 1 - epsilon ? 1 : 0;
        }
        double bound = new Certificate(1 - epsilon, 0, 0, 9, 60).probabilityAbove(1);
        assertThat(bound).isLessThan(1);
        assertThat((double) failures / trials).isLessThanOrEqualTo(bound);
        double limit = new Certificate(1 - epsilon, 0, 0, 9, 60).upperBound(bound);
        assertThat(limit).isCloseTo(1, within(1e-12)); // the two methods are inverse to each other
        assertThat(new Certificate(1, 0, 0, 2, 1_000_000).upperBound(0.01)).isInfinite();
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatThrownBy(() -> new RestartedLanczos(0, 0, 1e-3, new Budget(9, 9), 0, 0))
                .hasMessage("top = 0, bottom = 0: ask for at least one eigenvalue");
        assertThatThrownBy(() -> new RestartedLanczos(2, 1, 1e-3, new Budget(9, 4), 0, 0))
                .hasMessage("vectors = 4 is outside [5, inf): two more than the 3 pairs");
        assertThatThrownBy(() -> new Budget(0, 4)).hasMessage("products = 0 is outside [1, inf)");
    }
}
