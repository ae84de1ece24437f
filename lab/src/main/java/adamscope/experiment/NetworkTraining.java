package adamscope.experiment;

import adamscope.data.FashionMnist;
import adamscope.dynamics.ClosedMap;
import adamscope.model.Activation;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import java.util.ArrayList;
import java.util.List;

/// Full-batch training of a fully connected network, with its preconditioned sharpness probed on the way.
///
/// @param data       `fashion-mnist`: the images that ship with the program
/// @param images     how many images, from the first
/// @param hidden     widths of the hidden layers
/// @param activation between the layers
/// @param loss       `mse`: mean squared error on one-hot labels
/// @param every      steps between two probes
/// @param init       where the averages of the rule begin
/// @param seed       of the initial weights
/// @param precision  of every number of the network
/// @param device     where tensors live: `cpu`, `cuda:0`
public record NetworkTraining(
        TunedRule optimizer,
        String data,
        int images,
        List<Integer> hidden,
        Activation activation,
        String loss,
        int steps,
        int every,
        ClosedMap.Start init,
        long seed,
        Precision precision,
        String device)
        implements Experiment {

    private static final int WIDEST = 10_000;

    public NetworkTraining {
        hidden = List.copyOf(hidden);
        Checks.oneOf("data", data, List.of("fashion-mnist"));
        Checks.positive("images", images);
        Checks.atMost("images", images, FashionMnist.SHIPPED, "so many ship with the program");
        for (int width : hidden) {
            Checks.positive("hidden", width);
            Checks.atMost("hidden", width, WIDEST, "make the layer narrower");
        }
        Checks.oneOf("loss", loss, List.of("mse"));
        Checks.positive("steps", steps);
        Checks.positive("every", every);
        Checks.complete(optimizer, List.of());
        new Place(device, precision);
    }

    /// Widths from the pixels of an image to the classes.
    public List<Integer> widths() {
        List<Integer> widths = new ArrayList<>(hidden);
        widths.addFirst(FashionMnist.PIXELS);
        widths.addLast(FashionMnist.CLASSES);
        return widths;
    }

    /// The same training with another optimizer and seed.
    public NetworkTraining with(TunedRule other, long otherSeed) {
        return new NetworkTraining(
                other, data, images, hidden, activation, loss, steps, every, init, otherSeed, precision, device);
    }

    /// Where tensors live and how their numbers are stored.
    public Place place() {
        return new Place(device, precision);
    }
}
