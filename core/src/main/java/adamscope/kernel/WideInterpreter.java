package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import java.util.function.Function;

/// The reference in log-scaled arithmetic: a program run operation by operation on [WideNumber] numbers, for one lane.
public final class WideInterpreter {
    private final int[] results;
    private final WideNumber[] values;
    /// By position, null where there is none: one pass without type tests, as small sweeps never see a compiled kernel.
    private final String[] inputNames;

    private final UnaryOperation[] ones;
    private final BinaryOperation[] twos;
    private final int[] first;
    private final int[] second;

    /// An interpreter of a program.
    public WideInterpreter(Program program) {
        int size = program.values().size();
        results = program.results();
        values = new WideNumber[size];
        inputNames = new String[size];
        ones = new UnaryOperation[size];
        twos = new BinaryOperation[size];
        first = new int[size];
        second = new int[size];
        for (int i = 0; i < size; i++) {
            switch (program.values().get(i)) {
                case Program.Instruction.Literal(double number) -> values[i] = WideNumber.of(number);
                case Program.Instruction.Input(String name) -> inputNames[i] = name;
                case Program.Instruction.One(var operation, int a) -> {
                    ones[i] = operation;
                    first[i] = a;
                }
                case Program.Instruction.Two(var operation, int a, int b) -> {
                    twos[i] = operation;
                    first[i] = a;
                    second[i] = b;
                }
            }
        }
    }

    /// Evaluates the program; `inputs` gives each input's value by name.
    public WideNumber[] evaluate(Function<String, WideNumber> inputs) {
        for (int i = 0; i < values.length; i++) {
            if (twos[i] != null) {
                values[i] = WideNumber.apply(twos[i], values[first[i]], values[second[i]]);
            } else if (ones[i] != null) {
                values[i] = WideNumber.apply(ones[i], values[first[i]]);
            } else if (inputNames[i] != null) {
                values[i] = inputs.apply(inputNames[i]);
            }
        }
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
