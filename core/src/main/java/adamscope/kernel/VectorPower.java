package adamscope.kernel;

import static adamscope.kernel.Transcendental.SHIFTER;
import static adamscope.kernel.Transcendental.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// aᵇ of rows with the bits of [StrictMath#pow(double, double)], error below 0.7 ulp: 2 to the power b·log₂ a in pairs
/// of doubles, as fdlibm does it.
///
/// The vector formulas hold for normal a > 0 and exponents that neither take the result out of range nor have a rule of
/// their own (±1, 2, ½); where all lanes have one such exponent, its rule is followed, and other lanes are done one by
/// one.
///
/// @param rows where they are; passes are as there
record VectorPower(Transcendental rows) {
    /// Clears the lower half of a number: products of two such are exact.
    private static final long UPPER = 0xFFFFFFFF00000000L;
    private static final double LN2 = 0x1.62e42fefa39efp-1;
    private static final double LN2_HIGH = 0x1.62e43p-1;
    private static final int ROW = LaneClass.STRIDE;

    /// result = a to the power b.
    void power(int a, int b, int result) {
        double exponent = rows.memory()[b];
        if ((Math.abs(exponent) == 1 || exponent == 2 || exponent == 0.5) && isEverywhere(exponent, b)) {
            followRule(exponent, a, result);
            return;
        }
        rows.takeOutPowersOfTwo(a, 0x3FEBB67A00000000L);
        takeQuotients();
        addSeries();
        takeLogarithms();
        takeOutTurns(b);
        rows.addExponentialSeries();
        raise(a, b, result);
    }

    private boolean isEverywhere(double number, int row) {
        int lane = 0;
        while (lane < rows.lanes() && rows.memory()[row + lane] == number) {
            lane++;
        }
        return lane == rows.lanes();
    }

