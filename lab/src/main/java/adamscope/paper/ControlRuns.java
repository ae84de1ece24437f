package adamscope.paper;

import adamscope.experiment.Experiment;
import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.experiment.Size;
import adamscope.experiment.Train;
import adamscope.optimizer.Catalogue;
import adamscope.probe.Measured;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.table.Column;
import adamscope.table.Table;
import adamscope.training.Batching;
import adamscope.training.Training;
import adamscope.training.TrainingResult;
import adamscope.training.TrainingSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Trainings of a figure made otherwise, so that its statements are false: the first of each group, at the default
/// size.
final class ControlRuns {
    private ControlRuns() {}

    /// The tables that the figure's statements read, of other trainings: of the first of each group.
    static List<Table> of(TrainedFigure figure, Effort effort, UnaryOperator<Train> change) {
        return of(
                figure,
                effort,
                (name, train) -> name.endsWith("-1") ? Optional.of(change.apply(train)) : Optional.empty());
    }

    /// The same of all.
    static List<Table> ofAll(TrainedFigure figure, Effort effort, UnaryOperator<Train> change) {
        return of(figure, effort, (_, train) -> Optional.of(change.apply(train)));
    }

    /// The same of those that are given; equal ones run once.
    ///
    /// @param change by the name of the part
    static List<Table> of(TrainedFigure figure, Effort effort, BiFunction<String, Train, Optional<Train>> change) {
        Map<String, Experiment> trainings = new LinkedHashMap<>();
        own(figure)
                .forEach((name, part) ->
                        change.apply(name, (Train) part).ifPresent(train -> trainings.put(name, train)));
        Map<Train, Measurements> results = new HashMap<>();
        Map<String, Table> tables = new LinkedHashMap<>();
        trainings.forEach((name, train) -> {
            Measurements result = results.computeIfAbsent((Train) train, one -> result(one, effort));
            tables.put(name + "-probes", new Table(name + "-probes", result.probes()));
            tables.put(name + "-measurements", new Table(name + "-measurements", result.steps()));
        });
        figure.derived(new Series(trainings), new Tables(tables::get))
                .forEach(table -> tables.put(table.name(), table));
        return List.copyOf(tables.values());
    }

    /// With the trainings of one group of names in the place of those of another too, a quarter of the steps.
    static List<Table> alike(TrainedFigure figure, Effort effort, String one, String other) {
        Map<String, Experiment> own = own(figure);
        return of(
                figure,
                effort,
                (name, _) -> Optional.ofNullable((Train)
                                own.get(name.startsWith(one + "-") ? other + name.substring(one.length()) : name))
                        .map(train -> train.with(Map.of(
                                "steps", Math.ceil(train.training().ending().steps() / 4.0)))));
    }

    private static Map<String, Experiment> own(TrainedFigure figure) {
        return ((Series) Shipped.draft(figure.caption().id()).size(Size.DEFAULT).trainings()).parts();
    }

    /// @param steps columns with a row for each step
    private record Measurements(List<Column> steps, List<Column> probes) {}

    private static Measurements result(Train train, Effort effort) {
        Training training = train.training();
        EachStep steps = new EachStep();
        TrainingResult result = training.run(
                place -> train.task().at(place, training.run().seed()),
                new Training.Watch(
                        train.watch().sources(train.task(), training),
                        train.watch().layers(),
                        List.of(steps),
                        (_, _) -> !effort.stopped().getAsBoolean(),
                        Optional.empty()));
        return new Measurements(steps.columns(), result.probes().columns());
    }

    /// What is measured at every step, in memory.
    private static final class EachStep implements TrainingSink {
        private final List<String> names = new ArrayList<>(List.of("step"));
        private final List<double[]> rows = new ArrayList<>();

        @Override
        public void begin(List<Measured> live, List<Measured> probed) {
            live.forEach(column -> names.add(column.name()));
        }

        @Override
        public void live(long step, double[] values) {
            double[] row = new double[1 + values.length];
            row[0] = step;
            System.arraycopy(values, 0, row, 1, values.length);
            rows.add(row);
        }

        @Override
        public void probed(long step, double[] values) {
            // the result has them
        }

        List<Column> columns() {
            return IntStream.range(0, names.size())
                    .<Column>mapToObj(i -> new Column.Numbers(
                            names.get(i),
                            "",
                            rows.stream().mapToDouble(row -> row[i]).toArray()))
                    .toList();
        }
    }

    /// For so many steps by gradient descent.
    static Train byGradientDescent(Train train, double lr, long steps) {
        return by(train, "gd", Map.of("lr", lr), steps);
    }

    /// With a learning rate that falls to a ten-thousandth within so many steps, in equal parts, and without what else
    /// changes in the middle. (To a hundredth is too slow for a small β₂: P follows, and the sharpness stays at the
    /// threshold.)
    static Train decaying(Train train, long steps) {
        Schedule falling = new Schedule.Exponential(TrainedRuns.lr(train), Math.pow(1e-4, 1.0 / steps));
        return with(train, train.training().tuned().with(Map.of("lr", falling)), steps);
    }

    /// At a learning rate at which nothing is learned.
    static Train standingStill(Train train, long steps) {
        return with(
                train,
                train.training().tuned().with(Map.of("lr", new Schedule.Constant(1e-7))),
                Math.min(steps, train.training().ending().steps()));
    }

    /// In full batches.
    static Train inFullBatches(Train train) {
        Training training = train.training();
        return new Train(
                train.task(),
                training.with(new Batching(0, 0, training.run().seed())),
                train.watch(),
                train.checkpoints());
    }

    /// By another rule, with its default values but these, without what changes in the middle.
    static Train by(Train train, String rule, Map<String, Double> values, long steps) {
        return with(train, TunedSchedule.constant(Catalogue.shipped(rule), values), steps);
    }

    private static Train with(Train train, TunedSchedule tuned, long steps) {
        Training training = train.training();
        return new Train(
                train.task(),
                new Training(
                        tuned,
                        Training.StopRule.after(steps),
                        training.batching(),
                        training.gradient(),
                        List.of(),
                        training.run()),
                train.watch(),
                train.checkpoints());
    }
}
