package adamscope.kernel;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// exp, log, sin, cos, tanh and powers of rows of numbers, with the bits of `StrictMath`: error below 1 ulp.
///
/// exp, log and powers do the steps of fdlibm (Sun 1995), which `StrictMath` is held to, for all lanes of a vector at
/// once, in the same order: where fdlibm branches, both ways are taken and one is kept, or one formula gives the bits
/// of both. Each goes over the row in several passes of a few dozen operations: a vector's operations wait for one
/// another, and the processor fills the gaps with the next vectors only as far as a pass is short enough for it to
/// look ahead. A pass is one method and calls none of ours with vectors: HotSpot may leave such a call, and puts the
/// vectors into memory for it, which takes several times as long as the pass.
///
/// Lanes outside the main range have NaN from a pass to the next, and are done one by one at the end, as are the other
/// functions.
///
/// @param memory  rows of [LaneClass#STRIDE] numbers; a row is named by the place where it begins
/// @param scratch where [#SCRATCH] rows begin that the functions may use
/// @param lanes   how many numbers of a row are wanted; up to the end of the last vector all are written
record Transcendental(double[] memory, int scratch, int lanes) {
    /// Rows that a function uses beside its arguments and its result.
    static final int SCRATCH = 5;

    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /// Added to 1.5·2⁵², a number below 2⁵⁰ is rounded to a whole one, which stands in the low bits.
    static final double SHIFTER = 0x1.8p52;

    private static final long SHIFTER_BITS = 0x4338000000000000L;
    private static final long EXPONENT_OF_2 = 0x4000000000000000L;
    private static final double LN2_HIGH = 0x1.62e42feep-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final int ROW = LaneClass.STRIDE;

    /// result = e to the power a.
    void exp(int a, int result) {
        takeOutTurns(a);
        addExponentialSeries();
        exponentials(a, result);
    }

    /// a = k·ln 2 + x, |x| ≤ ½ ln 2 or little more; into the scratch rows x, high and low with x = high − low, and k.
    private void takeOutTurns(int a) {
        int into = scratch;
        for (int i = 0; i < lanes; i += SPECIES.length(), into += SPECIES.length()) {
            DoubleVector number = DoubleVector.fromArray(SPECIES, memory, a + i);
            DoubleVector size = number.abs();
            DoubleVector half = number.reinterpretAsLongs()
                    .and(Long.MIN_VALUE)
                    .or(0x3FE0000000000000L)
                    .reinterpretAsDoubles();
            // Away from a tie, the nearest number to a/ln 2 ± ½ ∓ ½ is what a/ln 2 ± ½ is cut down to.
            DoubleVector turns = number.mul(0x1.71547652b82fep0).add(half).sub(half);
            DoubleVector shifted =
                    turns.reinterpretAsLongs().or(1).reinterpretAsDoubles().add(SHIFTER);
            // ½ ln 2, of its upper half.
            shifted = shifted.blend(SHIFTER, size.compare(VectorOperators.LT, 0x1.62e43p-2));
            DoubleVector k = shifted.sub(SHIFTER);
            DoubleVector high = number.sub(k.mul(LN2_HIGH));
            DoubleVector low = k.mul(LN2_LOW);
            // With x = 0 what follows gives 1 + a.
            high.sub(low).blend(0, size.compare(VectorOperators.LT, 0x1p-28)).intoArray(memory, into);
            VectorMask<Double> outside = size.compare(VectorOperators.LE, 708).not();
            high.blend(Double.NaN, outside).intoArray(memory, into + ROW);
            low.intoArray(memory, into + 2 * ROW);
            shifted.intoArray(memory, into + 3 * ROW);
        }
    }

