package adamscope.experiment;

import adamscope.data.FashionMnist;
import adamscope.data.ImageSource;
import adamscope.data.Scaling;
import adamscope.data.Subset;
import adamscope.dynamics.ClosedMap;
import adamscope.model.Activation;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import adamscope.training.Batching;
import adamscope.training.CheckpointFolder;
import adamscope.training.GradientChanges;
import adamscope.training.ProbePlan;
import adamscope.training.Task;
import adamscope.training.Training;
import adamscope.training.TunedSchedule;
import java.util.List;
import java.util.Optional;

/// Reads `kind: network`, as full-batch trainings of fully connected networks on shipped images were once written; they
/// are trainings like others.
record NetworkFields(Fields fields) {
    private static final int WIDEST = 10_000;

    Train read(TunedRule optimizer) {
        Checks.oneOf("data", fields.text("data", "fashion-mnist"), List.of("fashion-mnist"));
        int images = (int) fields.whole("images", 1, Integer.MAX_VALUE, 1000);
        Checks.atMost("images", images, FashionMnist.SHIPPED, "so many ship with the program");
        List<Integer> hidden = fields.wholes("hidden", 1, List.of(200, 200, 200, 200, 200));
        hidden.forEach(width -> Checks.atMost("hidden", width, WIDEST, "make the layer narrower"));
        Activation activation = fields.choice("activation", Activation.TANH);
        Checks.oneOf("loss", fields.text("loss", "mse"), List.of("mse"));
        long steps = fields.whole("steps", 1, Integer.MAX_VALUE);
        int every = (int) fields.whole("every", 1, Integer.MAX_VALUE, 10);
        long seed = fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, 0);
        Checks.complete(optimizer, List.of());
        Training training = new Training(
                TunedSchedule.constant(optimizer.rule(), optimizer.values()),
                Training.Ending.after(steps),
                new Batching(0, 0, seed),
                GradientChanges.NONE,
                List.of(),
                new Training.Settings(
                        seed,
                        fields.choice("init", ClosedMap.Start.ZERO),
                        new Place(fields.text("device", "cpu"), fields.choice("precision", Precision.FLOAT32)),
                        1));
        Task task = new Task(
                new ModelSource.Dense(hidden, activation),
                Optional.of(new ImageSource(new ImageSource.Format.Shipped(), Subset.first(images), Scaling.STANDARD)),
                Optional.of(Criterion.HALF_SQUARED));
        return new Train(task, training, Optional.of(ProbePlan.every(every)), 0, CheckpointFolder.Policy.STANDARD);
    }
}
