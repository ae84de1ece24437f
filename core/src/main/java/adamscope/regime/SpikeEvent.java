package adamscope.regime;

import java.util.Locale;
import java.util.OptionalLong;

/// A rise of the loss out of its level.
///
/// @param onset    first step above the level
/// @param peak     step of the largest loss
/// @param recovery first step at which the loss was back, within a tenth of the height; empty if it was not before the
///                 next rise or the end
/// @param height   log₁₀ of the peak over the level before the onset, in decades; infinite where the loss was no number
/// @param excess   height in units of what counts as a rise on this curve, at least about 1
/// @param level    log₁₀ of the loss before the onset
public record SpikeEvent(long onset, long peak, OptionalLong recovery, double height, double excess, double level) {

    /// Whether the loss was infinite or no number.
    public boolean broken() {
        return Double.isInfinite(height);
    }

    /// Steps from the level to the peak, at least 1.
    public long climb() {
        return peak - onset + 1;
    }

    /// `×320`, the peak in units of the level.
    public String factor() {
        if (broken()) {
            return "to no number";
        }
        return height < 300
                ? String.format(Locale.ROOT, "×%.3g", Math.pow(10, height))
                : String.format(Locale.ROOT, "×1e%.1f", height);
    }
}
