package adamscope.kernel;

import java.util.Arrays;

/// Quotients of the numbers of lanes, in one place that the next ones overwrite.
final class Quotients {
    private final Magnitudes ratios;
    private final double[] aboves;
    private final double[] belows;

    Quotients(int lanes) {
        this.ratios = Magnitudes.of(lanes);
        this.aboves = new double[lanes];
        this.belows = new double[lanes];
    }

    /// a/b of each lane, of one of them or both the square; with an exponent of its own where it, or a square, is no
    /// normal double. The loops are plain so that HotSpot makes vectors of them.
    Magnitudes of(double[] a, double[] b, boolean squareA, boolean squareB) {
        double[] above = squareA ? squared(a, aboves) : a;
        double[] below = squareB ? squared(b, belows) : b;
        double[] ratio = ratios.mantissa();
        Arrays.fill(ratios.exponent(), 0);
        for (int lane = 0; lane < ratio.length; lane++) {
            ratio[lane] = above[lane] / below[lane];
        }
        // the ratios last: those that are right by then are normal
        for (double[] numbers : new double[][] {above, below, ratio}) {
            Magnitudes.forEachAbnormal(numbers, lane -> divide(lane, a[lane], b[lane], squareA, squareB));
        }
        return ratios;
    }

    private void divide(int lane, double a, double b, boolean squareA, boolean squareB) {
        int ofA = Math.getExponent(a);
        int ofB = Math.getExponent(b);
        double above = Math.scalb(a, -ofA);
        double below = Math.scalb(b, -ofB);
        ratios.mantissa()[lane] = (squareA ? above * above : above) / (squareB ? below * below : below);
        ratios.exponent()[lane] = (squareA ? 2 * ofA : ofA) - (squareB ? 2 * ofB : ofB);
    }

    private static double[] squared(double[] numbers, double[] squares) {
        for (int i = 0; i < squares.length; i++) {
            squares[i] = numbers[i] * numbers[i];
        }
        return squares;
    }
}
