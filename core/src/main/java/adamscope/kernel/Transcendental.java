package adamscope.kernel;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// exp, log, sin, cos, tanh and powers of vectors, with the bits of `StrictMath`: error below 1 ulp.
///
/// exp, log and powers do the steps of fdlibm (Sun 1995), which `StrictMath` is held to, for all lanes at once, in the
/// same order: where fdlibm branches, both ways are taken and one is kept, or one formula gives the bits of both. Lanes
/// outside the main range, and the other functions, are done one by one.
final class Transcendental {
    /// Added to the bits of 1.5·2⁵², a whole number below 2⁵⁰ becomes that double plus the number.
    private static final long SHIFTER_BITS = 0x4338000000000000L;

    private static final double SHIFTER = 0x1.8p52;
    private static final long MANTISSA = 0xFFFFFFFFFFFFFL;
    private static final double LN2_HIGH = 0x1.62e42feep-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

    private Transcendental() {}

    /// k·ln 2 taken out, a quotient of polynomials for the rest, 2ᵏ put back in two steps, of which one may leave the
    /// range.
    static DoubleVector exp(DoubleVector a) {
        DoubleVector size = a.abs();
        LongVector sign = a.reinterpretAsLongs().and(Long.MIN_VALUE);
        DoubleVector one = sign.or(0x3FF0000000000000L).reinterpretAsDoubles();
        DoubleVector turns = a.mul(0x1.71547652b82fep0).add(one.mul(0.5));
        DoubleVector k = turns.add(SHIFTER).sub(SHIFTER);
        k = k.blend(k.sub(one), k.abs().compare(VectorOperators.GT, turns.abs()));
        // The bounds ½ ln 2 and 3/2 ln 2, of the upper halves of the numbers.
        k = k.blend(one, size.compare(VectorOperators.LT, 0x1.0a2b2p0));
        k = k.blend(0, size.compare(VectorOperators.LT, 0x1.62e43p-2));
        DoubleVector high = a.sub(k.mul(LN2_HIGH));
        DoubleVector low = k.mul(LN2_LOW);
        DoubleVector x = high.sub(low);
        DoubleVector t = x.mul(x);
        DoubleVector p = t.mul(0x1.6376972bea4d0p-25).add(-0x1.bbd41c5d26bf1p-20);
        p = t.mul(t.mul(p).add(0x1.1566aaf25de2cp-14)).add(-0x1.6c16c16bebd93p-9);
        DoubleVector c = x.sub(t.mul(t.mul(p).add(0x1.555555555553ep-3)));
        DoubleVector quotient = x.mul(c).div(c.broadcast(2).sub(c));
        DoubleVector half = k.mul(0.5).add(SHIFTER);
        LongVector first = half.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        LongVector second =
                k.sub(half.sub(SHIFTER)).add(SHIFTER).reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        DoubleVector y = c.broadcast(1)
                .sub(low.sub(quotient).sub(high))
                .mul(first.add(0x3FF0000000000000L).reinterpretAsDoubles())
                .mul(second.add(0x3FF0000000000000L).reinterpretAsDoubles());
        y = y.blend(a.add(1), size.compare(VectorOperators.LT, 0x1p-28));
        y = y.blend(Double.POSITIVE_INFINITY, a.compare(VectorOperators.GT, 0x1.62e42fefa39efp9));
        y = y.blend(0, a.compare(VectorOperators.LT, -0x1.74910d52d3051p9));
        return y.blend(a, a.compare(VectorOperators.NE, a));
    }

    /// a = 2ᵏ·(1 + f), √½ < 1 + f < √2, and log(1 + f) by a series of s = f/(2 + f).
    static DoubleVector log(DoubleVector a) {
        VectorMask<Double> small = a.compare(VectorOperators.LT, Double.MIN_NORMAL);
        LongVector bits = a.blend(a.mul(0x1p54), small).reinterpretAsLongs();
        LongVector upper = bits.lanewise(VectorOperators.LSHR, 32).and(0xFFFFF);
        LongVector carry = upper.add(0x95F64).and(0x100000);
        DoubleVector f = bits.and(MANTISSA)
                .or(carry.lanewise(VectorOperators.XOR, 0x3FF00000).lanewise(VectorOperators.LSHL, 32))
                .reinterpretAsDoubles()
                .sub(1);
        DoubleVector k = bits.lanewise(VectorOperators.LSHR, 52)
                .add(carry.lanewise(VectorOperators.LSHR, 20))
                .add(SHIFTER_BITS - 1023)
                .reinterpretAsDoubles()
                .sub(SHIFTER);
        DoubleVector result = logOf(k.blend(k.sub(54), small), f, upper);
        result = result.blend(Double.NaN, a.compare(VectorOperators.LT, 0));
        result = result.blend(Double.NEGATIVE_INFINITY, a.compare(VectorOperators.EQ, 0));
        return result.blend(a, a.compare(VectorOperators.LE, Double.MAX_VALUE).not());
    }

    private static DoubleVector logOf(DoubleVector k, DoubleVector f, LongVector upper) {
        DoubleVector ofPowerLow = k.mul(LN2_LOW);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector w = z.mul(z);
        DoubleVector r = logSeries(z, w);
        DoubleVector half = f.mul(0.5).mul(f);
        DoubleVector middle = half.sub(s.mul(half.add(r)).add(ofPowerLow));
        DoubleVector outer = s.mul(f.sub(r)).sub(ofPowerLow);
        VectorMask<Long> between =
                upper.compare(VectorOperators.GE, 0x6147A).and(upper.compare(VectorOperators.LE, 0x6B851));
        DoubleVector rest = outer.blend(middle, between.cast(f.species()));
        DoubleVector near = f.mul(f).mul(f.mul(-0.3333333333333333).add(0.5)).sub(ofPowerLow);
        VectorMask<Long> tiny = upper.add(2).and(0xFFFFF).compare(VectorOperators.LT, 3);
        rest = rest.blend(near, tiny.cast(f.species()));
        return k.mul(LN2_HIGH).sub(rest.sub(f));
    }

    private static DoubleVector logSeries(DoubleVector z, DoubleVector w) {
        DoubleVector even =
                w.mul(w.mul(w.mul(0.15313837699209373).add(0.22222198432149784)).add(0.3999999999940942));
        DoubleVector odd = w.mul(w.mul(w.mul(0.14798198605116586).add(0.1818357216161805))
                        .add(0.2857142874366239))
                .add(0.6666666666666735);
        return z.mul(odd).add(even);
    }

    static DoubleVector sin(DoubleVector a) {
        return each(a, StrictMath::sin);
    }

    static DoubleVector cos(DoubleVector a) {
        return each(a, StrictMath::cos);
    }

    static DoubleVector tanh(DoubleVector a) {
        return each(a, StrictMath::tanh);
    }

    static DoubleVector power(DoubleVector a, DoubleVector b) {
        return VectorPower.of(a, b);
    }

    private static DoubleVector each(DoubleVector a, DoubleUnaryOperator operation) {
        VectorSpecies<Double> species = a.species();
        double[] lanes = a.toArray();
        for (int lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = operation.applyAsDouble(lanes[lane]);
        }
        return DoubleVector.fromArray(species, lanes, 0);
    }
}
