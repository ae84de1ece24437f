package adamscope.stability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The linear maps A + λ·b·e₀ᵀ that a frozen rule consists of near x = 0: one, or several.
///
/// @param vanishing whether they are the whole rule there: the step of a sign method does not vanish with x
record LinearPieces(List<Linear> all, boolean vanishing) {
    private static final double SMALL = 0x1p-200;

    /// A slope by λ below it, in units of 1/lr, is what a step like g³ has so near to 0.
    private static final double NO_SLOPE = 1e-13;

    /// A linear map for each λ.
    record Linear(double[][] a, double[] b) {
        double[][] at(double curvature) {
            double[][] matrix = new double[a.length][];
            for (int i = 0; i < a.length; i++) {
                matrix[i] = a[i].clone();
                matrix[i][0] += curvature * b[i];
            }
            return matrix;
        }
    }

    boolean linear() {
        return all.size() == 1;
    }

    /// Points near 0 in every orthant (the first 64), coordinates of very different sizes, also beside λ, all powers of
    /// two. States that do not change sign with x, such as an average of g², are positive.
    static List<double[]> points(FrozenRule rule, double curvature) {
        int n = rule.dimension();
        boolean[] signed = rule.signed();
        int gradient = Math.getExponent(curvature);
        Random random = new Random(5);
        List<double[]> points = new ArrayList<>();
        for (int signs = 0; signs < 1 << Math.min(n, 6); signs++) {
            for (int sizes = 0; sizes < 8; sizes++) {
                double[] z = new double[n];
                for (int i = 0; i < n; i++) {
                    int exponent = random.nextInt(-6, 7) + (i > 0 && random.nextInt(3) > 0 ? gradient : 0);
                    double size = Math.scalb(SMALL, exponent);
                    z[i] = signed[i] && (signs >> i % 6 & 1) == 1 ? -size : size;
                }
                points.add(z);
            }
        }
        return points;
    }

    static LinearPieces of(FrozenRule rule, double scale) {
        refuseHiddenScaling(rule, scale);
        List<Linear> all = new ArrayList<>();
        boolean homogeneous = true;
        for (double curvature : new double[] {scale / 64, scale, 64 * scale}) {
            List<double[]> points = points(rule, curvature);
            for (double[] z : points) {
                double[][] jacobian = rule.jacobian(curvature, z);
                double[] b = Arrays.stream(rule.byCurvature(curvature, z))
                        .map(slope -> Math.abs(slope) * scale > NO_SLOPE ? slope : 0)
                        .toArray();
                if (all.stream().noneMatch(known -> same(known.at(curvature), jacobian))) {
                    all.add(piece(jacobian, b, curvature, new Linear(rule.jacobian(0, points.getFirst()), b)));
                }
                homogeneous &= homogeneous(rule, curvature, z, jacobian);
            }
        }
        if (all.size() > 1 && !homogeneous) {
            throw new IllegalArgumentException(rule.name() + " is not linear in the gradient near a minimum, nor"
                    + " linear piece by piece, so that it has no threshold of curvature");
        }
        return new LinearPieces(all, homogeneous);
    }

    /// A where the rule has a value at λ = 0, and A + λb does give the Jacobian; else the Jacobian less λb.
    private static Linear piece(double[][] jacobian, double[] b, double curvature, Linear flat) {
        if (same(flat.at(curvature), jacobian)) {
            return flat;
        }
        double[][] rest = new double[b.length][];
        for (int i = 0; i < b.length; i++) {
            rest[i] = jacobian[i].clone();
            rest[i][0] -= curvature * b[i];
        }
        return new Linear(rest, b);
    }

    /// Entry by entry to 1e-12, beside the rounding of the row.
    private static boolean same(double[][] a, double[][] b) {
        for (int i = 0; i < a.length; i++) {
            double rounding = 1e-15 * Arrays.stream(b[i]).map(Math::abs).max().orElse(0);
            for (int j = 0; j < a.length; j++) {
                double allowed = rounding + 1e-12 * Math.max(Math.abs(a[i][j]), Math.abs(b[i][j]));
                if (!(Math.abs(a[i][j] - b[i][j]) <= allowed)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Euler: F(z) = F'(z)·z for a map of degree 1.
    private static boolean homogeneous(FrozenRule rule, double curvature, double[] z, double[][] jacobian) {
        double[] next = rule.next(curvature, z);
        for (int i = 0; i < z.length; i++) {
            double sum = 0;
            double size = 0;
            for (int j = 0; j < z.length; j++) {
                sum += jacobian[i][j] * z[j];
                size = Math.max(size, Math.abs(jacobian[i][j] * z[j]));
            }
            if (!(Math.abs(sum - next[i]) <= 1e-9 * Math.max(size, Math.abs(next[i])))) {
                return false;
            }
        }
        return true;
    }

    /// A frozen rule that is linear has the same Jacobian wherever its states are.
    private static void refuseHiddenScaling(FrozenRule rule, double scale) {
        double[] here = new double[rule.dimension()];
        double[] there = new double[rule.dimension()];
        Arrays.fill(here, 1);
        Arrays.fill(there, 2);
        here[0] = SMALL;
        there[0] = SMALL;
        double[] a = rule.jacobian(scale, here)[0];
        double[] b = rule.jacobian(scale, there)[0];
        for (int column = 0; column < a.length; column++) {
            if (Math.abs(a[column] - b[column]) > 1e-9 * Math.max(Math.abs(a[column]), Math.abs(b[column]))) {
                throw new IllegalArgumentException(rule.name()
                        + " scales its step by a state that no 'precondition' line names, so there is nothing to"
                        + " freeze; write the scale as 'precondition P = …' and divide by P");
            }
        }
    }
}
