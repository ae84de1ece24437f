package adamscope.diagnosis;

import adamscope.regime.SpikeEvent;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Reads what the loss scale did about a rise.
///
/// @param scale by row, NaN where it is not logged
record ScaleReading(double[] scale, SpikeEvent event, int onset, int peak) {

    /// The largest change about the rise, in powers of two.
    double change() {
        double largest = Double.NaN;
        for (int row = Math.max(1, onset - SignReading.NEAR); row <= Math.min(peak, scale.length - 1); row++) {
            double change = Math.log(scale[row] / scale[row - 1]) / Math.log(2);
            if (Double.isFinite(change)) {
                largest = Double.isNaN(largest) || Math.abs(change) > Math.abs(largest) ? change : largest;
            }
        }
        return largest;
    }

    /// The share of rows at which it changed; NaN where it is not logged.
    double changes() {
        long changes = IntStream.range(1, scale.length)
                .filter(row -> Math.abs(scale[row] - scale[row - 1]) > 0)
                .count();
        return Arrays.stream(scale).allMatch(Double::isNaN) ? Double.NaN : (double) changes / scale.length;
    }

    /// How often it was cut in a row.
    int halvings() {
        int cuts = 0;
        // While the loss stays up the scale may go on falling.
        int last = event.recovery().isPresent() ? peak : peak + 50;
        for (int row = Math.max(1, peak - 50); row <= Math.min(last, scale.length - 1); row++) {
            cuts = scale[row] > scale[row - 1] ? 0 : scale[row] < scale[row - 1] ? cuts + 1 : cuts;
        }
        return cuts;
    }
}
