package adamscope.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Quotients of the numbers of lanes, in one place that the next ones overwrite.
final class Quotients {
    private final Magnitudes ratios;

    Quotients(int lanes) {
        this.ratios = Magnitudes.of(lanes);
    }

    /// a/b of each lane, of one of them or both the square; with an exponent of its own where it, or a square, is no
    /// normal double.
    Magnitudes of(double[] a, double[] b, boolean squareA, boolean squareB) {
        double[] ratio = ratios.mantissa();
        Arrays.fill(ratios.exponent(), 0);
        int whole = VectorUnit.inUse() ? Vectors.of(this, a, b, squareA, squareB) : 0;
        for (int lane = whole; lane < ratio.length; lane++) {
            double above = squareA ? a[lane] * a[lane] : a[lane];
            double below = squareB ? b[lane] * b[lane] : b[lane];
            ratio[lane] = above / below;
            if (!(isNormal(above) && isNormal(below) && isNormal(ratio[lane]))) {
                divide(lane, a[lane], b[lane], squareA, squareB);
            }
        }
        return ratios;
    }

    private static boolean isNormal(double number) {
        double magnitude = Math.abs(number);
        return magnitude >= Double.MIN_NORMAL && magnitude <= Double.MAX_VALUE;
    }

    private void divide(int lane, double a, double b, boolean squareA, boolean squareB) {
        int ofA = Math.getExponent(a);
        int ofB = Math.getExponent(b);
        double above = Math.scalb(a, -ofA);
        double below = Math.scalb(b, -ofB);
        ratios.mantissa()[lane] = (squareA ? above * above : above) / (squareB ? below * below : below);
        ratios.exponent()[lane] = (squareA ? 2 * ofA : ofA) - (squareB ? 2 * ofB : ofB);
    }

    /// Whole vectors at a time, loaded only where Java has their module.
    private static final class Vectors {
        private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

        private Vectors() {}

        /// Divides all whole vectors, and returns how many lanes they have.
        static int of(Quotients to, double[] a, double[] b, boolean squareA, boolean squareB) {
            double[] ratio = to.ratios.mantissa();
            int whole = SPECIES.loopBound(ratio.length);
            for (int first = 0; first < whole; first += SPECIES.length()) {
                DoubleVector above = DoubleVector.fromArray(SPECIES, a, first);
                DoubleVector below = DoubleVector.fromArray(SPECIES, b, first);
                above = squareA ? above.mul(above) : above;
                below = squareB ? below.mul(below) : below;
                DoubleVector quotient = above.div(below);
                quotient.intoArray(ratio, first);
                long abnormal = Magnitudes.Vectors.abnormal(above.abs())
                        | Magnitudes.Vectors.abnormal(below.abs())
                        | Magnitudes.Vectors.abnormal(quotient.abs());
                for (long rest = abnormal; rest != 0; rest &= rest - 1) {
                    int lane = first + Long.numberOfTrailingZeros(rest);
                    to.divide(lane, a[lane], b[lane], squareA, squareB);
                }
            }
            return whole;
        }
    }
}
