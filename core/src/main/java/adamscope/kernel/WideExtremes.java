package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;

/// The extremes of one lane over some steps, as the reference defines them.
final class WideExtremes {
    private WideNumber least = new WideNumber(Double.POSITIVE_INFINITY, 0);
    private WideNumber greatest = WideNumber.ZERO;
    private WideNumber greatestSlope = WideNumber.ZERO;
    private WideNumber bestNumerator = WideNumber.ZERO;
    private WideNumber bestDenominator = WideNumber.of(1);
    private WideNumber lastCoupling = WideNumber.of(Double.NaN);

    void loss(WideNumber loss) {
        WideNumber magnitude = WideNumber.apply(UnaryOperation.ABS, loss);
        if (Magnitudes.isLess(magnitude, least)) {
            least = magnitude;
        }
        if (Double.isNaN(magnitude.mantissa()) || Magnitudes.isLess(greatest, magnitude)) {
            greatest = magnitude;
        }
    }

    void slope(WideNumber slope) {
        if (Double.isNaN(slope.mantissa()) || Magnitudes.isLess(greatestSlope, slope)) {
            greatestSlope = slope;
        }
    }

    /// The greater quotient is found without dividing: a/b > c/d where a·d > c·b.
    void coupling(WideNumber numerator, WideNumber denominator) {
        WideNumber left = WideNumber.apply(BinaryOperation.MULTIPLY, numerator, bestDenominator);
        WideNumber right = WideNumber.apply(BinaryOperation.MULTIPLY, bestNumerator, denominator);
        if (Magnitudes.isLess(right, left)) {
            bestNumerator = numerator;
            bestDenominator = denominator;
        }
        lastCoupling = WideNumber.apply(BinaryOperation.DIVIDE, numerator, denominator);
    }

    WideNumber recorded(Lanes.Record record) {
        return switch (record) {
            case LEAST_LOSS -> least;
            case GREATEST_LOSS -> greatest;
            case GREATEST_SLOPE -> greatestSlope;
            case GREATEST_COUPLING -> WideNumber.apply(BinaryOperation.DIVIDE, bestNumerator, bestDenominator);
            case LAST_COUPLING -> lastCoupling;
        };
    }
}
