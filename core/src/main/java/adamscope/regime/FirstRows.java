package adamscope.regime;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// The rise of the first rows of a curve, where no level is known yet: from [#LEAST] out of the lowest row so far.
final class FirstRows {
    /// The least rise, in decades: tenfold.
    static final double LEAST = 1;

    private FirstRows() {}

    /// The highest of the first rows over the lowest before it.
    static Optional<SpikeEvent> rise(LossCurve curve, LocalNoise noise, int window) {
        double[] y = curve.log10Loss();
        int low = 0;
        int from = 0;
        int peak = 0;
        for (int i = 1; i <= window && i < y.length; i++) {
            low = y[i] < y[low] ? i : low;
            if (y[i] - y[low] > y[peak] - y[from]) {
                from = low;
                peak = i;
            }
        }
        double height = y[peak] - y[from];
        int onset = peak;
        while (onset > from + 1 && y[onset - 1] > y[from] + height / 10) {
            onset--;
        }
        double[] after = Arrays.copyOfRange(y, peak + 1, Math.min(y.length, peak + 1 + 2 * LocalNoise.REACH));
        double bound = Math.max(LEAST, noise.bound(after));
        if (height < bound) {
            return Optional.empty();
        }
        OptionalLong back = OptionalLong.empty();
        for (int i = y.length - 1; i > peak; i--) {
            back = y[i] <= y[from] + height / 10 ? OptionalLong.of(curve.steps()[i]) : back;
        }
        return Optional.of(
                new SpikeEvent(curve.steps()[onset], curve.steps()[peak], back, height, height / bound, y[from]));
    }
}
