package adamscope.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;

/// Against `StrictMath`, whose bits the specification of Java fixes.
class TranscendentalTest {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
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
        compare(Transcendental::exp, StrictMath::exp, random -> (random.nextDouble() - 0.5) * 1600);
        compare(Transcendental::exp, StrictMath::exp, random -> random.nextGaussian());
        compare(Transcendental::exp, StrictMath::exp, TranscendentalTest::anyBits);
    }

    @Test
    void logHasTheBitsOfStrictMath() {
        compare(Transcendental::log, StrictMath::log, random -> random.nextDouble() * 3);
        compare(Transcendental::log, StrictMath::log, random -> 1 + 1e-5 * random.nextGaussian());
        compare(Transcendental::log, StrictMath::log, TranscendentalTest::anyBits);
    }

    @Test
    void powersHaveTheBitsOfStrictMath() {
        comparePowers(random -> Math.exp(20 * random.nextGaussian()), random -> random.nextGaussian());
        comparePowers(random -> Math.exp(0.1 * random.nextGaussian()), random -> 1000 * random.nextGaussian());
        comparePowers(TranscendentalTest::anyBits, random -> 0.25 * random.nextInt(-9, 9));
        comparePowers(TranscendentalTest::anyBits, TranscendentalTest::anyBits);
        // b·log₂ a near a whole number and a half, where it is rounded either way.
        comparePowers(random -> 2, random -> random.nextInt(-900, 900) + 0.5 + random.nextInt(-2, 3) * 0x1p-40);
    }

    @Test
    void cornersHaveTheBitsOfStrictMath() {
        for (double a : CORNERS) {
            assertSame(Transcendental.exp(all(a)), StrictMath.exp(a), "exp " + a);
            assertSame(Transcendental.log(all(a)), StrictMath.log(a), "log " + a);
            for (double b : CORNERS) {
                assertSame(Transcendental.power(all(a), all(b)), StrictMath.pow(a, b), a + " to the power " + b);
            }
        }
    }

    private static double anyBits(RandomGenerator random) {
        return Double.longBitsToDouble(random.nextLong());
    }

    private static DoubleVector all(double number) {
        return DoubleVector.broadcast(SPECIES, number);
    }

    private static void assertSame(DoubleVector found, double expected, String what) {
        assertThat(found.lane(0)).as(what).isEqualTo(Double.valueOf(expected));
        assertThat(found.lane(SPECIES.length() - 1)).as(what).isEqualTo(Double.valueOf(expected));
    }

    private interface Draw {
        double from(RandomGenerator random);
    }

    private static void compare(UnaryOperator<DoubleVector> vectors, DoubleUnaryOperator one, Draw draw) {
        compare((a, _) -> vectors.apply(a), (a, _) -> one.applyAsDouble(a), draw, draw);
    }

    private static void comparePowers(Draw base, Draw exponent) {
        compare(Transcendental::power, StrictMath::pow, base, exponent);
    }

    private static void compare(
            BinaryOperator<DoubleVector> vectors, DoubleBinaryOperator one, Draw first, Draw second) {
        RandomGenerator random = new SplittableRandom(1);
        double[] a = new double[SPECIES.length()];
        double[] b = new double[SPECIES.length()];
        for (int round = 0; round < Integer.getInteger("transcendental.rounds", 1_000); round++) {
            for (int lane = 0; lane < a.length; lane++) {
                a[lane] = first.from(random);
                b[lane] = second.from(random);
            }
            double[] found = vectors.apply(DoubleVector.fromArray(SPECIES, a, 0), DoubleVector.fromArray(SPECIES, b, 0))
                    .toArray();
            for (int lane = 0; lane < a.length; lane++) {
                if (Double.compare(found[lane], one.applyAsDouble(a[lane], b[lane])) != 0) {
                    assertThat(found[lane])
                            .as(a[lane] + ", " + b[lane])
                            .isEqualTo(Double.valueOf(one.applyAsDouble(a[lane], b[lane])));
                }
            }
        }
    }
}
