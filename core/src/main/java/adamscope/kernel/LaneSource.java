package adamscope.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Where the lanes of a run come from: the reference interpreters while there is little to do, a generated kernel from
/// then on. Both give the same bits; a kernel is faster, but Java takes seconds to load vectors, make the class and
/// optimise it. In double the interpreter goes on meanwhile, see [LoopAtHand]; the one of log-scaled arithmetic is too
/// slow for that.
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
    private final Start interpreter;
    private final Supplier<Start> worthwhile;
    private final AtomicLong operations = new AtomicLong();

    /// Of log-scaled lanes, made when first needed; the interpreter where there is no kernel.
    private volatile Start scaled;

    LaneSource(StepProgram program, Arithmetic arithmetic) {
        this.program = program;
        if (arithmetic == Arithmetic.SCALED) {
            this.interpreter = (inputs, starts) -> new WideLanes(program, inputs, starts);
            this.worthwhile = this::scaled;
            return;
        }
        DoubleCode code = DoubleCode.of(program);
        LoopAtHand loop = new LoopAtHand(code);
        Start both = (inputs, starts) -> new DoubleLanes(code, loop, inputs, starts);
        this.interpreter = both;
        this.worthwhile = () -> {
            loop.begin(program);
            return both;
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
        return (worth ? worthwhile.get() : interpreter).lanes(inputs, starts);
    }

    private Start scaled() {
        if (scaled == null) {
            synchronized (this) {
                if (scaled == null) {
                    scaled = made().orElse(interpreter);
                }
            }
        }
        return scaled;
    }

    private Optional<Start> made() {
        if (VectorUnit.doubles().isEmpty()) {
            withoutVectors();
            return Optional.empty();
        }
        Optional<Start> made = Vectors.made(program);
        if (made.isEmpty()) {
            tooLong(program, Arithmetic.SCALED);
        }
        return made;
    }

    static void withoutVectors() {
        remark("Java runs without the module {0}; the interpreter runs, slower", VectorUnit.MODULE);
    }

    static void tooLong(StepProgram program, Arithmetic arithmetic) {
        remark(
                "a step of {0} operations has no generated kernel in {1} arithmetic; the interpreter runs it",
                program.program().values().size(), arithmetic);
    }

    private static void remark(String text, Object... about) {
        System.getLogger(LaneSource.class.getName()).log(System.Logger.Level.INFO, text, about);
    }

    /// Generated classes, loaded only where Java has vectors.
    private static final class Vectors {
        private Vectors() {}

        static Optional<Start> made(StepProgram program) {
            return ScaledKernel.of(program).map(kernel -> kernel::lanes);
        }
    }
}
