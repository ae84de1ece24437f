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
        int whole = VectorUnit.inUse() ? Vectors.take(this, numbers) : 0;
        for (int lane = whole; lane < order.length; lane++) {
            takeOne(numbers, lane);
        }
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

    /// Whole vectors at a time, loaded only where Java has their module.
    private static final class Vectors {
        private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
        private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

        private Vectors() {}

        /// Takes in all whole vectors, and returns how many lanes they have.
        static int take(Extreme to, Magnitudes numbers) {
            int whole = DOUBLES.loopBound(to.order.length);
            for (int lane = 0; lane < whole; lane += DOUBLES.length()) {
                for (long rest = takeClear(to, numbers, lane); rest != 0; rest &= rest - 1) {
                    to.takeOne(numbers, lane + Long.numberOfTrailingZeros(rest));
                }
            }
            return whole;
        }

        /// Takes in the vector at a lane where the orders are clear, and returns the lanes where they are not.
        private static long takeClear(Extreme to, Magnitudes numbers, int lane) {
            DoubleVector mantissa = DoubleVector.fromArray(DOUBLES, numbers.mantissa(), lane);
            LongVector exponent = LongVector.fromArray(LONGS, numbers.exponent(), lane);
            DoubleVector magnitude = mantissa.abs();
            DoubleVector shown = Order.Vectors.of(magnitude, exponent);
            DoubleVector known = DoubleVector.fromArray(DOUBLES, to.order, lane);
            DoubleVector ahead = to.greatest ? shown.sub(known) : known.sub(shown);
            VectorMask<Double> plain = magnitude
                    .compare(VectorOperators.GT, 0)
                    .and(magnitude.compare(VectorOperators.LE, Double.MAX_VALUE));
            VectorMask<Double> better = plain.and(ahead.compare(VectorOperators.GT, Order.CLOSE));
            if (better.anyTrue()) {
                DoubleVector.fromArray(DOUBLES, to.best.mantissa(), lane)
                        .blend(mantissa, better)
                        .intoArray(to.best.mantissa(), lane);
                LongVector.fromArray(LONGS, to.best.exponent(), lane)
                        .blend(exponent, better.cast(LONGS))
                        .intoArray(to.best.exponent(), lane);
                known.blend(shown, better).intoArray(to.order, lane);
            }
            VectorMask<Double> worse = plain.and(ahead.compare(VectorOperators.LT, -Order.CLOSE));
            return better.or(worse).not().toLong();
        }
    }
}
