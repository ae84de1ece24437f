package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;

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
    /// normal double.
    private static Magnitudes quotients(double[] a, double[] b, boolean squareA, boolean squareB) {
        Magnitudes ratios = Magnitudes.of(a.length);
        double[] ratio = ratios.mantissa();
        for (int lane = 0; lane < ratio.length; lane++) {
            double above = squareA ? a[lane] * a[lane] : a[lane];
            double below = squareB ? b[lane] * b[lane] : b[lane];
            ratio[lane] = above / below;
            if (!(isNormal(above) && isNormal(below) && isNormal(ratio[lane]))) {
                ratios.set(
                        lane, WideNumber.apply(BinaryOperation.DIVIDE, wide(a[lane], squareA), wide(b[lane], squareB)));
            }
        }
        return ratios;
    }

    private static boolean isNormal(double number) {
        return Math.abs(number) >= Double.MIN_NORMAL && Math.abs(number) <= Double.MAX_VALUE;
    }

    private static WideNumber wide(double number, boolean squared) {
        WideNumber wide = WideNumber.of(number);
        return squared ? WideNumber.apply(BinaryOperation.MULTIPLY, wide, wide) : wide;
    }
}
