package adamscope.kernel;

import java.util.Map;
import java.util.Optional;
import jdk.incubator.vector.DoubleVector;

/// A step program as a generated class that runs many lanes in double, with the bits of [BlockInterpreter].
///
/// The class is made once for a program and may be used from any thread; the lanes of a run belong to one thread.
public final class SimdKernel {
    private static final int PREFERRED_BITS = DoubleVector.SPECIES_PREFERRED.vectorBitSize();

    private final DoubleCode code;
    private final GroupLoop loop;

    private SimdKernel(DoubleCode code, LaneClass type) {
        this.code = code;
        this.loop = type.load();
    }

    /// The kernel in this machine's preferred shape.
    ///
    /// @throws IllegalArgumentException if the formula is too long for a method that HotSpot compiles
    public static SimdKernel of(StepProgram program) {
        return of(program, PREFERRED_BITS, LaneClass.preferredVectors(PREFERRED_BITS));
    }

    static SimdKernel of(StepProgram program, int bits, int vectors) {
        DoubleCode code = DoubleCode.of(program);
        LaneClass type = LaneClass.fitting(code.code(), bits, vectors)
                .orElseThrow(() -> new IllegalArgumentException("a step of "
                        + program.program().values().size() + " operations is too long for a generated method"));
        return new SimdKernel(code, type);
    }

    /// The kernel, or empty if the formula is too long.
    static Optional<SimdKernel> ifShort(StepProgram program) {
        return LaneClass.fitting(DoubleCode.of(program).code(), PREFERRED_BITS, 1)
                .map(_ -> of(program));
    }

    /// Lanes at their start.
    ///
    /// @param parameters for each parameter of the program, one number per lane
    /// @param starts     the components before the first step
    public Lanes lanes(Map<String, double[]> parameters, Magnitudes[] starts) {
        return new DoubleLanes(code, () -> loop, parameters, starts);
    }

    /// What runs them.
    GroupLoop loop() {
        return loop;
    }
}
