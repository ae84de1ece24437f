package adamscope.kernel;

/// The least or greatest magnitude that each lane has shown so far, exactly.
///
/// Logarithms decide, except where they are too close.
final class Extreme {
    private static final double CLOSE = 1e-9;

    private final boolean greatest;
    private final Magnitudes best;
    private final double[] bestLog;

    Extreme(int lanes, boolean greatest) {
        this.greatest = greatest;
        this.best = Magnitudes.of(lanes);
        this.bestLog = new double[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            best.mantissa()[lane] = greatest ? 0 : Double.POSITIVE_INFINITY;
            bestLog[lane] = greatest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
    }

    /// Takes in one number per lane, its logarithm known; NaN is passed over.
    void take(Magnitudes numbers, double[] logs) {
        for (int lane = 0; lane < logs.length; lane++) {
            double ahead = greatest ? logs[lane] - bestLog[lane] : bestLog[lane] - logs[lane];
            if (ahead > -CLOSE && (ahead > CLOSE || isBetter(numbers, lane))) {
                best.mantissa()[lane] = numbers.mantissa()[lane];
                best.exponent()[lane] = numbers.exponent()[lane];
                bestLog[lane] = logs[lane];
            }
        }
    }

    private boolean isBetter(Magnitudes numbers, int lane) {
        return greatest
                ? Magnitudes.isLess(best.at(lane), numbers.at(lane))
                : Magnitudes.isLess(numbers.at(lane), best.at(lane));
    }

    double log10(int lane) {
        return best.at(lane).log10Magnitude();
    }
}
