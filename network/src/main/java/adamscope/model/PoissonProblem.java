package adamscope.model;

import adamscope.linear.CountedUniform;
import java.util.Locale;

/// A Poisson problem −Δu = f inside, u = g on the boundary, with its solution (Ma, Wu & E 2022, section 4.2).
public enum PoissonProblem {
    /// On (0,1)⁴ with f = 0 and u = g = x₁x₂ + x₃x₄.
    CUBE(4) {
        @Override
        public double source(double[] x) {
            return 0;
        }

        @Override
        public double solution(double[] x) {
            return x[0] * x[1] + x[2] * x[3];
        }

        @Override
        double[] inside(long seed, long point) {
            return uniform(seed, point);
        }

        @Override
        double[] onBoundary(long seed, long point) {
            double[] x = uniform(seed, point);
            int face = (int) (2 * dimension() * CountedUniform.number(seed, point * NUMBERS + dimension()));
            x[face / 2] = face % 2;
            return x;
        }

        private double[] uniform(long seed, long point) {
            double[] x = new double[dimension()];
            for (int k = 0; k < x.length; k++) {
                x[k] = CountedUniform.number(seed, point * NUMBERS + k);
            }
            return x;
        }
    },
    /// On the unit disk with f = 1 and g = 0, so u = (1 − |x|²)/4; the paper prints (|x|² − 1)/4, which solves −Δu =
    /// −1.
    DISK(2) {
        @Override
        public double source(double[] x) {
            return 1;
        }

        @Override
        public double solution(double[] x) {
            return (1 - x[0] * x[0] - x[1] * x[1]) / 4;
        }

        @Override
        double[] inside(long seed, long point) {
            return at(Math.sqrt(CountedUniform.number(seed, point * NUMBERS + 1)), seed, point);
        }

        @Override
        double[] onBoundary(long seed, long point) {
            return at(1, seed, point);
        }

        private double[] at(double radius, long seed, long point) {
            double angle = 2 * Math.PI * CountedUniform.number(seed, point * NUMBERS);
            return new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
        }
    };

    /// Random numbers that a point may use.
    private static final long NUMBERS = 8;

    private final int dimension;

    PoissonProblem(int dimension) {
        this.dimension = dimension;
    }

    /// The problem of that name, in lower case.
    ///
    /// @throws IllegalArgumentException if there is none
    public static PoissonProblem named(String name) {
        return switch (name) {
            case "cube" -> CUBE;
            case "disk" -> DISK;
            default -> throw new IllegalArgumentException("no Poisson problem '" + name + "'; there are [cube, disk]");
        };
    }

    /// Its name in experiments.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Of the space.
    public int dimension() {
        return dimension;
    }

    /// f at a point.
    public abstract double source(double[] x);

    /// u at a point; on the boundary this is g.
    public abstract double solution(double[] x);

    /// A point inside, uniform, as a function of the seed and its number.
    abstract double[] inside(long seed, long point);

    /// A point on the boundary, uniform, as a function of the seed and its number.
    abstract double[] onBoundary(long seed, long point);
}
