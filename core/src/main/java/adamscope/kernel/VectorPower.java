package adamscope.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// aᵇ with the bits of [StrictMath#pow(double, double)], error below 0.7 ulp: 2 to the power b·log₂ a in pairs of
/// doubles, as fdlibm does it.
///
/// The vector formulas hold for normal a > 0 and exponents that neither take the result out of range nor have a rule of
/// their own (0, ±1, 2, ½); other lanes are done one by one.
final class VectorPower {
    private static final long UPPER = 0xFFFFFFFF00000000L;
    private static final double SHIFTER = 0x1.8p52;
    /// Of that double; see [Transcendental].
    private static final long SHIFTER_BITS = 0x4338000000000000L;

    private static final double CP_HIGH = 0x1.ec709ep-1;
    private static final double LN2 = 0x1.62e42fefa39efp-1;
    private static final double LN2_HIGH = 0x1.62e43p-1;

    /// log₂ a ≈ high + low; `high` ends with zeros in its lower half.
    private record Logarithm(DoubleVector high, DoubleVector low) {}

    private VectorPower() {}

    static DoubleVector of(DoubleVector a, DoubleVector b) {
        Logarithm log = logarithm(a);
        DoubleVector bHigh = b.reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
        DoubleVector low = b.sub(bHigh).mul(log.high).add(b.mul(log.low));
        DoubleVector high = bHigh.mul(log.high);
        DoubleVector z = low.add(high);
        DoubleVector size = b.abs();
        VectorMask<Double> right = a.compare(VectorOperators.GE, Double.MIN_NORMAL)
                .and(a.compare(VectorOperators.LE, Double.MAX_VALUE))
                .and(a.compare(VectorOperators.NE, 1))
                .and(z.abs().compare(VectorOperators.LT, 1021))
                .and(size.compare(VectorOperators.LE, 0x1p31))
                .and(size.compare(VectorOperators.NE, 1))
                .and(size.compare(VectorOperators.NE, 0))
                .and(b.compare(VectorOperators.NE, 2))
                .and(b.compare(VectorOperators.NE, 0.5));
        // By way of memory: the compiler keeps no vector in a register that two branches make.
        double[] results = exponential(z, high, low).toArray();
        if (!right.allTrue()) {
            oneByOne(a.toArray(), b.toArray(), right.not().toLong(), results);
        }
        return DoubleVector.fromArray(a.species(), results, 0);
    }

    /// a = 2ⁿ·x, and log₂ x = 2/(3 ln 2)·(s + s³/3 + …)·3/2 with s = (x − c)/(x + c), c = 1 or 3/2.
    private static Logarithm logarithm(DoubleVector a) {
        LongVector bits = a.reinterpretAsLongs();
        LongVector fraction = bits.lanewise(VectorOperators.LSHR, 32).and(0xFFFFF);
        VectorMask<Long> isAbove = fraction.compare(VectorOperators.GE, 0xBB67A);
        VectorMask<Long> isBetween =
                fraction.compare(VectorOperators.GT, 0x3988E).and(isAbove.not());
        LongVector upper = fraction.or(0x3FF00000).blend(fraction.or(0x3FE00000), isAbove);
        LongVector power = bits.lanewise(VectorOperators.LSHR, 52);
        DoubleVector n = power.blend(power.add(1), isAbove)
                .add(SHIFTER_BITS - 1023)
                .reinterpretAsDoubles()
                .sub(SHIFTER);
        DoubleVector x = bits.and(0xFFFFFFFFL)
                .or(upper.lanewise(VectorOperators.LSHL, 32))
                .reinterpretAsDoubles();
        LongVector sum = upper.lanewise(VectorOperators.LSHR, 1).or(0x20000000).add(0x00080000);
        DoubleVector sumHigh = sum.blend(sum.add(1 << 18), isBetween)
                .lanewise(VectorOperators.LSHL, 32)
                .reinterpretAsDoubles();
        return logarithm(x, n, sumHigh, isBetween.cast(a.species()));
    }

