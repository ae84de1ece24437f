package adamscope.kernel;

import java.util.List;

/// How lanes in double record the coupling ratio v/g², as g² underflows long before v and g do: in two rows, or the
/// greatest in one where it is plain.
enum CouplingForm {
    /// The greatest as the ratio, the last as v and g²: where g² is not the square of a value.
    PLAIN,
    /// The greatest as v/|g| and |g|, the last as v and g.
    BY_GRADIENT,
    /// The greatest as √v and |g|·2^k, the last as v and g: the greatest is found by products of these, which would
    /// underflow.
    ROOTED;

    /// The greatest ratios, of the numbers in their rows.
    Magnitudes greatest(double[] a, double[] b) {
        return quotients(a, b, this == ROOTED, this == ROOTED);
    }

    /// The last ratios, of the numbers in their rows.
    Magnitudes last(double[] a, double[] b) {
        return quotients(a, b, false, this != PLAIN);
    }

    /// a/b of each lane, of one of them or both the square; with an exponent of its own where it, or a square, is no
    /// normal double. The loops are plain so that HotSpot makes vectors of them.
    private static Magnitudes quotients(double[] a, double[] b, boolean squareA, boolean squareB) {
        double[] above = squareA ? squares(a) : a;
        double[] below = squareB ? squares(b) : b;
        Magnitudes ratios = Magnitudes.of(a.length);
        double[] ratio = ratios.mantissa();
        for (int lane = 0; lane < ratio.length; lane++) {
            ratio[lane] = above[lane] / below[lane];
        }
        for (double[] numbers : List.of(ratio.clone(), above, below)) {
            Magnitudes.forEachAbnormal(numbers, lane -> divide(ratios, lane, a[lane], b[lane], squareA, squareB));
        }
        return ratios;
    }

    private static void divide(Magnitudes ratios, int lane, double a, double b, boolean squareA, boolean squareB) {
        int ofA = Math.getExponent(a);
        int ofB = Math.getExponent(b);
        double above = Math.scalb(a, -ofA);
        double below = Math.scalb(b, -ofB);
        ratios.mantissa()[lane] = (squareA ? above * above : above) / (squareB ? below * below : below);
        ratios.exponent()[lane] = (squareA ? 2 * ofA : ofA) - (squareB ? 2 * ofB : ofB);
    }

    private static double[] squares(double[] numbers) {
        double[] squares = new double[numbers.length];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = numbers[i] * numbers[i];
        }
        return squares;
    }
}