    /// a, 1/a, a·a or √a, of which −0 gives +0 and −∞ gives ∞.
    private void followRule(double exponent, int a, int result) {
        double[] memory = rows.memory();
        for (int i = 0; i < rows.lanes(); i += SPECIES.length()) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, memory, a + i);
            if (exponent == 1) {
                x.intoArray(memory, result + i);
            } else if (exponent == -1) {
                x.broadcast(1).div(x).intoArray(memory, result + i);
            } else if (exponent == 2) {
                x.mul(x).intoArray(memory, result + i);
            } else {
                x.add(0)
                        .sqrt()
                        .blend(Double.POSITIVE_INFINITY, x.compare(VectorOperators.EQ, Double.NEGATIVE_INFINITY))
                        .intoArray(memory, result + i);
            }
        }
    }

    /// a = 2ⁿ·x with √¾ < x < √3; s = (x − c)/(x + c), c = 1 or 3/2, what s lacks, and c into scratch rows beside n.
    private void takeQuotients() {
        double[] memory = rows.memory();
        int at = rows.scratch();
        for (int i = 0; i < rows.lanes(); i += SPECIES.length(), at += SPECIES.length()) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, memory, at);
            VectorMask<Double> isAbove = x.compare(VectorOperators.GE, 0x1.3988fp0);
            DoubleVector center = x.broadcast(1).blend(1.5, isAbove);
            // x + c without its lower bits: x/2 as an integer, and these as integers.
            LongVector halfCenter = x.broadcast(Double.longBitsToDouble(0x2008000000000000L))
                    .blend(Double.longBitsToDouble(0x200C000000000000L), isAbove)
                    .reinterpretAsLongs();
            DoubleVector sumHigh = x.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHR, 1)
                    .and(UPPER)
                    .add(halfCenter)
                    .reinterpretAsDoubles();
            DoubleVector sumLow = x.sub(sumHigh.sub(center));
            DoubleVector difference = x.sub(center);
            DoubleVector inverse = x.broadcast(1).div(x.add(center));
            DoubleVector s = difference.mul(inverse);
            DoubleVector sHigh = s.reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
            DoubleVector sLow = inverse.mul(difference.sub(sHigh.mul(sumHigh)).sub(sHigh.mul(sumLow)));
            s.intoArray(memory, at);
            sLow.intoArray(memory, at + ROW);
            center.intoArray(memory, at + 3 * ROW);
        }
    }

    /// log₂ x = 2/(3 ln 2)·s·(3 + s² + r): r into a scratch row.
    private void addSeries() {
        double[] memory = rows.memory();
        int at = rows.scratch();
        for (int i = 0; i < rows.lanes(); i += SPECIES.length(), at += SPECIES.length()) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, memory, at);
            DoubleVector sLow = DoubleVector.fromArray(SPECIES, memory, at + ROW);
            DoubleVector q = s.mul(s);
            DoubleVector p = q.mul(0x1.a7e284a454eefp-3).add(0x1.d864a93c9db65p-3);
            p = q.mul(q.mul(p).add(0x1.17460a91d4101p-2)).add(0x1.55555518f264dp-2);
            p = q.mul(q.mul(p).add(0x1.b6db6db6fabffp-2)).add(0x1.3333333333303p-1);
            q.mul(q)
                    .mul(p)
                    .add(sLow.mul(s.reinterpretAsLongs()
                            .and(UPPER)
                            .reinterpretAsDoubles()
                            .add(s)))
                    .intoArray(memory, at + 4 * ROW);
        }
    }

    /// log₂ a as a sum of two, of which the higher ends with zeros in its lower half, into the scratch rows of r and c.
    private void takeLogarithms() {
        double[] memory = rows.memory();
        int at = rows.scratch();
        for (int i = 0; i < rows.lanes(); i += SPECIES.length(), at += SPECIES.length()) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, memory, at);
            DoubleVector sLow = DoubleVector.fromArray(SPECIES, memory, at + ROW);
            DoubleVector n = DoubleVector.fromArray(SPECIES, memory, at + 2 * ROW);
            VectorMask<Double> isAbove =
                    DoubleVector.fromArray(SPECIES, memory, at + 3 * ROW).compare(VectorOperators.GT, 1);
            DoubleVector r = DoubleVector.fromArray(SPECIES, memory, at + 4 * ROW);
            DoubleVector sHigh = s.reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
            DoubleVector square = sHigh.mul(sHigh);
            DoubleVector tHigh =
                    square.add(3).add(r).reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
            DoubleVector tLow = r.sub(tHigh.sub(3).sub(square));
            DoubleVector u = sHigh.mul(tHigh);
            DoubleVector v = sLow.mul(tHigh).add(tLow.mul(s));
            DoubleVector pHigh = u.add(v).reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
            DoubleVector pLow = v.sub(pHigh.sub(u));
            DoubleVector zero = s.broadcast(0);
            DoubleVector zHigh = pHigh.mul(0x1.ec709ep-1);
            DoubleVector zLow = pHigh.mul(-0x1.e2fe0145b01f5p-28)
                    .add(pLow.mul(0x1.ec709dc3a03fdp-1))
                    .add(zero.blend(0x1.cfdeb43cfd006p-27, isAbove));
            DoubleVector ofCenter = zero.blend(0x1.2b8034p-1, isAbove);
            DoubleVector high = zHigh.add(zLow)
                    .add(ofCenter)
                    .add(n)
                    .reinterpretAsLongs()
                    .and(UPPER)
                    .reinterpretAsDoubles();
            high.intoArray(memory, at + 4 * ROW);
            zLow.sub(high.sub(n).sub(ofCenter).sub(zHigh)).intoArray(memory, at + 3 * ROW);
        }
    }

    /// b·log₂ a = n + (x + w)/ln 2; into the scratch rows x, w and n.
    private void takeOutTurns(int b) {
        double[] memory = rows.memory();
        int at = rows.scratch();
        for (int i = 0; i < rows.lanes(); i += SPECIES.length(), at += SPECIES.length()) {
            DoubleVector exponent = DoubleVector.fromArray(SPECIES, memory, b + i);
            DoubleVector logLow = DoubleVector.fromArray(SPECIES, memory, at + 3 * ROW);
            DoubleVector logHigh = DoubleVector.fromArray(SPECIES, memory, at + 4 * ROW);
            DoubleVector exponentHigh = exponent.reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
            DoubleVector low = exponent.sub(exponentHigh).mul(logHigh).add(exponent.mul(logLow));
            DoubleVector high = exponentHigh.mul(logHigh);
            DoubleVector z = low.add(high);
            DoubleVector size = z.abs();
            // Away from a tie, to the nearest; a half is one in the upper half of the number.
            DoubleVector shifted =
                    z.reinterpretAsLongs().or(1).reinterpretAsDoubles().add(SHIFTER);
            shifted = shifted.blend(SHIFTER, size.compare(VectorOperators.LT, 0x1.00001p-1));
            DoubleVector rest = high.sub(shifted.sub(SHIFTER));
            DoubleVector t = low.add(rest).reinterpretAsLongs().and(UPPER).reinterpretAsDoubles();
            DoubleVector u = t.mul(LN2_HIGH);
            DoubleVector v = low.sub(t.sub(rest)).mul(LN2).add(t.mul(-0x1.05c610ca86c39p-29));
            DoubleVector x = u.add(v);
            v.sub(x.sub(u)).intoArray(memory, at + ROW);
            shifted.intoArray(memory, at + 2 * ROW);
            DoubleVector exponentSize = exponent.abs();
            VectorMask<Double> inside = size.compare(VectorOperators.LT, 1021)
                    .and(exponentSize.compare(VectorOperators.LE, 0x1p31))
                    .and(exponentSize.compare(VectorOperators.NE, 1))
                    .and(exponent.compare(VectorOperators.NE, 2))
                    .and(exponent.compare(VectorOperators.NE, 0.5));
            x.blend(Double.NaN, inside.not()).intoArray(memory, at);
        }
    }

    /// 2ⁿ·e to the power x + w.
    private void raise(int a, int b, int result) {
        double[] memory = rows.memory();
        int from = rows.scratch();
        for (int i = 0; i < rows.lanes(); i += SPECIES.length(), from += SPECIES.length()) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, memory, from);
            DoubleVector w = DoubleVector.fromArray(SPECIES, memory, from + ROW);
            LongVector power = DoubleVector.fromArray(SPECIES, memory, from + 2 * ROW)
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 52);
            DoubleVector c = DoubleVector.fromArray(SPECIES, memory, from + 4 * ROW);
            DoubleVector r = x.mul(c).div(c.sub(2)).sub(w.add(x.mul(w)));
            DoubleVector y = x.broadcast(1).sub(r.sub(x));
            y.reinterpretAsLongs().add(power).reinterpretAsDoubles().intoArray(memory, result + i);
            VectorMask<Double> outside = y.compare(VectorOperators.NE, y);
            if (outside.anyTrue()) {
                oneByOne(outside.toLong(), a + i, b + i, result + i);
            }
        }
    }

    private void oneByOne(long which, int a, int b, int result) {
        double[] memory = rows.memory();
        for (long rest = which; rest != 0; rest &= rest - 1) {
            int lane = Long.numberOfTrailingZeros(rest);
            memory[result + lane] = StrictMath.pow(memory[a + lane], memory[b + lane]);
        }
    }
}
