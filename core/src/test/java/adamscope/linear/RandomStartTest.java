package adamscope.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomStartTest {
    private static final int SIZE = 60;

    /// The tridiagonal of a Lanczos process from a random vector on a diagonal matrix.
    private static RandomStart process(double[] values, int steps, long seed) {
        RitzSpace<double[]> space = new RitzSpace<>(Matrices.diagonal(values));
        space.admit(new DoubleVectors(values.length).random(seed));
        for (int step = 1; step < steps; step++) {
            assertThat(space.expandFrom(step - 1)).isTrue();
        }
        double[] alpha = new double[steps];
        double[] beta = new double[steps];
        for (int j = 0; j < steps; j++) {
            alpha[j] = space.projected()[j][j];
            beta[j] = j + 1 < steps ? Math.abs(space.projected()[j + 1][j]) : space.couplingNorm(j);
        }
        return new RandomStart(alpha, beta, values.length);
    }

    private static double largest(RandomStart process) {
        int n = process.alpha().length;
        double[][] t = new double[n][n];
        for (int j = 0; j < n; j++) {
            t[j][j] = process.alpha()[j];
            if (j > 0) {
                t[j][j - 1] = process.beta()[j - 1];
                t[j - 1][j] = process.beta()[j - 1];
            }
        }
        return RitzSpace.descending(t)[0];
    }

    @Test
    void anEigenvalueLiesAboveTheBoundAsSeldomAsStatedAndNotNever() {
        double[] values = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = i == 0 ? 10 : 0.9 * i / SIZE; // a start that misses it sees nothing of it for some steps
        }
        for (double probability : new double[] {0.3, 0.1}) {
            int missed = 0;
            int starts = 3000;
            for (int seed = 0; seed < starts; seed++) {
                RandomStart process = process(values, 4, seed);
                missed += process.upperBound(largest(process), probability) < 10 ? 1 : 0;
            }
            double share = missed / (double) starts;
            // three standard deviations of the count above what is stated; a bound never missed would say nothing
            assertThat(share)
                    .isLessThanOrEqualTo(probability + 3 * Math.sqrt(probability * (1 - probability) / starts))
                    .isGreaterThan(probability / 10);
        }
    }

    @Test
    void afterOneProductTheBoundIsWhatTheVectorsLengthAllows() {
        // p₀ = 1, p₁ = (λ − α)/β: 1 + p₁² = 2N/(π·δ²)
        RandomStart one = new RandomStart(new double[] {0.5}, new double[] {2}, 100);
        double limit = 200 / Math.PI / 1e-4;
        assertThat(one.upperBound(0.5, 1e-2))
                .isCloseTo(0.5 + 2 * Math.sqrt(limit - 1), within(1.0)); // bisected to 1e-3
    }

    @Test
    void aProcessThatHasEndedBoundsByItsLargestValue() {
        assertThat(new RandomStart(new double[] {0}, new double[] {0}, 9).upperBound(0, 1e-3))
                .isZero();
        assertThat(new RandomStart(new double[] {3}, new double[] {1e-15}, 9).upperBound(3, 1e-3))
                .isCloseTo(3, within(1e-11)); // 1e-15·√(2·9/π)/1e-3
    }
}
