package adamscope.run;

import adamscope.experiment.Sweep;
import adamscope.experiment.Train;
import adamscope.probe.SolutionErrorProbe;
import adamscope.store.FolderLock;
import adamscope.table.Column;
import adamscope.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/// One training for each point of a sweep.
///
/// @param kept   where each point has a folder with its checkpoints, from which it goes on
/// @param remark hears from where each went on, and to where it came
record TrainingSweep(Sweep sweep, Train base, Path kept, Consumer<String> remark) implements adamscope.sweep.TileWork {

    /// A sweep that says nothing of its points.
    TrainingSweep(Sweep sweep, Train base, Path kept) {
        this(sweep, base, kept, _ -> {});
    }

    /// A training that came to its end.
    ///
    /// @param outcome in a word
    /// @param losses  of every step
    /// @param probes  of every look
    private record Ended(String outcome, long steps, Table losses, Table probes) {}

    @Override
    public Table rows(long[] points, BooleanSupplier stopped) {
        Map<String, double[]> at = sweep.space().at(points);
        List<Ended> results = new ArrayList<>();
        for (int i = 0; i < points.length; i++) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (Map.Entry<String, double[]> coordinate : at.entrySet()) {
                values.put(coordinate.getKey(), coordinate.getValue()[i]);
            }
            Train train = base.with(values);
            long point = points[i];
            Ended ended = trained(train, point, stopped);
            if (ended.outcome().equals(TrainingFound.INTERRUPTED)) {
                throw new CancellationException();
            }
            results.add(ended);
        }
        List<Column> columns = new ArrayList<>();
        at.forEach((name, values) -> columns.add(new Column.Numbers(name, "", values)));
        sweep.keep().forEach(name -> columns.add(column(name, results)));
        return new Table("sweep", columns);
    }

    /// Trains a point until it is stopped; returns how many steps it has made.
    long steps(long point, BooleanSupplier stopped) {
        Map<String, Double> values = new LinkedHashMap<>();
        sweep.space().at(new long[] {point}).forEach((name, value) -> values.put(name, value[0]));
        return trained(base.with(values), point, stopped).steps();
    }

    /// Where the training of a point keeps what it goes on from.
    Path folder(long point) {
        return kept.resolve(String.format(Locale.ROOT, "%012d", point));
    }

    /// The point whose folder it is.
    static OptionalLong point(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("[0-9]{12,18}") ? OptionalLong.of(Long.parseLong(name)) : OptionalLong.empty();
    }

    /// From the newest checkpoint in the folder.
    private Ended trained(Train train, long point, BooleanSupplier stopped) {
        Path folder = folder(point);
        TrainingFiles.make(folder);
        Host host = new Unwatched(stopped, text -> remark.accept("point " + point + ": " + text));
        try (FolderLock _ = FolderLock.take(folder)) {
            Made made = new TrainingRun(host, folder, "", train).made();
            TrainingFound found = (TrainingFound) made.finding();
            host.remark(found.outcome() + ", steps "
                    + (Math.max(0, found.resumedAfter().orElse(0)) + 1) + " to " + found.steps());
            return new Ended(
                    found.outcome(),
                    found.steps(),
                    made.tables().get(1),
                    made.tables().get(2));
        }
    }

    private static Column column(String name, List<Ended> results) {
        return switch (name) {
            case "outcome" ->
                new Column.Words(name, results.stream().map(Ended::outcome).toList());
            case "stepsDone" ->
                new Column.Integers(
                        name, "steps", results.stream().mapToLong(Ended::steps).toArray());
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

    private static Column lastProbed(String name, String unit, String quantity, List<Ended> results) {
        return numbers(name, unit, results, result -> last(result.probes(), quantity));
    }

    private static Column validation(String name, List<Ended> results) {
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
    private static Column standing(String name, String quantity, List<Ended> results) {
        return new Column.Integers(
                name,
                "",
                results.stream()
                        .mapToLong(result -> (long) last(result.probes(), quantity))
                        .toArray());
    }

    private static Column numbers(String name, String unit, List<Ended> results, ToDoubleFunction<Ended> value) {
        return new Column.Numbers(
                name, unit, results.stream().mapToDouble(value).toArray());
    }

    private static double last(Table table, String column) {
        return ValidationFound.last(table.numbers(column));
    }
}
