package adamscope.probe;

import adamscope.data.DataSource;
import adamscope.data.ImageSource;
import adamscope.data.Samples;
import adamscope.model.BatchLoss;
import adamscope.model.NetworkLoss;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Place;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// How a network does on samples that its training does not see: columns `heldOutLoss` and, of images, `heldOutError`,
/// the share whose largest output is not that of their class.
///
/// Images are scaled by their own mean and deviation.
final class HeldOutProbe implements Probe {
    private final int every;
    private final NetworkLoss loss;
    private final Samples samples;
    private final boolean classes;

    private HeldOutProbe(int every, NetworkLoss loss, Samples samples, boolean classes) {
        this.every = every;
        this.loss = loss;
        this.samples = samples;
        this.classes = classes;
    }

    /// A probe that looks after step 1 and every so many steps.
    ///
    /// @throws IllegalArgumentException from the source, for a loss that is not one of a network on samples
    static Probe.Source source(int every, DataSource held) {
        return source(every, place -> held.read(place).samples(), held instanceof ImageSource);
    }

    /// @param classes whether targets are classes, one-hot
    static Probe.Source source(int every, Function<Place, Samples> held, boolean classes) {
        if (every < 1) {
            throw new IllegalArgumentException("every = " + every + " is outside [1, inf)");
        }
        return (BatchLoss loss, TunedSchedule _) -> switch (loss) {
            case NetworkLoss network -> new HeldOutProbe(every, network, held.apply(loss.place()), classes);
            default ->
                throw new IllegalArgumentException(
                        "evaluate: held-out data need a network that learns from data; this one makes its own");
        };
    }

    @Override
    public List<Measured> measured() {
        Measured mean = Measured.number("heldOutLoss");
        return classes ? List.of(mean, Measured.number("heldOutError")) : List.of(mean);
    }

    @Override
    public boolean includes(long step) {
        return step == 1 || step % every == 0;
    }

    @Override
    public double[] measure(Stepped stepped) {
        try (PointerScope _ = new PointerScope()) {
            Tensor outputs = loss.network().output(stepped.theta().detach(), samples.inputs());
            double mean = loss.criterion().mean(outputs, samples.targets()).item_double();
            if (!classes) {
                return new double[] {mean};
            }
            Tensor wrong = torch.argmax(outputs, new org.bytedeco.pytorch.LongOptional(1), false)
                    .ne(torch.argmax(samples.targets(), new org.bytedeco.pytorch.LongOptional(1), false));
            return new double[] {mean, (double) wrong.sum().item_long() / samples.count()};
        }
    }

    @Override
    public Map<String, Tensor> memory() {
        return Map.of();
    }
}
