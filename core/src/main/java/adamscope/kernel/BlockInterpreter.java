package adamscope.kernel;

import adamscope.formula.Evaluation;
import adamscope.formula.Expression.BinaryOperation;
import adamscope.formula.Expression.UnaryOperation;
import java.util.List;
import java.util.Map;

/// The reference in double arithmetic: a program run operation by operation over a block of lanes.
///
/// Every operation rounds once, to nearest; no fused operations. Generated kernels must give the same bits.
public final class BlockInterpreter {
    private final Program program;
    private final int lanes;
    private final double[][] values;

    /// An interpreter for a number of lanes.
    public BlockInterpreter(Program program, int lanes) {
        this.program = program;
        this.lanes = lanes;
        this.values = new double[program.values().size()][lanes];
        for (int i = 0; i < values.length; i++) {
            if (program.values().get(i) instanceof Program.Instruction.Literal(double number)) {
                java.util.Arrays.fill(values[i], number);
            }
        }
    }

    /// Evaluates the program.
    ///
    /// @param inputs  values of each input, by name, one for each lane
    /// @param results receives the results, one array of lanes each
    public void evaluate(Map<String, double[]> inputs, double[][] results) {
        List<Program.Instruction> code = program.values();
        for (int i = 0; i < code.size(); i++) {
            double[] out = values[i];
            switch (code.get(i)) {
                case Program.Instruction.Literal _ -> {}
                case Program.Instruction.Input(String name) -> copy(inputs.get(name), out);
                case Program.Instruction.One(var operation, int a) -> apply(operation, values[a], out);
                case Program.Instruction.Two(var operation, int a, int b) ->
                    apply(operation, values[a], values[b], out);
            }
        }
        for (int r = 0; r < results.length; r++) {
            copy(values[program.results()[r]], results[r]);
        }
    }

    private void copy(double[] from, double[] to) {
        if (lanes == 1) {
            to[0] = from[0];
        } else {
            System.arraycopy(from, 0, to, 0, lanes);
        }
    }

    /// One operation on all lanes. The loops of the commonest stand apart, so that HotSpot makes vectors of them.
    static void apply(UnaryOperation operation, double[] a, double[] out) {
        switch (operation) {
            case NEGATE -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = -a[lane];
                }
            }
            case SQRT -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = Math.sqrt(a[lane]);
                }
            }
            case ABS -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = Math.abs(a[lane]);
                }
            }
            case SIGN, EXP, LOG, SIN, COS, TANH -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = Evaluation.apply(operation, a[lane]);
                }
            }
        }
    }

    /// One operation on all lanes.
    static void apply(BinaryOperation operation, double[] a, double[] b, double[] out) {
        switch (operation) {
            case ADD -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = a[lane] + b[lane];
                }
            }
            case SUBTRACT -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = a[lane] - b[lane];
                }
            }
            case MULTIPLY -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = a[lane] * b[lane];
                }
            }
            case DIVIDE -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = a[lane] / b[lane];
                }
            }
            case POWER, MIN, MAX -> {
                for (int lane = 0; lane < out.length; lane++) {
                    out[lane] = Evaluation.apply(operation, a[lane], b[lane]);
                }
            }
        }
    }
}
