package adamscope.experiment;

import adamscope.data.FashionMnist;
import adamscope.data.ImageSource;
import adamscope.data.Scaling;
import adamscope.data.Subset;
import adamscope.model.Activation;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.probe.ProbePlan;
import adamscope.rule.Schedule;
import adamscope.rule.TunedSchedule;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.Place;
import adamscope.training.Batching;
import adamscope.training.CheckpointPolicy;
import adamscope.training.GradientChanges;
import adamscope.training.Task;
import adamscope.training.Training;
import adamscope.training.WatchPlan;
import java.util.List;
import java.util.Optional;

/// `kind: network`, as full-batch trainings of fully connected networks on shipped images were once written. It is
/// read, and written as the training that it is.
final class NetworkShape {
    private static final int WIDEST = 10_000;
    private static final int IMAGES = 1000;

    private NetworkShape() {}

    static final Shape<Train> SHAPE = Shape.of(keys -> {
        var optimizer =
                keys.add(TunedSchedule.OPTIMIZER, train -> train.training().tuned());
        keys.add(only("data", "fashion-mnist"), train -> "fashion-mnist");
        var images = keys.add(
                Key.of("images", Forms.count(1), "how many, from the first")
                        .checked((count, in) ->
                                Checks.atMost("images", count, FashionMnist.SHIPPED, "so many ship with the program"))
                        .orElse(IMAGES),
                train -> IMAGES);
        var hidden = keys.add(
                Key.of("hidden", Forms.list(Forms.count(1), "whole numbers"), "widths of the hidden layers")
                        .checked((widths, in) -> widths.forEach(
                                width -> Checks.atMost("hidden", width, WIDEST, "make the layer narrower")))
                        .orElse(List.of(200, 200, 200, 200, 200)),
                train -> List.of());
        var activation = keys.add(
                Key.of("activation", Forms.constant(Activation.values()), "between the layers")
                        .orElse(Activation.TANH),
                train -> Activation.TANH);
        keys.add(only("loss", "mse"), train -> "mse");
        var steps = keys.add(Schedule.STEPS, train -> train.training().ending().steps());
        var every = keys.add(
                Key.of("every", Forms.count(1), "steps between two probes").orElse(10), train -> 10);
        var init = keys.add(FormulaKeys.init(), train -> train.training().run().start());
        var seed = keys.add(Train.seed(), train -> train.training().run().seed());
        var precision = keys.add(
                Train.precision(), train -> train.training().run().place().precision());
        var device =
                keys.add(Train.device(), train -> train.training().run().place().device());
        return in -> new Train(
                new Task(
                        new ModelSource.Dense(in.get(hidden), in.get(activation), true),
                        Optional.of(new ImageSource(
                                new ImageSource.Format.Bundled(), Subset.first(in.get(images)), Scaling.STANDARD)),
                        Optional.of(Criterion.HALF_SQUARED)),
                new Training(
                        in.get(optimizer),
                        Training.StopRule.after(in.get(steps)),
                        new Batching(0, 0, in.get(seed)),
                        GradientChanges.NONE,
                        List.of(),
                        new Training.Conditions(
                                in.get(seed), in.get(init), new Place(in.get(device), in.get(precision)), 1)),
                WatchPlan.of(Optional.of(ProbePlan.every(in.get(every))), 0),
                CheckpointPolicy.DEFAULT);
    });

    private static Key<String> only(String name, String word) {
        return Key.of(name, Forms.word(List.of(word), text -> text), "always this")
                .orElse(word);
    }
}
