package adamscope.regime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Rows that a person would point at, but that the noise of this curve brings about: 20 % and six median deviations
/// over the 40 rows before, and no rise.
final class Excursions {
    private static final double MEDIAN_DEVIATIONS = 6;
    private static final int LONGEST = 1_000_000;
    private static final int NAMED = 8;

    private Excursions() {}

    static Optional<CurveShape> of(LossCurve curve, List<SpikeEvent> rises) {
        double[] y = curve.log10Loss();
        if (y.length > LONGEST) {
            return Optional.empty();
        }
        List<int[]> runs = new ArrayList<>();
        double[] heights = new double[y.length];
        for (int i = LocalNoise.REACH; i < y.length; i++) {
            heights[i] = height(y, i);
            if (heights[i] > 0) {
                int[] last = runs.isEmpty() ? null : runs.getLast();
                if (last != null && i - last[0] <= LocalNoise.REACH / 2) {
                    last[0] = i;
                    last[1] = heights[i] > heights[last[1]] ? i : last[1];
                } else {
                    runs.add(new int[] {i, i});
                }
            }
        }
        List<Integer> tops = runs.stream()
                .map(run -> run[1])
                .filter(top -> rises.stream().noneMatch(rise -> belongs(curve, rise, top)))
                .sorted(Comparator.comparingDouble((Integer top) -> heights[top])
                        .reversed())
                .toList();
        return tops.isEmpty()
                ? Optional.empty()
                : Optional.of(new CurveShape.FarRows(
                        tops.size(),
                        tops.stream()
                                .limit(NAMED)
                                .map(top -> curve.steps()[top])
                                .toList(),
                        heights[tops.getFirst()]));
    }

    private static boolean belongs(LossCurve curve, SpikeEvent rise, int top) {
        int to = curve.at(rise.recovery().orElse(rise.peak())) + LocalNoise.REACH;
        return top >= curve.at(rise.onset()) - 1 && top <= to;
    }

    /// Decades over the median of the rows before; 0 where they are too few.
    private static double height(double[] y, int i) {
        int near = 0;
        for (int k = i - 1; k >= i - LocalNoise.REACH && 2 * near <= LocalNoise.REACH; k--) {
            near += y[k] >= y[i] - NarrowRises.LEAST ? 1 : 0;
        }
        if (2 * near > LocalNoise.REACH) {
            return 0;
        }
        double[] before = Arrays.copyOfRange(y, i - LocalNoise.REACH, i);
        double middle = LocalNoise.median(before);
        double height = y[i] - middle;
        double deviation = LocalNoise.median(
                Arrays.stream(before).map(v -> Math.abs(v - middle)).toArray());
        return height > Math.max(NarrowRises.LEAST, MEDIAN_DEVIATIONS * deviation) ? height : 0;
    }
}
