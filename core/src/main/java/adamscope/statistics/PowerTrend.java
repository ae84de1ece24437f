package adamscope.statistics;

import adamscope.formula.PlainText;
import org.hipparchus.stat.regression.SimpleRegression;

/// The exponent s of y ∝ xˢ: the slope of log y over log x by least squares, with Student's interval.
///
/// The interval supposes independent errors of one size on the log scale and an exact power law; curvature is part of
/// the error, and with few points the interval is wide.
///
/// @param exponent s
/// @param interval where the exponent lies, at the confidence asked for
/// @param points   number of points
public record PowerTrend(double exponent, Interval interval, int points) {

    /// Fits at least 3 points with positive finite x and y.
    ///
    /// @param confidence such as 0.95
    public static PowerTrend of(double[] x, double[] y, double confidence) {
        if (x.length != y.length || x.length < 3) {
            throw new IllegalArgumentException(
                    x.length + " x and " + y.length + " y: at least 3 points are needed for an interval");
        }
        SimpleRegression line = new SimpleRegression();
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] > 0 && y[i] > 0 && Double.isFinite(x[i]) && Double.isFinite(y[i]))) {
                throw new IllegalArgumentException("point " + i + " (" + new PlainText().number(x[i]) + ", "
                        + new PlainText().number(y[i]) + "): both must be positive and finite");
            }
            line.addData(Math.log(x[i]), Math.log(y[i]));
        }
        double half = line.getSlopeConfidenceInterval(1 - confidence);
        if (!Double.isFinite(half)) {
            throw new IllegalArgumentException("all x are equal: there is no exponent");
        }
        double slope = line.getSlope();
        return new PowerTrend(slope, new Interval(slope - half, slope + half), x.length);
    }
}
