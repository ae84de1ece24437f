package adamscope.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The functions that a browser has in place of its own, against `StrictMath` of this JDK.
class BrowserFunctionsTest {
    private static final int MANY = 60_000;

    /// Bounds between which the algorithms branch, their neighbours, and what is no ordinary number.
    private static final double[] EDGES = {
        0,
        0x1p-1074,
        0x1p-1022,
        0x1p-60,
        0x1p-55,
        0x1p-54,
        0x1p-28,
        0x1p-27,
        0x1p-20,
        0.25,
        0.3,
        0x1.62e42fefa39efp-2,
        0.5,
        0x1.921fb54442d18p-1,
        1,
        0x1.0a2b23f3bab73p0,
        0x1.921fb54442d18p0,
        1.5,
        2,
        0x1.2d97c7f3321d2p1,
        3,
        22,
        38.9,
        50.3,
        709.782712893384,
        745.1332191019411,
        1023,
        1024,
        1075,
        0x1p19,
        0x1p31,
        0x1.00000ffffffffp31,
        0x1p52,
        0x1p53,
        1e300,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NaN
    };

    private static void sameBits(DoubleUnaryOperator ours, DoubleUnaryOperator right, double most) {
        for (double edge : EDGES) {
            for (double a : new double[] {edge, Math.nextUp(edge), Math.nextDown(edge)}) {
                same(ours, right, a, most);
                same(ours, right, -a, most);
            }
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < MANY; i++) {
            same(ours, right, Double.longBitsToDouble(random.nextLong()), most);
            same(ours, right, random.nextDouble(-50, 50), most);
            same(ours, right, random.nextDouble(-800, 800), most);
            same(ours, right, 1 + random.nextDouble(-0.5, 1), most);
            // where an angle is nearly a whole number of quarter turns
            same(ours, right, random.nextInt(1_000_000) * (Math.PI / 2) * (1 + random.nextInt(9) * 0x1p-52), most);
        }
    }

    private static void same(DoubleUnaryOperator ours, DoubleUnaryOperator right, double a, double most) {
        if (!(Math.abs(a) > most) && Double.compare(ours.applyAsDouble(a), right.applyAsDouble(a)) != 0) {
            assertThat(ours.applyAsDouble(a)).as("at " + Double.toHexString(a)).isEqualTo(right.applyAsDouble(a));
        }
    }

    @Test
    void expHasTheBitsOfTheProgram() {
        sameBits(Exponentials::exp, StrictMath::exp, Double.POSITIVE_INFINITY);
    }

    @Test
    void logHasTheBitsOfTheProgram() {
        sameBits(NaturalLogarithm::log, StrictMath::log, Double.POSITIVE_INFINITY);
    }

    @Test
    void tanhHasTheBitsOfTheProgram() {
        sameBits(Exponentials::tanh, StrictMath::tanh, Double.POSITIVE_INFINITY);
    }

    @Test
    void sinAndCosHaveTheBitsOfTheProgramUpToAMillionQuarterTurns() {
        double most = 0x1.921fbp20;
        sameBits(Angles::sin, StrictMath::sin, most);
        sameBits(Angles::cos, StrictMath::cos, most);
        assertThat(Angles.covers(most)).isTrue();
        assertThat(Angles.covers(0x1.921fcp20)).isFalse();
    }

    @Test
    void powersHaveTheBitsOfTheProgram() {
        DoubleBinaryOperator ours = RealPower::pow;
        for (double edge : EDGES) {
            for (double other : EDGES) {
                for (double a : new double[] {edge, -edge, Math.nextUp(edge), Math.nextDown(edge)}) {
                    for (double b : new double[] {other, -other, Math.nextUp(other)}) {
                        same(ours, a, b);
                    }
                }
            }
        }
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < MANY; i++) {
            same(ours, Double.longBitsToDouble(random.nextLong()), random.nextDouble(-20, 20));
            same(ours, random.nextDouble(0, 3), random.nextDouble(-100, 100));
            same(ours, -random.nextDouble(0, 3), random.nextInt(-9, 9));
            same(ours, 1 + random.nextDouble(-1, 1) * 0x1p-21, random.nextDouble(-1, 1) * 0x1p33);
            same(ours, random.nextDouble(0, 2), 0.25 * random.nextInt(-40, 40));
            double a = random.nextDouble(1e-3, 1e3);
            same(
                    ours,
                    a,
                    (random.nextBoolean() ? -1074 : 1023) / Math.log(a) * Math.log(2) + random.nextDouble(-60, 2));
        }
    }

    private static void same(DoubleBinaryOperator ours, double a, double b) {
        if (Double.compare(ours.applyAsDouble(a, b), StrictMath.pow(a, b)) != 0) {
            assertThat(ours.applyAsDouble(a, b))
                    .as(Double.toHexString(a) + " to the power " + Double.toHexString(b))
                    .isEqualTo(StrictMath.pow(a, b));
        }
    }
}
