package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;

/// The extremes of one lane over some steps, as the reference defines them.
final class WideExtremes {
    private Wide least = new Wide(Double.POSITIVE_INFINITY, 0);
    private Wide greatest = Wide.ZERO;
    private Wide greatestSlope = Wide.ZERO;
    private Wide bestNumerator = Wide.ZERO;
    private Wide bestDenominator = Wide.of(1);
    private Wide lastCoupling = Wide.of(Double.NaN);

    void loss(Wide loss) {
        Wide magnitude = Wide.apply(UnaryOperation.ABS, loss);
        if (Magnitudes.isLess(magnitude, least)) {
            least = magnitude;
        }
        if (Double.isNaN(magnitude.mantissa()) || Magnitudes.isLess(greatest, magnitude)) {
            greatest = magnitude;
        }
    }

    void slope(Wide slope) {
        if (Double.isNaN(slope.mantissa()) || Magnitudes.isLess(greatestSlope, slope)) {
            greatestSlope = slope;
        }
    }

    /// The greater quotient is found without dividing: a/b > c/d where a·d > c·b.
    void coupling(Wide numerator, Wide denominator) {
        Wide left = Wide.apply(BinaryOperation.MULTIPLY, numerator, bestDenominator);
        Wide right = Wide.apply(BinaryOperation.MULTIPLY, bestNumerator, denominator);
        if (Magnitudes.isLess(right, left)) {
            bestNumerator = numerator;
            bestDenominator = denominator;
        }
        lastCoupling = Wide.apply(BinaryOperation.DIVIDE, numerator, denominator);
    }

    Wide recorded(Lanes.Record record) {
        return switch (record) {
            case LEAST_LOSS -> least;
            case GREATEST_LOSS -> greatest;
            case GREATEST_SLOPE -> greatestSlope;
            case GREATEST_COUPLING -> Wide.apply(BinaryOperation.DIVIDE, bestNumerator, bestDenominator);
            case LAST_COUPLING -> lastCoupling;
        };
    }
}
