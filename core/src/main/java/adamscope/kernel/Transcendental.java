package adamscope.kernel;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;

/// exp, log, sin, cos, tanh and powers lane by lane, with the bits of `StrictMath`.
final class Transcendental {
    private Transcendental() {}

    static DoubleVector exp(DoubleVector a) {
        return each(a, StrictMath::exp);
    }

    static DoubleVector log(DoubleVector a) {
        return each(a, StrictMath::log);
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
        double[] bases = a.toArray();
        double[] exponents = b.toArray();
        for (int lane = 0; lane < bases.length; lane++) {
            bases[lane] = StrictMath.pow(bases[lane], exponents[lane]);
        }
        return DoubleVector.fromArray(a.species(), bases, 0);
    }

    private static DoubleVector each(DoubleVector a, DoubleUnaryOperator operation) {
        double[] lanes = a.toArray();
        for (int lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = operation.applyAsDouble(lanes[lane]);
        }
        return DoubleVector.fromArray(a.species(), lanes, 0);
    }
}
