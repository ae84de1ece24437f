package adamscope.regime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// Rises of curves with fewer than [#LONGEST] points, whose noise cannot be told well: from ×1.5 out of the lowest
/// point since the rise before, and in a curve of eight points or more by 3 + √(2 ln n) deviations of the noise that
/// the calmer quarter of its moves shows: n normal numbers span about 1.5·√(2 ln n).
final class ShortCurve {
    /// Points from which on the noise is known.
    static final int LONGEST = 40;

    /// The least rise, in decades: ×1.5.
    static final double LEAST = Math.log10(1.5);

    private static final double MORE = 3;

    /// Lower quartile of the magnitude of the difference of two standard normal numbers.
    private static final double LOWER_QUARTILE = 0.3186 * Math.sqrt(2);

    private ShortCurve() {}

    /// The rises of a short curve, in order.
    static List<SpikeEvent> rises(LossCurve curve) {
        double[] y = curve.log10Loss();
        double deviations = MORE + Math.sqrt(2 * Math.log(Math.max(2, y.length)));
        double threshold = Math.max(LEAST, y.length < LossCurve.FEWEST ? 0 : deviations * deviation(y));
        List<SpikeEvent> found = new ArrayList<>();
        int low = 0;
        for (int i = 1; i < y.length; i++) {
            if (y[i] - y[low] < threshold) {
                low = y[i] <= y[low] ? i : low;
                continue;
            }
            int peak = i;
            int end = i;
            while (end < y.length && y[end] > (y[peak] + y[low]) / 2) {
                peak = y[end] > y[peak] ? end : peak;
                end++;
            }
            double height = y[peak] - y[low];
            int onset = peak;
            while (onset > low + 1 && y[onset - 1] > y[low] + height / 10) {
                onset--;
            }
            int back = end;
            while (back < y.length && y[back] > y[low] + height / 4) {
                back++;
            }
            found.add(new SpikeEvent(
                    curve.steps()[onset],
                    curve.steps()[peak],
                    back < y.length ? OptionalLong.of(curve.steps()[back]) : OptionalLong.empty(),
                    height,
                    height / threshold,
                    y[low]));
            low = end < y.length ? end : low;
            i = end;
        }
        return found;
    }

    private static double deviation(double[] y) {
        double[] moves = new double[y.length - 1];
        for (int i = 0; i < moves.length; i++) {
            moves[i] = Math.abs(y[i + 1] - y[i]);
        }
        Arrays.sort(moves);
        return moves[moves.length / 4] / LOWER_QUARTILE;
    }
}
