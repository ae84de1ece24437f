package adamscope.linear;

import java.util.Arrays;
import java.util.Random;

/// Paths of matrices of 120 dimensions whose eigenvalues cross while their eigenvectors turn by about 1e-3 a step.
final class HostilePaths {
    static final int SIZE = 120;
    static final int STEPS = 200;
    private static final int[] PAIRED = {1, 7, 31};

    /// What lies below the crossing eigenvalues.
    enum Below {
        /// Decaying by 7 % each, from 0.6 on.
        DECAYING,
        /// Uniform up to 0.7.
        UNIFORM,
        /// A bell of width 0.15 around 0.
        BELL
    }

    private HostilePaths() {}

    /// Q·diag(values)·Qᵀ.
    record Turned(double[][] frame, double[] values) implements LinearOperator<double[]> {
        @Override
        public DoubleVectors space() {
            return new DoubleVectors(values.length);
        }

        @Override
        public double[] apply(double[] vector) {
            double[] product = new double[vector.length];
            for (int i = 0; i < values.length; i++) {
                double part = 0;
                for (int j = 0; j < vector.length; j++) {
                    part += frame[i][j] * vector[j];
                }
                for (int j = 0; j < vector.length; j++) {
                    product[j] += values[i] * part * frame[i][j];
                }
            }
            return product;
        }

        double top() {
            return Arrays.stream(values).max().orElseThrow();
        }
    }

    /// A path, step by step.
    static final class Path {
        private final Random random;
        private final double[] below = new double[SIZE];
        private final double[] chosen;
        private final double[] angles;
        private final double[][] frame = new double[SIZE][SIZE];
        private final boolean swinging;

        /// @param swinging whether the three swing by up to 2 % of λ₁ a step; else they rise or fall by up to 0.5 %
        Path(Below kind, boolean swinging, long seed) {
            this.random = new Random(seed);
            this.swinging = swinging;
            for (int i = 0; i < SIZE; i++) {
                frame[i][i] = 1;
                below[i] = switch (kind) {
                    case DECAYING -> 0.6 * Math.pow(0.93, i);
                    case UNIFORM -> 0.7 * random.nextDouble();
                    case BELL -> 0.15 * random.nextGaussian();
                };
            }
            for (int k = 0; k < 4 * SIZE; k++) {
                turn(random.nextInt(SIZE), random.nextInt(SIZE), 2 * Math.PI * random.nextDouble());
            }
            this.chosen = random.doubles(6).toArray();
            this.angles = new double[PAIRED.length * SIZE];
            Arrays.setAll(angles, i -> 0.7e-3 * random.nextGaussian());
        }

        Turned at(int step) {
            double t = step / (double) STEPS;
            double[] values = below.clone();
            if (swinging) {
                values[0] = 1 + 0.1 * wave(2 * t + chosen[0]);
                values[1] = 0.95 + 0.2 * wave((1 + chosen[1]) * t + chosen[2]);
                values[2] = 0.85 + 0.3 * wave((1 + chosen[3]) * t + chosen[4]);
            } else {
                values[0] = 1 - 0.3 * chosen[0] * t;
                values[1] = 0.8 + 0.1 * chosen[1] + (0.1 + 0.3 * chosen[2]) * t;
                values[2] = 0.3 + 0.3 * chosen[3] + (0.6 + 0.3 * chosen[4]) * t;
            }
            for (int k = 0; k < PAIRED.length; k++) {
                for (int i = 0; i < SIZE; i++) {
                    turn(i, (i + PAIRED[k]) % SIZE, angles[k * SIZE + i]);
                }
            }
            return new Turned(frame, values);
        }

        private static double wave(double turns) {
            return Math.sin(2 * Math.PI * turns);
        }

        private void turn(int i, int j, double angle) {
            if (i == j) {
                return;
            }
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            for (int k = 0; k < SIZE; k++) {
                double x = frame[i][k];
                frame[i][k] = c * x - s * frame[j][k];
                frame[j][k] = s * x + c * frame[j][k];
            }
        }
    }
}
