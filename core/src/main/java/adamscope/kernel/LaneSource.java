package adamscope.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Where the lanes of a run come from: the reference interpreters while there is little to do, a generated kernel from
/// then on. Both give the same bits; a kernel is faster, but Java takes half a second to load vectors, make the class
/// and optimise it.
///
/// May be used from any thread.
final class LaneSource {
    /// Operations of lanes that the interpreters do in the time that a kernel takes to be made:
    /// `docs/decisions/0009-start-up.md`.
    private static final long WORTH_A_KERNEL = 10_000_000;

    /// Lanes at their start.
    @FunctionalInterface
    private interface Start {
        Lanes lanes(Map<String, double[]> inputs, Magnitudes[] starts);
    }

    private final StepProgram program;
    private final Arithmetic arithmetic;
    private final Start interpreter;
    private final AtomicLong operations = new AtomicLong();

    /// Made when first needed; the interpreter where there is no kernel.
    private volatile Start kernel;

    LaneSource(StepProgram program, Arithmetic arithmetic) {
        this.program = program;
        this.arithmetic = arithmetic;
        this.interpreter = switch (arithmetic) {
            case DOUBLE -> {
                DoubleCode code = DoubleCode.of(program);
                LaneLoop loop = LaneInterpreter.loop(code.code());
                yield (inputs, starts) -> new DoubleLanes(code, loop, 1, inputs, starts);
            }
            case SCALED -> (inputs, starts) -> new WideLanes(program, inputs, starts);
        };
    }

    /// Lanes at their start.
    ///
    /// @param inputs for each parameter of the program, one number per lane
    /// @param starts the components before the first step
    /// @param steps  that they will be advanced by
    Lanes lanes(Map<String, double[]> inputs, Magnitudes[] starts, int steps) {
        long more = (long) steps
                * starts[0].mantissa().length
                * program.program().values().size();
        boolean worth = operations.addAndGet(Math.min(more, WORTH_A_KERNEL)) >= WORTH_A_KERNEL;
        return (worth ? kernel() : interpreter).lanes(inputs, starts);
    }

    private Start kernel() {
        if (kernel == null) {
            synchronized (this) {
                if (kernel == null) {
                    kernel = made().orElse(interpreter);
                }
            }
        }
        return kernel;
    }

    private Optional<Start> made() {
        if (VectorUnit.doubles().isEmpty()) {
            remark("Java runs without the module {0}; the interpreter runs, slower", VectorUnit.MODULE);
            return Optional.empty();
        }
        Optional<Start> made = Vectors.made(program, arithmetic);
        if (made.isEmpty()) {
            remark(
                    "a step of {0} operations has no generated kernel in {1} arithmetic; the interpreter runs it",
                    program.program().values().size(), arithmetic);
        }
        return made;
    }

    private static void remark(String text, Object... about) {
        System.getLogger(LaneSource.class.getName()).log(System.Logger.Level.INFO, text, about);
    }

    /// Generated classes, loaded only where Java has vectors.
    private static final class Vectors {
        private Vectors() {}

        static Optional<Start> made(StepProgram program, Arithmetic arithmetic) {
            return switch (arithmetic) {
                case DOUBLE -> SimdKernel.ifShort(program).map(simd -> simd::lanes);
                case SCALED -> ScaledKernel.of(program).map(scaled -> scaled::lanes);
            };
        }
    }
}
