package adamscope.experiment;

import adamscope.dynamics.ClosedMap;
import java.util.List;

/// Full-batch training of a fully connected network, with its preconditioned sharpness probed on the way.
///
/// @param data       `fashion-mnist` for the images that ship with the program, or a folder of IDX files
/// @param images     how many images, from the first
/// @param hidden     widths of the hidden layers
/// @param activation between the layers: `tanh`, `relu` or `gelu`
/// @param loss       `mse`: mean squared error on one-hot labels
/// @param every      steps between two probes
/// @param init       where the averages of the rule begin
/// @param seed       of the initial weights
/// @param precision  `float32` or `float64`
/// @param device     where tensors live: `cpu`, `cuda:0`
public record NetworkTraining(
        TunedRule optimizer,
        String data,
        int images,
        List<Integer> hidden,
        String activation,
        String loss,
        long steps,
        long every,
        ClosedMap.Start init,
        long seed,
        String precision,
        String device)
        implements Experiment {

    public NetworkTraining {
        hidden = List.copyOf(hidden);
        Checks.positive("images", images);
        hidden.forEach(width -> Checks.positive("hidden", width));
        Checks.oneOf("activation", activation, List.of("tanh", "relu", "gelu"));
        Checks.oneOf("loss", loss, List.of("mse"));
        Checks.positive("steps", steps);
        Checks.positive("every", every);
        Checks.oneOf("precision", precision, List.of("float32", "float64"));
        Checks.complete(optimizer, List.of());
    }
}
