package adamscope.corpus;

import adamscope.dynamics.SteppedRule;
import adamscope.optimizer.OptimizerRule;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// A task trained by a rule under a disturbance, with every quantity that a diagnosis can use.
///
/// The row of step t holds the loss and the gradient at θ before the step, the states that hold this gradient, and the
/// length of the step taken from there.
record TrainedRun(OptimizerRule rule, Map<String, Double> hyper, Problem task, Disturbance disturbance, int steps) {

    RunLog log(String name) {
        SteppedRule stepped = SteppedRule.start(rule, task.start(), hyper);
        double lr = stepped.value("lr");
        Map<String, double[]> columns = new LinkedHashMap<>();
        Quantity.ALL.forEach(quantity -> columns.put(quantity, filled(steps)));
        int done = 0;
        while (done < steps) {
            disturbance.before(done, stepped);
            Problem.BatchReading reading = task.read(stepped.x(), done, disturbance.strange(done));
            double[] gradient = disturbance.gradient(done, reading.gradient());
            stepped.set("lr", lr * disturbance.learningRateFactor(done));
            double[] before = stepped.x().clone();
            double logit = task.attentionLogit(before);
            stepped.advance(gradient);
            disturbance.after(stepped);
            record(columns, done, new Row(reading.loss(), gradient, before, logit), stepped);
            done++;
            if (!Double.isFinite(reading.loss()) || reading.loss() > 1e250) {
                break;
            }
        }
        List<Column> kept = new ArrayList<>();
        kept.add(new Column.Integers(
                Quantity.STEP, "steps", LongStream.range(0, done).toArray()));
        for (var column : columns.entrySet()) {
            double[] values = Arrays.copyOf(column.getValue(), done);
            if (Arrays.stream(values).anyMatch(v -> !Double.isNaN(v))) {
                kept.add(new Column.Numbers(column.getKey(), "", values));
            }
        }
        return RunLog.of(name, new Table(name, kept), rule.values(hyper));
    }

    private record Row(double loss, double[] gradient, double[] before, double logit) {}

    private void record(Map<String, double[]> columns, int t, Row row, SteppedRule stepped) {
        int n = row.before().length;
        columns.get(Quantity.LOSS)[t] = row.loss();
        columns.get(Quantity.LR)[t] = stepped.value("lr");
        columns.get(Quantity.GRADIENT_NORM)[t] = norm(row.gradient());
        columns.get(Quantity.WEIGHT_NORM)[t] = norm(row.before());
        double[] moved = IntStream.range(0, n)
                .mapToDouble(i -> stepped.x()[i] - row.before()[i])
                .toArray();
        columns.get(Quantity.STEP_NORM)[t] = norm(moved);
        columns.get(Quantity.ATTENTION_LOGIT_MAX)[t] = row.logit();
        columns.get(Quantity.LOSS_SCALE)[t] = disturbance.lossScale(t);
        if (stepped.hasState("m")) {
            columns.get(Quantity.AVERAGE_GRADIENT_NORM)[t] = norm(stepped.state("m"));
        }
        if (stepped.hasState("v")) {
            double[] v = stepped.state("v");
            columns.get(Quantity.ROOT_SECOND_MOMENT_NORM)[t] =
                    Math.sqrt(Arrays.stream(v).sum());
            double[] coupling = quotients(n, i -> v[i], i -> row.gradient()[i] * row.gradient()[i]);
            for (int level : Quantity.LEVELS) {
                columns.get(Quantity.couplingRatio(level))[t] = quantile(coupling, level);
            }
            if (stepped.hasState("m")) {
                double[] m = stepped.state("m");
                double[] ratio = quotients(n, i -> Math.abs(m[i]), i -> Math.sqrt(v[i]));
                columns.get(Quantity.stepRatio(50))[t] = quantile(ratio, 50);
                columns.get(Quantity.stepRatio(99))[t] = quantile(ratio, 99);
            }
        }
        double[] curvature = task.curvature(row.before());
        if (curvature.length > 0 && t % 10 == 0) {
            double[] p = stepped.preconditioner();
            double highest = IntStream.range(0, n)
                    .mapToDouble(i -> curvature[i] / p[i])
                    .max()
                    .orElseThrow();
            columns.get(Quantity.PRECONDITIONED_SHARPNESS)[t] = Double.isFinite(highest) ? highest : Double.NaN;
            columns.get(Quantity.SHARPNESS)[t] = Arrays.stream(curvature).max().orElseThrow();
        }
    }

    private static double[] quotients(
            int n, java.util.function.IntToDoubleFunction above, java.util.function.IntToDoubleFunction below) {
        return IntStream.range(0, n)
                .filter(i -> below.applyAsDouble(i) > 0)
                .mapToDouble(i -> above.applyAsDouble(i) / below.applyAsDouble(i))
                .sorted()
                .toArray();
    }

    private static double quantile(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = percent / 100.0 * (sorted.length - 1);
        int below = (int) at;
        double high = sorted[Math.min(below + 1, sorted.length - 1)];
        return at == below ? sorted[below] : sorted[below] + (at - below) * (high - sorted[below]);
    }

    private static double norm(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static double[] filled(int length) {
        double[] filled = new double[length];
        Arrays.fill(filled, Double.NaN);
        return filled;
    }
}
