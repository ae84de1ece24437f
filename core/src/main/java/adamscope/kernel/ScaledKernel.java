package adamscope.kernel;

import java.util.Map;
import java.util.Optional;
import jdk.incubator.vector.DoubleVector;

/// A step program as a generated class that runs many lanes in log-scaled arithmetic, with the bits of
/// [WideInterpreter] at nearly the speed of double.
///
/// Each register of a lane stands for register · 2^scale, the scale fixed for a block of steps; within a block all
/// arithmetic is plain double. A block in which a register came near the end of double's range, or was exactly 0, is
/// run again for that lane by the reference. Programs that take exp, log or a non-integer power of changing values have
/// no scaled form: they run in double as long as every number of a lane is well within its range, which is where the
/// bits are the same, and by the reference, a few hundred times slower, beyond it.
///
/// A lane that holds a NaN goes on in double: what is NaN stays so, the rest of its components may underflow.
public final class ScaledKernel {
    private final StepProgram program;
    private final ScaledCode code;
    private final GroupLoop loop;

    private ScaledKernel(StepProgram program, ScaledCode code, LaneClass type) {
        this.program = program;
        this.code = code;
        this.loop = type.load();
    }

    /// The kernel in this machine's preferred shape; empty where the program has no scaled form or is too long.
    public static Optional<ScaledKernel> of(StepProgram program) {
        int bits = DoubleVector.SPECIES_PREFERRED.vectorBitSize();
        return of(program, bits, Math.ceilDiv(LaneClass.preferredVectors(bits), 2));
    }

    static Optional<ScaledKernel> of(StepProgram program, int bits, int vectors) {
        return ScaledCode.of(program)
                .flatMap(code -> LaneClass.fitting(code.code(), bits, vectors)
                        .map(type -> new ScaledKernel(program, code, type)));
    }

    /// Lanes at their start, to be advanced by at most 25 steps a call.
    ///
    /// @param parameters for each parameter of the program, one number per lane
    /// @param starts     the components before the first step
    public Lanes lanes(Map<String, double[]> parameters, Magnitudes[] starts) {
        return new ScaledLanes(program, code, loop, parameters, starts);
    }
}
