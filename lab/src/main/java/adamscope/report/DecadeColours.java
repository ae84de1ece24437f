package adamscope.report;

import adamscope.figure.ColourScale;
import adamscope.figure.Mark;
import adamscope.figure.Scale;
import java.util.Arrays;

/// Decades as colours: they are a logarithm already, so that the scale is linear unless they themselves spread over
/// orders of magnitude.
public final class DecadeColours {
    /// So many decades or fewer are told apart on a linear scale.
    private static final double LINEAR_UP_TO = 50;

    /// What infinitely many decades below 1 are.
    static final String ZERO = "exactly 0";

    private DecadeColours() {}

    /// Numbers of which a logarithm may be that of 0: it has the colour of the least and is named in the legend.
    static Mark.HeatMap ofLogarithms(double[] x, double[] y, double[] log10, String label) {
        return new Mark.HeatMap(
                x,
                y,
                Arrays.stream(log10)
                        .map(v -> v == Double.POSITIVE_INFINITY ? Double.NaN : v)
                        .toArray(),
                ColourScale.of(label, Scale.LINEAR).spanning(log10, 1e-9).infinite(ZERO));
    }

    /// Decades above 1 over a plane; a number on the other side of 1 has the colour of the end. Where decades below 1
    /// count, 0 has the colour of the most and is named in the legend; other infinite ones have no value.
    ///
    /// @param x    edges of cells
    /// @param y    edges of cells
    /// @param sign -1 where decades below 1 count
    public static Mark.HeatMap map(double[] x, double[] y, double[] log10, int sign, String label) {
        double[] decades = Arrays.stream(log10)
                .map(v -> Double.isInfinite(v) && !(sign < 0 && v < 0) ? Double.NaN : Math.max(0, sign * v))
                .toArray();
        double[] seen = Arrays.stream(decades).filter(Double::isFinite).toArray();
        double largest = Arrays.stream(seen).max().orElse(1);
        if (largest > LINEAR_UP_TO) {
            double[] from1 = Arrays.stream(decades).map(v -> Math.max(1, v)).toArray();
            return new Mark.HeatMap(
                    x,
                    y,
                    from1,
                    ColourScale.of(label, Scale.LOG10).from(1, largest).infinite(ZERO));
        }
        return new Mark.HeatMap(
                x,
                y,
                decades,
                ColourScale.of(label, Scale.LINEAR).spanning(decades, 0.1).infinite(ZERO));
    }
}
