package adamscope.cli;

import adamscope.data.LabelledImages;
import adamscope.experiment.NetworkTraining;
import adamscope.model.BatchLoss;
import adamscope.model.FullyConnected;
import adamscope.model.NetworkLoss;
import adamscope.tensor.Place;
import adamscope.training.Batching;
import adamscope.training.GradientChanges;
import adamscope.training.Training;
import adamscope.training.TunedSchedule;
import java.util.List;
import java.util.function.Function;

/// An experiment of kind `network` as a training and its loss.
final class NetworkPlan {
    private NetworkPlan() {}

    /// Full batch, constant hyper-parameters.
    static Training training(NetworkTraining network) {
        return new Training(
                TunedSchedule.constant(
                        network.optimizer().rule(), network.optimizer().values()),
                Training.Ending.after(network.steps()),
                Batching.FULL,
                GradientChanges.NONE,
                List.of(),
                new Training.Settings(network.seed(), network.init(), network.place(), 1));
    }

    /// Half the mean squared distance on these images.
    static Function<Place, BatchLoss> loss(NetworkTraining network, LabelledImages images) {
        FullyConnected model = new FullyConnected(network.widths(), network.activation());
        return place -> NetworkLoss.halfSquared(model, images.toSamples(place));
    }
}
