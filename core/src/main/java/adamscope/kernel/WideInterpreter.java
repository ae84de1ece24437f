package adamscope.kernel;

import java.util.List;
import java.util.function.Function;

/// The reference in log-scaled arithmetic: a program run operation by operation on [WideNumber] numbers, for one lane.
public final class WideInterpreter {
    private final Program program;
    private final WideNumber[] values;

    /// An interpreter of a program.
    public WideInterpreter(Program program) {
        this.program = program;
        this.values = new WideNumber[program.values().size()];
        for (int i = 0; i < values.length; i++) {
            if (program.values().get(i) instanceof Program.Instruction.Literal(double number)) {
                values[i] = WideNumber.of(number);
            }
        }
    }

    /// Evaluates the program; `inputs` gives each input's value by name.
    public WideNumber[] evaluate(Function<String, WideNumber> inputs) {
        List<Program.Instruction> code = program.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (code.get(i)) {
                case Program.Instruction.Literal _ -> values[i];
                case Program.Instruction.Input(String name) -> inputs.apply(name);
                case Program.Instruction.One(var operation, int a) -> WideNumber.apply(operation, values[a]);
                case Program.Instruction.Two(var operation, int a, int b) ->
                    WideNumber.apply(operation, values[a], values[b]);
            };
        }
        int[] results = program.results();
        WideNumber[] out = new WideNumber[results.length];
        for (int r = 0; r < out.length; r++) {
            out[r] = values[results[r]];
        }
        return out;
    }

    /// The value that the last evaluation gave to a position of the program.
    public WideNumber value(int position) {
        return values[position];
    }
}
