package adamscope.kernel;

import adamscope.formula.Evaluation;
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
                case Program.Instruction.Literal(double number) -> java.util.Arrays.fill(out, number);
                case Program.Instruction.Input(String name) -> System.arraycopy(inputs.get(name), 0, out, 0, lanes);
                case Program.Instruction.One(var operation, int a) -> {
                    for (int lane = 0; lane < lanes; lane++) {
                        out[lane] = Evaluation.apply(operation, values[a][lane]);
                    }
                }
                case Program.Instruction.Two(var operation, int a, int b) -> {
                    for (int lane = 0; lane < lanes; lane++) {
                        out[lane] = Evaluation.apply(operation, values[a][lane], values[b][lane]);
                    }
                }
            }
        }
        for (int r = 0; r < results.length; r++) {
            System.arraycopy(values[program.results()[r]], 0, results[r], 0, lanes);
        }
    }
}
