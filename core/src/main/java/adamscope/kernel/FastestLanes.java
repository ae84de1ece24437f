package adamscope.kernel;

import java.util.Map;
import java.util.Optional;

/// The fastest way that there is here to run lanes of a program: all give the same bits.
@FunctionalInterface
interface FastestLanes {
    /// Lanes at their start.
    ///
    /// @param inputs for each parameter of the program, one number per lane
    /// @param starts the components before the first step
    Lanes at(Map<String, double[]> inputs, Magnitudes[] starts);

    /// By a generated class where Java has vectors and the program is short enough, by an interpreter elsewhere.
    static FastestLanes of(StepProgram program, Arithmetic arithmetic) {
        if (VectorUnit.doubles().isEmpty()) {
            remark("Java runs without the module {0}; the interpreter runs, slower", VectorUnit.MODULE);
            return interpreted(program, arithmetic);
        }
        Optional<FastestLanes> generated = Vectors.generated(program, arithmetic);
        if (generated.isEmpty()) {
            remark(
                    "a step of {0} operations has no generated kernel in {1} arithmetic; the interpreter runs it",
                    program.program().values().size(), arithmetic);
        }
        return generated.orElseGet(() -> interpreted(program, arithmetic));
    }

    private static FastestLanes interpreted(StepProgram program, Arithmetic arithmetic) {
        return switch (arithmetic) {
            case DOUBLE -> {
                DoubleCode code = DoubleCode.of(program);
                LaneLoop loop = LaneInterpreter.loop(code.code());
                yield (inputs, starts) -> new DoubleLanes(code, loop, 1, inputs, starts);
            }
            case SCALED -> (inputs, starts) -> new WideLanes(program, inputs, starts);
        };
    }

    private static void remark(String text, Object... about) {
        System.getLogger(FastestLanes.class.getName()).log(System.Logger.Level.INFO, text, about);
    }

    /// Generated classes, loaded only where Java has vectors.
    final class Vectors {
        private Vectors() {}

        static Optional<FastestLanes> generated(StepProgram program, Arithmetic arithmetic) {
            return switch (arithmetic) {
                case DOUBLE -> SimdKernel.ifShort(program).map(kernel -> kernel::lanes);
                case SCALED -> ScaledKernel.of(program).map(kernel -> kernel::lanes);
            };
        }
    }
}
