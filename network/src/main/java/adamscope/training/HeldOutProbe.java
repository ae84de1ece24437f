package adamscope.training;

import adamscope.data.LabelledImages;
import adamscope.data.Samples;
import adamscope.data.Scaling;
import adamscope.model.BatchLoss;
import adamscope.model.NetworkLoss;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// How a network does on images that its training does not see: columns `heldOutLoss` and `heldOutError`, the share of
/// images whose largest output is not that of their class.
///
/// The images are scaled by their own mean and deviation, all pixels alike.
public final class HeldOutProbe implements Probe {
    private final int every;
    private final NetworkLoss loss;
    private final Samples samples;

    private HeldOutProbe(int every, NetworkLoss loss, Samples samples) {
        this.every = every;
        this.loss = loss;
        this.samples = samples;
    }

    /// A probe that looks after step 1 and every so many steps.
    ///
    /// @throws IllegalArgumentException from the source, for a loss that is not one of a network on samples
    public static Probe.Source source(int every, LabelledImages images) {
        if (every < 1) {
            throw new IllegalArgumentException("every = " + every + " is outside [1, inf)");
        }
        return (BatchLoss loss, TunedSchedule _) -> switch (loss) {
            case NetworkLoss network ->
                new HeldOutProbe(every, network, images.toSamples(loss.place(), Scaling.STANDARD));
            default ->
                throw new IllegalArgumentException("held-out images need a network that learns from images, not "
                        + loss.getClass().getSimpleName());
        };
    }

    @Override
    public List<Measured> measured() {
        return List.of(Measured.number("heldOutLoss"), Measured.number("heldOutError"));
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
