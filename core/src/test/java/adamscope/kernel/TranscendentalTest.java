package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Against `StrictMath`, whose bits the specification of Java fixes.
class TranscendentalTest {
    private static final int A = 0;
    private static final int B = LaneClass.STRIDE;
    private static final int RESULT = 2 * LaneClass.STRIDE;
    private static final int SCRATCH = 3 * LaneClass.STRIDE;
    private static final int NUMBERS = (3 + Transcendental.SCRATCH) * LaneClass.STRIDE;
    /// Lanes of a comparison; the last vector is not full.
    private static final int LANES = 101;

    private static final double[] CORNERS = {
        0,
        -0.0,
        1,
        -1,
        2,
        -2,
        0.5,
        3,
        1.5,
        0x1.8p0,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        1e-310,
        -1e-310,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        709.782712893384,
        709.79,
        700,
        -700,
        -708.4,
        -745.13,
        -746,
        0.34657359027997264,
        0.3465735902799727,
        1.0397207708399179,
        0x1.62e42p-2,
        0x1.62e43p-2,
        0x1.62e42ffffffffp-2,
        0x1.0a2b1ffffffffp0,
        0x1.0a2b2p0,
        0x1p-28,
        0x1.fffffffffffffp-29,
        0x1.6a09e667f3bcdp0,
        0x1.6a09ep0,
        0x1.00000ffffffffp0,
        0x1.fffffp-1,
        0x1.ffffefffffffep-1,
        0x1.39887p0,
        0x1.3988ffp0,
        0x1.bb67ap0,
        0x1.bb679ffffffffp0,
        1e300,
        1e-300,
        0x1p31,
        0x1.0000001p31,
        1023.5,
        1024,
        -1075,
        33,
        0x1.61479ffffffffp0,
        0x1.6147ap0,
        0x1.6b851ffffffffp0,
        0x1.6b852p0,
        0x1.6a09dp0,
        0x1.fffffffffffffp-1,
        0x1.0000000000001p0
    };

    @Test
    void expHasTheBitsOfStrictMath() {
        compare(EXP, StrictMath::exp, random -> (random.nextDouble() - 0.5) * 1600);
        compare(EXP, StrictMath::exp, random -> random.nextGaussian());
        compare(EXP, StrictMath::exp, TranscendentalTest::anyBits);
        // Near 1 + a half, where the last bit of 1 + a is in question, and near (k + ½) ln 2, where k changes.
        compare(EXP, StrictMath::exp, random -> (random.nextInt(1 << 20) + 0.5) * 0x1p-52);
        compare(EXP, StrictMath::exp, random -> near((random.nextInt(-1020, 1020) + 0.5) * Math.log(2), random));
    }

    @Test
    void logHasTheBitsOfStrictMath() {
        compare(LOG, StrictMath::log, random -> random.nextDouble() * 3);
        compare(LOG, StrictMath::log, random -> 1 + 1e-5 * random.nextGaussian());
        compare(LOG, StrictMath::log, TranscendentalTest::anyBits);
        compare(LOG, StrictMath::log, random -> near(2 * CORNERS[random.nextInt(CORNERS.length)], random));
    }

    @Test
    void powersHaveTheBitsOfStrictMath() {
        comparePowers(random -> Math.exp(20 * random.nextGaussian()), random -> random.nextGaussian());
        comparePowers(random -> Math.exp(0.1 * random.nextGaussian()), random -> 1000 * random.nextGaussian());
        comparePowers(TranscendentalTest::anyBits, random -> 0.25 * random.nextInt(-9, 9));
        comparePowers(TranscendentalTest::anyBits, TranscendentalTest::anyBits);
        // b·log₂ a near a whole number and a half, where it is rounded either way.
        comparePowers(random -> 2, random -> random.nextInt(-900, 900) + 0.5 + random.nextInt(-2, 3) * 0x1p-40);
        // Near 1 with exponents beyond 2³¹, and near the bounds of the fractions that formulas change at.
        comparePowers(random -> near(1, random), random -> Math.scalb(random.nextDouble(), random.nextInt(20, 62)));
        comparePowers(random -> near(0x1.3988fp0, random), random -> near(random.nextInt(-3, 4), random));
        comparePowers(random -> near(0x1.bb67ap0, random), random -> near(random.nextInt(-3, 4) * 0.5, random));
    }

    @Test
    void cornersHaveTheBitsOfStrictMath() {
        double[] memory = new double[NUMBERS];
        Transcendental rows = new Transcendental(memory, SCRATCH, CORNERS.length);
        System.arraycopy(CORNERS, 0, memory, A, CORNERS.length);
        rows.exp(A, RESULT);
        assertSame(memory, a -> StrictMath.exp(a));
        rows.log(A, RESULT);
        assertSame(memory, a -> StrictMath.log(a));
        for (double b : CORNERS) {
            Arrays.fill(memory, B, B + CORNERS.length, b);
            rows.power(A, B, RESULT);
            assertSame(memory, a -> StrictMath.pow(a, b));
        }
    }

    private static void assertSame(double[] memory, DoubleUnaryOperator one) {
        assertThat(Arrays.copyOfRange(memory, RESULT, RESULT + CORNERS.length))
                .isEqualTo(Arrays.stream(CORNERS).map(one).toArray());
    }

    private static double anyBits(RandomGenerator random) {
        return Double.longBitsToDouble(random.nextLong());
    }

    /// Up to a few units in its last places, or in the lower half of its bits, away.
    private static double near(double number, RandomGenerator random) {
        long away = random.nextInt(-3, 4) + (random.nextBoolean() ? (long) random.nextInt(-2, 3) << 32 : 0);
        return Double.longBitsToDouble(Double.doubleToRawLongBits(number) + away);
    }

    private interface Draw {
        double from(RandomGenerator random);
    }

    private static final Consumer<Transcendental> EXP = rows -> rows.exp(A, RESULT);
    private static final Consumer<Transcendental> LOG = rows -> rows.log(A, RESULT);
    private static final Consumer<Transcendental> POWER = rows -> rows.power(A, B, RESULT);

    private static void compare(Consumer<Transcendental> function, DoubleUnaryOperator one, Draw draw) {
        compare(function, (a, _) -> one.applyAsDouble(a), draw, draw);
    }

    private static void comparePowers(Draw base, Draw exponent) {
        compare(POWER, StrictMath::pow, base, exponent);
    }

    private static void compare(Consumer<Transcendental> function, DoubleBinaryOperator one, Draw first, Draw second) {
        RandomGenerator random = new SplittableRandom(1);
        double[] memory = new double[NUMBERS];
        Transcendental rows = new Transcendental(memory, SCRATCH, LANES);
        for (int round = 0; round < Integer.getInteger("transcendental.rounds", 100); round++) {
            for (int lane = 0; lane < LANES; lane++) {
                memory[A + lane] = first.from(random);
                memory[B + lane] = second.from(random);
            }
            function.accept(rows);
            for (int lane = 0; lane < LANES; lane++) {
                double expected = one.applyAsDouble(memory[A + lane], memory[B + lane]);
                if (Double.compare(memory[RESULT + lane], expected) != 0) {
                    assertThat(memory[RESULT + lane])
                            .as(memory[A + lane] + ", " + memory[B + lane])
                            .isEqualTo(Double.valueOf(expected));
                }
            }
        }
    }
}