    private static Logarithm logarithm(
            DoubleVector x, DoubleVector n, DoubleVector sumHigh, VectorMask<Double> between) {
        DoubleVector center = x.broadcast(1).blend(1.5, between);
        DoubleVector difference = x.sub(center);
        DoubleVector inverse = x.broadcast(1).div(x.add(center));
        DoubleVector s = difference.mul(inverse);
        DoubleVector sHigh = s.reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
        DoubleVector sumLow = x.sub(sumHigh.sub(center));
        DoubleVector sLow = inverse.mul(difference.sub(sHigh.mul(sumHigh)).sub(sHigh.mul(sumLow)));
        DoubleVector q = s.mul(s);
        DoubleVector p = q.mul(0x1.a7e284a454eefp-3).add(0x1.d864a93c9db65p-3);
        p = q.mul(q.mul(p).add(0x1.17460a91d4101p-2)).add(0x1.55555518f264dp-2);
        p = q.mul(q.mul(p).add(0x1.b6db6db6fabffp-2)).add(0x1.3333333333303p-1);
        DoubleVector r = q.mul(q).mul(p).add(sLow.mul(sHigh.add(s)));
        DoubleVector square = sHigh.mul(sHigh);
        DoubleVector tHigh =
                square.add(3).add(r).reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
        DoubleVector tLow = r.sub(tHigh.sub(3).sub(square));
        DoubleVector u = sHigh.mul(tHigh);
        DoubleVector v = sLow.mul(tHigh).add(tLow.mul(s));
        DoubleVector pHigh = u.add(v).reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
        DoubleVector pLow = v.sub(pHigh.sub(u));
        DoubleVector zero = x.broadcast(0);
        DoubleVector zHigh = pHigh.mul(CP_HIGH);
        DoubleVector zLow = pHigh.mul(-0x1.e2fe0145b01f5p-28)
                .add(pLow.mul(0x1.ec709dc3a03fdp-1))
                .add(zero.blend(0x1.cfdeb43cfd006p-27, between));
        DoubleVector ofCenter = zero.blend(0x1.2b8034p-1, between);
        DoubleVector high = zHigh.add(zLow)
                .add(ofCenter)
                .add(n)
                .reinterpretAsLongs()
                .and(UPPER)
                .reinterpretAsDoubles();
        return new Logarithm(high, zLow.sub(high.sub(n).sub(ofCenter).sub(zHigh)));
    }

    /// 2 to the power z = high + low.
    private static DoubleVector exponential(DoubleVector z, DoubleVector high, DoubleVector low) {
        DoubleVector size = z.abs();
        DoubleVector nearest = size.add(SHIFTER).sub(SHIFTER);
        nearest = nearest.blend(nearest.add(1), size.sub(nearest).compare(VectorOperators.EQ, 0.5));
        nearest = nearest.blend(0, size.compare(VectorOperators.LT, 0x1.00001p-1));
        DoubleVector n = nearest.reinterpretAsLongs()
                .or(z.reinterpretAsLongs().and(Long.MIN_VALUE))
                .reinterpretAsDoubles();
        DoubleVector rest = high.sub(n);
        DoubleVector t = low.add(rest).reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
        DoubleVector u = t.mul(LN2_HIGH);
        DoubleVector v = low.sub(t.sub(rest)).mul(LN2).add(t.mul(-0x1.05c610ca86c39p-29));
        DoubleVector x = u.add(v);
        DoubleVector w = v.sub(x.sub(u));
        DoubleVector q = x.mul(x);
        DoubleVector p = q.mul(0x1.6376972bea4d0p-25).add(-0x1.bbd41c5d26bf1p-20);
        p = q.mul(q.mul(p).add(0x1.1566aaf25de2cp-14)).add(-0x1.6c16c16bebd93p-9);
        DoubleVector c = x.sub(q.mul(q.mul(p).add(0x1.555555555553ep-3)));
        DoubleVector r = x.mul(c).div(c.sub(2)).sub(w.add(x.mul(w)));
        LongVector power = n.add(SHIFTER).reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
        return x.broadcast(1).sub(r.sub(x)).mul(power.add(0x3FF0000000000000L).reinterpretAsDoubles());
    }

    private static void oneByOne(double[] a, double[] b, long which, double[] results) {
        for (long rest = which; rest != 0; rest &= rest - 1) {
            int lane = Long.numberOfTrailingZeros(rest);
            results[lane] = StrictMath.pow(a[lane], b[lane]);
        }
    }
}
