package adamscope.paper;

import adamscope.experiment.Series;
import adamscope.experiment.Shipped;
import adamscope.experiment.Size;
import adamscope.experiment.Train;
import adamscope.optimizer.Catalogue;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.table.Table;
import adamscope.training.Training;
import adamscope.training.TrainingResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Trainings of a figure made otherwise, so that its statements are false: the first of each group, at the default
/// size.
final class ControlRuns {
    private ControlRuns() {}

    /// The tables that the figure's statements read, of other trainings.
    static List<Table> of(TrainedFigure figure, Effort effort, UnaryOperator<Train> change) {
        Series own =
                (Series) Shipped.draft(figure.caption().id()).size(Size.DEFAULT).trainings();
        Map<String, Train> trainings = new LinkedHashMap<>();
        own.parts().forEach((name, part) -> {
            if (name.endsWith("-1")) {
                trainings.put(name, change.apply((Train) part));
            }
        });
        List<Table> tables =
                new ArrayList<>(List.of(TrainedRuns.index(figure, new Series(new LinkedHashMap<>(trainings)))));
        trainings.forEach((name, train) -> {
            TrainingResult result = result(train, effort);
            tables.add(new Table(name + "-probes", result.probes().columns()));
            tables.add(new Table(name + "-measurements", result.losses().columns()));
        });
        return tables;
    }

    private static TrainingResult result(Train train, Effort effort) {
        Training training = train.training();
        return training.run(
                place -> train.task().at(place, training.run().seed()),
                Training.Watch.of(
                        train.watch().sources(train.task(), training),
                        (_, _) -> !effort.stopped().getAsBoolean()));
    }

    /// For so many steps by gradient descent.
    static Train byGradientDescent(Train train, double lr, long steps) {
        return with(train, TunedSchedule.constant(Catalogue.shipped("gd"), Map.of("lr", lr)), steps);
    }

    /// With a learning rate that falls to a ten-thousandth within so many steps, in equal parts, and without what else
    /// changes in the middle. (To a hundredth is too slow for a small β₂: P follows, and the sharpness stays at the
    /// threshold.)
    static Train decaying(Train train, long steps) {
        Schedule falling = new Schedule.Exponential(TrainedRuns.lr(train), Math.pow(1e-4, 1.0 / steps));
        return with(train, train.training().tuned().with(Map.of("lr", falling)), steps);
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