    /// c = x − x²·(P₁ + x²·(P₂ + …)), of which eˣ = 1 + x + x·c/(2 − c) is made; x and c are the first and the last
    /// scratch row.
    void addExponentialSeries() {
        int at = scratch;
        for (int i = 0; i < lanes; i += SPECIES.length(), at += SPECIES.length()) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, memory, at);
            DoubleVector t = x.mul(x);
            DoubleVector p = t.mul(0x1.6376972bea4d0p-25).add(-0x1.bbd41c5d26bf1p-20);
            p = t.mul(t.mul(p).add(0x1.1566aaf25de2cp-14)).add(-0x1.6c16c16bebd93p-9);
            x.sub(t.mul(t.mul(p).add(0x1.555555555553ep-3))).intoArray(memory, at + 4 * ROW);
        }
    }

    /// 2ᵏ·eˣ.
    private void exponentials(int a, int result) {
        int from = scratch;
        for (int i = 0; i < lanes; i += SPECIES.length(), from += SPECIES.length()) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, memory, from);
            DoubleVector high = DoubleVector.fromArray(SPECIES, memory, from + ROW);
            DoubleVector low = DoubleVector.fromArray(SPECIES, memory, from + 2 * ROW);
            LongVector power = DoubleVector.fromArray(SPECIES, memory, from + 3 * ROW)
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 52);
            DoubleVector c = DoubleVector.fromArray(SPECIES, memory, from + 4 * ROW);
            DoubleVector quotient = x.mul(c).div(x.broadcast(2).sub(c));
            DoubleVector y = x.broadcast(1).sub(low.sub(quotient).sub(high));
            y.reinterpretAsLongs().add(power).reinterpretAsDoubles().intoArray(memory, result + i);
            VectorMask<Double> outside = y.compare(VectorOperators.NE, y);
            if (outside.anyTrue()) {
                oneByOne(StrictMath::exp, outside.toLong(), a + i, result + i);
            }
        }
    }

    /// result = natural logarithm of a.
    void log(int a, int result) {
        takeOutPowersOfTwo(a, 0x3FE6A09C00000000L);
        addLogarithmicSeries();
        logarithms(a, result);
    }

    /// a = 2ᵏ·x with x from the number with the bits `least` up to its double; into the first and the third scratch row
    /// x, NaN where a is no normal number above 0, and k.
    void takeOutPowersOfTwo(int a, long least) {
        int into = scratch;
        for (int i = 0; i < lanes; i += SPECIES.length(), into += SPECIES.length()) {
            DoubleVector number = DoubleVector.fromArray(SPECIES, memory, a + i);
            LongVector bits = number.reinterpretAsLongs();
            // k + 1024: what is shifted is below 2⁶³.
            LongVector power = bits.add(EXPONENT_OF_2 - least).lanewise(VectorOperators.LSHR, 52);
            DoubleVector x = bits.sub(power.lanewise(VectorOperators.LSHL, 52))
                    .add(EXPONENT_OF_2)
                    .reinterpretAsDoubles();
            VectorMask<Double> inside = number.compare(VectorOperators.GE, Double.MIN_NORMAL)
                    .and(number.compare(VectorOperators.LE, Double.MAX_VALUE));
            x.blend(Double.NaN, inside.not()).intoArray(memory, into);
            power.or(SHIFTER_BITS).reinterpretAsDoubles().sub(SHIFTER + 1024).intoArray(memory, into + 2 * ROW);
        }
    }

    /// f = x − 1, s = f/(2 + f), and with z = s² the series z·(L₁ + z·(L₂ + …)), into scratch rows.
    private void addLogarithmicSeries() {
        int at = scratch;
        for (int i = 0; i < lanes; i += SPECIES.length(), at += SPECIES.length()) {
            DoubleVector f = DoubleVector.fromArray(SPECIES, memory, at).sub(1);
            DoubleVector s = f.div(f.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector w = z.mul(z);
            DoubleVector even = w.mul(
                    w.mul(w.mul(0.15313837699209373).add(0.22222198432149784)).add(0.3999999999940942));
            DoubleVector odd = w.mul(w.mul(w.mul(0.14798198605116586).add(0.1818357216161805))
                            .add(0.2857142874366239))
                    .add(0.6666666666666735);
            f.intoArray(memory, at);
            s.intoArray(memory, at + ROW);
            z.mul(odd).add(even).intoArray(memory, at + 3 * ROW);
        }
    }

    /// k·ln 2 + log(1 + f), by the formula that fdlibm takes for f: the bounds are of the upper halves of 1 + f.
    private void logarithms(int a, int result) {
        int from = scratch;
        for (int i = 0; i < lanes; i += SPECIES.length(), from += SPECIES.length()) {
            DoubleVector f = DoubleVector.fromArray(SPECIES, memory, from);
            DoubleVector s = DoubleVector.fromArray(SPECIES, memory, from + ROW);
            DoubleVector k = DoubleVector.fromArray(SPECIES, memory, from + 2 * ROW);
            DoubleVector r = DoubleVector.fromArray(SPECIES, memory, from + 3 * ROW);
            DoubleVector low = k.mul(LN2_LOW);
            DoubleVector half = f.mul(0.5).mul(f);
            DoubleVector middle = half.sub(s.mul(half.add(r)).add(low));
            DoubleVector outer = s.mul(f.sub(r)).sub(low);
            DoubleVector near =
                    f.mul(f).mul(f.mul(-0.3333333333333333).add(0.5)).sub(low);
            VectorMask<Double> far =
                    f.compare(VectorOperators.GE, 0x1.6147ap0 - 1).or(f.compare(VectorOperators.LT, 0x1.6b852p-1 - 1));
            VectorMask<Double> tiny =
                    f.compare(VectorOperators.GE, -0x1p-20).and(f.compare(VectorOperators.LT, 0x1p-20));
            DoubleVector rest = outer.blend(middle, far).blend(near, tiny);
            DoubleVector log = k.mul(LN2_HIGH).sub(rest.sub(f));
            log.intoArray(memory, result + i);
            VectorMask<Double> outside = log.compare(VectorOperators.NE, log);
            if (outside.anyTrue()) {
                oneByOne(StrictMath::log, outside.toLong(), a + i, result + i);
            }
        }
    }

    /// result = sine of a, in radians.
    void sin(int a, int result) {
        oneByOne(StrictMath::sin, a, result);
    }

    /// result = cosine of a, in radians.
    void cos(int a, int result) {
        oneByOne(StrictMath::cos, a, result);
    }

    /// result = hyperbolic tangent of a.
    void tanh(int a, int result) {
        oneByOne(StrictMath::tanh, a, result);
    }

    /// result = a to the power b.
    void power(int a, int b, int result) {
        new VectorPower(this).power(a, b, result);
    }

    private void oneByOne(DoubleUnaryOperator function, int a, int result) {
        for (int lane = 0; lane < lanes; lane++) {
            memory[result + lane] = function.applyAsDouble(memory[a + lane]);
        }
    }

    private void oneByOne(DoubleUnaryOperator function, long which, int a, int result) {
        for (long rest = which; rest != 0; rest &= rest - 1) {
            int lane = Long.numberOfTrailingZeros(rest);
            memory[result + lane] = function.applyAsDouble(memory[a + lane]);
        }
    }
}
