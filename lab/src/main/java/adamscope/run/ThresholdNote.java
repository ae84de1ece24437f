package adamscope.run;

import adamscope.probe.Measured;
import adamscope.probe.SharpnessProbe;
import adamscope.regime.Quantity;
import adamscope.training.TrainingSink;
import java.util.List;
import java.util.Locale;

/// The last preconditioned sharpness of a running training as a multiple of the threshold, for the line of its
/// progress.
final class ThresholdNote implements TrainingSink {
    private List<String> names = List.of();
    private volatile String words = "";

    /// Such as `, sharpness 0.97 of the threshold at step 120`; empty before the first measurement.
    String words() {
        return words;
    }

    @Override
    public void begin(List<Measured> live, List<Measured> probed) {
        names = probed.stream().map(Measured::name).toList();
    }

    @Override
    public void live(long step, double[] row) {}

    @Override
    public void probed(long step, double[] row) {
        int sharpness = names.indexOf(Quantity.PRECONDITIONED_SHARPNESS);
        int threshold = names.indexOf(SharpnessProbe.THRESHOLD);
        if (sharpness < 0 || threshold < 0) {
            return;
        }
        words = Double.isNaN(row[threshold])
                ? String.format(Locale.ROOT, ", sharpness %.4g at step %d", row[sharpness], step)
                : String.format(
                        Locale.ROOT,
                        ", sharpness %.3f of the threshold at step %d",
                        row[sharpness] / row[threshold],
                        step);
    }
}
