package adamscope.flow;

import adamscope.formula.Expression;
import adamscope.formula.Powers;
import adamscope.kernel.BlockInterpreter;
import adamscope.kernel.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Formulas evaluated together at one point after another, by the reference interpreter; not for several threads.
final class VectorField {
    private final List<String> names;
    private final BlockInterpreter interpreter;
    private final Map<String, double[]> inputs = new HashMap<>();
    private final double[][] results;

    /// @param names the unknowns, in the order of the points
    VectorField(List<String> names, List<Expression> formulas) {
        this.names = names;
        var writtenOut = adamscope.formula.Rewriting.shared(Powers::product);
        this.interpreter = new BlockInterpreter(
                Program.of(formulas.stream().map(writtenOut).toList()), 1);
        this.results = new double[formulas.size()][1];
        names.forEach(name -> inputs.put(name, new double[1]));
    }

    /// The values at a point.
    double[] at(double[] point) {
        for (int i = 0; i < names.size(); i++) {
            inputs.get(names.get(i))[0] = point[i];
        }
        interpreter.evaluate(inputs, results);
        double[] values = new double[results.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = results[i][0];
        }
        return values;
    }
}
