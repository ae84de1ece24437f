package adamscope.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The least or greatest magnitude that each lane has shown since the last reset, exactly.
///
/// Orders decide, except where they are too close.
final class Extreme {
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

    private final boolean greatest;
    private Magnitudes best;
    private double[] order;

    Extreme(int lanes, boolean greatest) {
        this.greatest = greatest;
        this.best = Magnitudes.of(lanes);
        this.order = new double[lanes];
        reset();
    }

    /// Forgets what was shown.
    void reset() {
        Arrays.fill(best.mantissa(), greatest ? 0 : Double.POSITIVE_INFINITY);
        Arrays.fill(best.exponent(), 0);
        Arrays.fill(order, greatest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }

    /// Takes in one number per lane; NaN is passed over.
    void take(Magnitudes numbers) {
        int width = DOUBLES.length();
        int whole = DOUBLES.loopBound(order.length);
        for (int lane = 0; lane < whole; lane += width) {
            long unclear = takeClear(numbers, lane);
            for (long rest = unclear; rest != 0; rest &= rest - 1) {
                takeOne(numbers, lane + Long.numberOfTrailingZeros(rest));
            }
        }
        for (int lane = whole; lane < order.length; lane++) {
            takeOne(numbers, lane);
        }
    }

    /// Takes in the vector at a lane where the orders are clear, and returns the lanes where they are not.
    private long takeClear(Magnitudes numbers, int lane) {
        DoubleVector mantissa = DoubleVector.fromArray(DOUBLES, numbers.mantissa(), lane);
        LongVector exponent = LongVector.fromArray(LONGS, numbers.exponent(), lane);
        DoubleVector magnitude = mantissa.abs();
        DoubleVector shown = Order.of(magnitude, exponent);
        DoubleVector known = DoubleVector.fromArray(DOUBLES, order, lane);
        DoubleVector ahead = greatest ? shown.sub(known) : known.sub(shown);
        VectorMask<Double> plain =
                magnitude.compare(VectorOperators.GT, 0).and(magnitude.compare(VectorOperators.LE, Double.MAX_VALUE));
        VectorMask<Double> better = plain.and(ahead.compare(VectorOperators.GT, Order.CLOSE));
        if (better.anyTrue()) {
            DoubleVector.fromArray(DOUBLES, best.mantissa(), lane)
                    .blend(mantissa, better)
                    .intoArray(best.mantissa(), lane);
            LongVector.fromArray(LONGS, best.exponent(), lane)
                    .blend(exponent, better.cast(LONGS))
                    .intoArray(best.exponent(), lane);
            known.blend(shown, better).intoArray(order, lane);
        }
        VectorMask<Double> worse = plain.and(ahead.compare(VectorOperators.LT, -Order.CLOSE));
        return better.or(worse).not().toLong();
    }

    private void takeOne(Magnitudes numbers, int lane) {
        double shown = Order.of(numbers.mantissa()[lane], numbers.exponent()[lane]);
        double ahead = greatest ? shown - order[lane] : order[lane] - shown;
        if (ahead > Order.CLOSE || ahead > -Order.CLOSE && isBetter(numbers, lane)) {
            set(lane, numbers.mantissa()[lane], numbers.exponent()[lane], shown);
        }
    }

    /// The same for numbers among which NaN stays.
    void takeWithNaN(Magnitudes numbers) {
        take(numbers);
        double[] mantissa = numbers.mantissa();
        for (int lane = 0; lane < order.length; lane++) {
            if (mantissa[lane] != mantissa[lane]) {
                set(lane, Double.NaN, 0, Double.POSITIVE_INFINITY);
            }
        }
    }

    private void set(int lane, double mantissa, long exponent, double shown) {
        best.mantissa()[lane] = mantissa;
        best.exponent()[lane] = exponent;
        order[lane] = shown;
    }

    private boolean isBetter(Magnitudes numbers, int lane) {
        boolean same =
                numbers.mantissa()[lane] == best.mantissa()[lane] && numbers.exponent()[lane] == best.exponent()[lane];
        return !same
                && (greatest
                        ? Magnitudes.isLess(best.at(lane), numbers.at(lane))
                        : Magnitudes.isLess(numbers.at(lane), best.at(lane)));
    }

    /// Drops all lanes but these.
    void keep(int[] lanes) {
        best = best.kept(lanes);
        order = Magnitudes.kept(order, lanes);
    }

    /// The numbers, which the next [#take] overwrites.
    Magnitudes numbers() {
        return best;
    }
}
