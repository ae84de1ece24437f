package adamscope.kernel;

import java.util.List;
import java.util.function.Function;

/// The reference in log-scaled arithmetic: a program run operation by operation on [Wide] numbers, for one lane.
public final class WideInterpreter {
    private final Program program;
    private final Wide[] values;

    /// An interpreter of a program.
    public WideInterpreter(Program program) {
        this.program = program;
        this.values = new Wide[program.values().size()];
    }

    /// Evaluates the program; `inputs` gives each input's value by name.
    public Wide[] evaluate(Function<String, Wide> inputs) {
        List<Program.Value> code = program.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (code.get(i)) {
                case Program.Value.Literal(double number) -> Wide.of(number);
                case Program.Value.Input(String name) -> inputs.apply(name);
                case Program.Value.One(var operation, int a) -> Wide.apply(operation, values[a]);
                case Program.Value.Two(var operation, int a, int b) -> Wide.apply(operation, values[a], values[b]);
            };
        }
        int[] results = program.results();
        Wide[] out = new Wide[results.length];
        for (int r = 0; r < out.length; r++) {
            out[r] = values[results[r]];
        }
        return out;
    }

    /// The value that the last evaluation gave to a position of the program.
    public Wide value(int position) {
        return values[position];
    }
}
