package adamscope.cli;

import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.experiment.NetworkTraining;
import adamscope.experiment.Sweep;
import adamscope.experiment.TunedRule;
import adamscope.sweep.TileWork;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.TrainingOutcome;
import adamscope.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// One training of a network for each point of a sweep.
///
/// @param images shared by all trainings
record NetworkSweep(Sweep sweep, NetworkTraining base, LabelledImages images) implements TileWork {

    static NetworkSweep of(Sweep sweep) {
        NetworkTraining base = (NetworkTraining) sweep.base();
        base.place().refuseUnusable();
        return new NetworkSweep(sweep, base, FashionMnist.shipped(base.images()));
    }

    @Override
    public Table rows(long[] points, BooleanSupplier stopped) {
        Map<String, double[]> at = sweep.space().at(points);
        List<TrainingResult> results = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            TrainingResult result = ExperimentRun.trained(training(at, i), images, (_, _) -> !stopped.getAsBoolean());
            if (result.outcome() instanceof TrainingOutcome.Stopped(var step)) {
                throw new CancellationException("stopped after step " + step + " of point " + points[i]);
            }
            results.add(result);
        }
        List<Column> columns = new ArrayList<>();
        at.forEach((name, values) -> columns.add(new Column.Numbers(name, "", values)));
        sweep.keep().forEach(name -> columns.add(column(name, results)));
        return new Table("sweep", columns);
    }

    private NetworkTraining training(Map<String, double[]> at, int i) {
        Map<String, Double> values = new LinkedHashMap<>(base.optimizer().values());
        long seed = base.seed();
        for (Map.Entry<String, double[]> coordinate : at.entrySet()) {
            if (coordinate.getKey().equals(Sweep.SEED)) {
                seed = (long) coordinate.getValue()[i];
            } else {
                values.put(coordinate.getKey(), coordinate.getValue()[i]);
            }
        }
        return base.with(new TunedRule(base.optimizer().rule(), values), seed);
    }

    private static Column column(String name, List<TrainingResult> results) {
        return switch (name) {
            case "outcome" ->
                new Column.Words(
                        name,
                        results.stream()
                                .map(result -> ExperimentRun.outcome(result.outcome()))
                                .toList());
            case "stepsDone" ->
                new Column.Integers(
                        name,
                        "steps",
                        results.stream()
                                .mapToLong(result -> result.outcome().step())
                                .toArray());
            case "finalLoss" -> numbers(name, "loss", results.stream().mapToDouble(r -> last(r.losses(), "loss")));
            case "minLoss" ->
                numbers(
                        name,
                        "loss",
                        results.stream()
                                .mapToDouble(r -> Arrays.stream(r.losses().numbers("loss"))
                                        .filter(loss -> !Double.isNaN(loss))
                                        .min()
                                        .orElse(Double.NaN)));
            case "finalPreconditionedSharpness" ->
                numbers(name, "", results.stream().mapToDouble(r -> last(r.probes(), "preconditionedSharpness")));
            case "finalSharpness" ->
                numbers(name, "", results.stream().mapToDouble(r -> last(r.probes(), "sharpness")));
            default -> throw new IllegalArgumentException("no column '" + name + "'");
        };
    }

    private static Column numbers(String name, String unit, java.util.stream.DoubleStream values) {
        return new Column.Numbers(name, unit, values.toArray());
    }

    private static double last(Table table, String column) {
        double[] values = table.numbers(column);
        return values.length == 0 ? Double.NaN : values[values.length - 1];
    }
}
