package adamscope.run;

import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.Probe;
import adamscope.training.Training;
import adamscope.training.TrainingOutcome;
import adamscope.training.TrainingResult;
import adamscope.training.WatchPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/// One training for each point of a sweep.
record TrainingSweep(Sweep sweep, Train base) implements adamscope.sweep.TileWork {

    @Override
    public Table rows(long[] points, BooleanSupplier stopped) {
        Map<String, double[]> at = sweep.space().at(points);
        List<TrainingResult> results = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (Map.Entry<String, double[]> coordinate : at.entrySet()) {
                values.put(coordinate.getKey(), coordinate.getValue()[i]);
            }
            TrainingResult result = result(base.with(values), stopped);
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

    private static TrainingResult result(Train train, BooleanSupplier stopped) {
        long seed = train.training().run().seed();
        List<Probe.Source> probes =
                WatchPlan.of(train.probe(), 0).sources(train.task().model(), train.training());
        return train.training()
                .run(
                        place -> train.task().at(place, seed),
                        Training.Watch.of(probes, (_, _) -> !stopped.getAsBoolean()));
    }

    private static Column column(String name, List<TrainingResult> results) {
        return switch (name) {
            case "outcome" ->
                new Column.Words(
                        name,
                        results.stream()
                                .map(result -> TrainingRun.word(result.outcome()))
                                .toList());
            case "stepsDone" ->
                new Column.Integers(
                        name,
                        "steps",
                        results.stream()
                                .mapToLong(result -> result.outcome().step())
                                .toArray());
            case "finalLoss" -> numbers(name, "loss", results, result -> last(result.losses(), "loss"));
            case "minLoss" ->
                numbers(
                        name,
                        "loss",
                        results,
                        result -> TrainingRun.least(result.losses().numbers("loss")));
            case "finalPreconditionedSharpness" ->
                numbers(name, "", results, result -> last(result.probes(), "preconditionedSharpness"));
            case "finalPreconditionedSharpnessStanding", "finalSharpnessStanding" ->
                new Column.Integers(
                        name,
                        "",
                        results.stream()
                                .mapToLong(result -> (long) last(result.probes(), ofProbes(name)))
                                .toArray());
            case "finalSharpness" -> numbers(name, "", results, result -> last(result.probes(), "sharpness"));
            default -> throw new IllegalArgumentException("no column '" + name + "'");
        };
    }

    /// The column of a probe whose last value it keeps.
    private static String ofProbes(String name) {
        return Character.toLowerCase(name.charAt("final".length())) + name.substring("final".length() + 1);
    }

    private static Column numbers(
            String name, String unit, List<TrainingResult> results, ToDoubleFunction<TrainingResult> value) {
        return new Column.Numbers(
                name, unit, results.stream().mapToDouble(value).toArray());
    }

    private static double last(Table table, String column) {
        double[] values = table.numbers(column);
        return values.length == 0 ? Double.NaN : values[values.length - 1];
    }
}
