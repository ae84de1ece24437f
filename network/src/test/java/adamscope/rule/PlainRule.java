package adamscope.rule;

import adamscope.formula.Evaluation;
import adamscope.formula.Expression;
import adamscope.optimizer.ClockedRule;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.Statement;
import adamscope.tensor.Block;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// The oracle: a rule on one block, number by number, every value written out at full size.
final class PlainRule {
    private final ClockedRule clocked;
    private final Block block;
    private final Map<String, double[]> values = new HashMap<>();
    private int step;

    PlainRule(OptimizerRule rule, Map<String, Double> chosen, Block block, double[] theta, double[] gradient) {
        this.clocked = ClockedRule.of(rule);
        this.block = block;
        rule.values(chosen).forEach((name, value) -> values.put(name, filled(value)));
        values.put(OptimizerRule.PARAMETER, theta);
        values.put(OptimizerRule.GRADIENT, gradient);
        rule.states()
                .forEach(state -> values.put(state.name(), value(adamscope.formula.Powers.writtenOut(state.start()))));
        clocked.powers().forEach(power -> values.put(power.name(), filled(1)));
    }

    void advance(double[] gradient) {
        step++;
        values.put(OptimizerRule.GRADIENT, gradient);
        values.put(OptimizerRule.STEP, filled(step));
        for (ClockedRule.RunningPower power : clocked.powers()) {
            double base = Evaluation.value(power.base(), name -> values.get(name)[0]);
            values.put(power.name(), filled(values.get(power.name())[0] * base));
        }
        for (Statement line : clocked.statements()) {
            values.put(line.name(), value(line.expression()));
        }
    }

    double[] value(String name) {
        return values.get(name);
    }

    private double[] value(Expression e) {
        return switch (e) {
            case Expression.Constant(double number) -> filled(number);
            case Expression.Symbol(String name) -> values.get(name);
            case Expression.Unary(var operation, var a) -> {
                double[] argument = value(a);
                yield by(i -> Evaluation.apply(operation, argument[i]));
            }
            case Expression.Binary(var operation, var a, var b) -> {
                double[] left = value(a);
                double[] right = value(b);
                yield by(i -> Evaluation.apply(operation, left[i], right[i]));
            }
            case Expression.Reduction(var kind, var a) -> reduced(kind, value(a));
        };
    }

    private double[] reduced(Expression.ReductionKind kind, double[] a) {
        int columns = block.isMatrix() ? Math.toIntExact(block.shape().getLast()) : a.length;
        int rows = a.length / columns;
        double[] squares = by(i -> a[i] * a[i]);
        return switch (kind) {
            case SUM -> filled(sum(a, 0, 1, a.length));
            case MEAN -> filled(sum(a, 0, 1, a.length) / a.length);
            case NORM -> filled(Math.sqrt(sum(squares, 0, 1, a.length)));
            case RMS -> filled(Math.sqrt(sum(squares, 0, 1, a.length) / a.length));
            case ROW_MEAN -> block.isMatrix() ? by(i -> sum(a, i - i % columns, 1, columns) / columns) : a;
            case COLUMN_MEAN -> block.isMatrix() ? by(i -> sum(a, i % columns, columns, rows) / rows) : a;
            case ORTHOGONALIZE -> throw new IllegalArgumentException("not by number");
        };
    }

    private static double sum(double[] a, int from, int stride, int count) {
        double sum = a[from];
        for (int i = 1; i < count; i++) {
            sum += a[from + i * stride];
        }
        return sum;
    }

    private double[] filled(double value) {
        double[] result = new double[Math.toIntExact(block.size())];
        Arrays.fill(result, value);
        return result;
    }

    private double[] by(IntFunction<Double> term) {
        double[] result = new double[Math.toIntExact(block.size())];
        Arrays.setAll(result, i -> term.apply(i));
        return result;
    }
}
