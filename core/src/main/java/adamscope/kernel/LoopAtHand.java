package adamscope.kernel;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// The loop that runs a code now: the interpreter's, until a generated class has been made and optimised beside it.
///
/// HotSpot runs a new class operation by operation, a hundred times slower than the interpreter, for the seconds that
/// its compilers take; so a thread of its own runs the class on numbers that nobody needs until it is the faster one.
final class LoopAtHand implements Supplier<GroupLoop> {
    private static final long IDLE_NANOS = 200_000_000;

    private final DoubleCode code;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile GroupLoop atHand;
    private volatile long lastAsked = System.nanoTime();

    LoopAtHand(DoubleCode code) {
        this.code = code;
        this.atHand = LaneInterpreter.loop(code.code());
    }

    @Override
    public GroupLoop get() {
        lastAsked = System.nanoTime();
        return atHand;
    }

    /// Begins to make a class of the program, unless somebody has.
    void begin(StepProgram program) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        if (VectorUnit.doubles().isEmpty()) {
            LaneSource.withoutVectors();
        } else {
            Vectors.make(this, program);
        }
    }

    private boolean isIdle() {
        return System.nanoTime() - lastAsked > IDLE_NANOS;
    }

    /// Generated classes, loaded only where Java has vectors.
    private static final class Vectors {
        /// Steps of a call, about as many as of a real one.
        private static final int STEPS = 25;

        private static final int MOST_CALLS = 10_000;

        private Vectors() {}

        static void make(LoopAtHand place, StepProgram program) {
            Thread.ofPlatform()
                    .daemon()
                    .name("kernel")
                    .start(() -> SimdKernel.ifShort(program)
                            .ifPresentOrElse(
                                    made -> optimise(made.loop(), place),
                                    () -> LaneSource.tooLong(program, Arithmetic.DOUBLE)));
        }

        /// Runs the class until it is faster than the interpreter, or nobody has asked for a while.
        private static void optimise(GroupLoop made, LoopAtHand place) {
            double[] memory = made.room(place.code.code().rows(), made.strideFor(made.group()));
            for (int call = 0; call < MOST_CALLS; call++) {
                if (place.isIdle()) {
                    place.begun.set(false);
                    return;
                }
                if (nanos(made, made.loop(), memory) < nanos(made, place.atHand.loop(), memory)) {
                    break;
                }
            }
            place.atHand = made;
        }

        /// For the lanes of a group.
        private static long nanos(GroupLoop group, LaneLoop loop, double[] memory) {
            Arrays.fill(memory, 1);
            int lanes = group.group();
            long before = System.nanoTime();
            loop.advance(memory, group.strideFor(lanes), lanes, STEPS, 1);
            return System.nanoTime() - before;
        }
    }
}
