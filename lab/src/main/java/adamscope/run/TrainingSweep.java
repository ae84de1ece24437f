package adamscope.run;

import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.probe.Probe;
import adamscope.probe.SolutionErrorProbe;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.Training;
import adamscope.training.TrainingOutcome;
import adamscope.training.TrainingResult;
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
        List<Probe.Source> probes = train.watch().sources(train.task(), train.training());
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
            case "finalPreconditionedSharpness" -> lastProbed(name, "", "preconditionedSharpness", results);
            case "finalSharpness" -> lastProbed(name, "", "sharpness", results);
            case "finalPreconditionedSharpnessStanding" -> standing(name, "preconditionedSharpnessStanding", results);
            case "finalSharpnessStanding" -> standing(name, "sharpnessStanding", results);
            case "finalSolutionError" -> lastProbed(name, "", SolutionErrorProbe.SOLUTION_ERROR, results);
            default -> validation(name, results);
        };
    }

    private static Column lastProbed(String name, String unit, String quantity, List<TrainingResult> results) {
        return numbers(name, unit, results, result -> last(result.probes(), quantity));
    }

    private static Column validation(String name, List<TrainingResult> results) {
        String suffix = name.endsWith(ValidationFound.AVERAGED) ? ValidationFound.AVERAGED : "";
        ToDoubleFunction<ValidationFound> value = switch (name.substring(0, name.length() - suffix.length())) {
            case "finalValidationLoss" -> ValidationFound::finalLoss;
            case "bestValidationLoss" -> ValidationFound::bestLoss;
            case "bestValidationStep" -> ValidationFound::bestStep;
            case "finalValidationAccuracy" -> ValidationFound::finalAccuracy;
            case "bestValidationAccuracy" -> ValidationFound::bestAccuracy;
            case "finalValidationPerplexity" -> ValidationFound::finalPerplexity;
            default -> throw new IllegalArgumentException("no column '" + name + "'");
        };
        String unit = name.contains("Loss") ? "loss" : name.contains("Step") ? "steps" : "";
        return numbers(
                name,
                unit,
                results,
                result -> value.applyAsDouble(
                        ValidationFound.of(result.probes(), suffix).orElseThrow()));
    }

    /// The least where nothing was measured.
    private static Column standing(String name, String quantity, List<TrainingResult> results) {
        return new Column.Integers(
                name,
                "",
                results.stream()
                        .mapToLong(result -> (long) last(result.probes(), quantity))
                        .toArray());
    }

    private static Column numbers(
            String name, String unit, List<TrainingResult> results, ToDoubleFunction<TrainingResult> value) {
        return new Column.Numbers(
                name, unit, results.stream().mapToDouble(value).toArray());
    }

    private static double last(Table table, String column) {
        return ValidationFound.last(table.numbers(column));
    }
}
