package adamscope.regime;

import java.util.Arrays;

/// The noise of a curve around a point, from medians, and how far noise alone may lead within the whole curve.
///
/// The largest of n normal numbers is about √(2 ln n) deviations out. A deviation from the median of 2·[#REACH]
/// distances is itself uncertain by 1.17/√(2·REACH) = 13 %, which is allowed for in [#UNCERTAIN].
final class LocalNoise {
    /// Points that are looked at on each side.
    static final int REACH = 40;

    private static final int FEWEST = 20;
    private static final double UNCERTAIN = 2 * 1.17;

    /// Of the median magnitude of a standard normal number.
    private static final double TO_DEVIATION = 1 / 0.6745;
    /// Exceeded by a standard normal number once in ten and once in twenty times.
    private static final double NORMAL_TENTH = 1.2816;

    private static final double NORMAL_TWENTIETH = 1.6449;
    /// A tail that is measured may hold other rises, so less is allowed for than with the middle.
    private static final double TAIL = 1.2;

    private final double[] y;
    private final double extreme;

    LocalNoise(double[] y) {
        this.y = y;
        this.extreme = Math.sqrt(2 * Math.log(Math.max(2, y.length)));
    }

    /// What noise may reach above the level of the points before `onset`; 0 where they are too few to tell.
    ///
    /// The smaller of two measures there: distances from the median, which a trend enlarges, and differences of
    /// neighbours, which a swing enlarges; and no less than the differences on both sides of the rise tell.
    double bound(int onset, int peak) {
        double[] before = Arrays.copyOfRange(y, Math.max(0, onset - 2 * REACH), onset);
        if (before.length < FEWEST) {
            return 0;
        }
        double[] differences = differences(before);
        int from = Math.min(y.length, peak + REACH / 4);
        double[] after = differences(Arrays.copyOfRange(y, from, Math.min(y.length, from + 2 * REACH)));
        double[] both = Arrays.copyOf(differences, differences.length + after.length);
        System.arraycopy(after, 0, both, differences.length, after.length);
        return extreme
                * Math.max(
                        allowed(before.length) * Math.min(deviation(before), deviation(differences) / Math.sqrt(2)),
                        allowed(both.length) * deviation(both) / Math.sqrt(2));
    }

    private static double allowed(int points) {
        return 1 + UNCERTAIN / Math.sqrt(points);
    }

    private static double[] differences(double[] points) {
        double[] differences = new double[Math.max(0, points.length - 1)];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = points[i + 1] - points[i];
        }
        return differences;
    }

    /// What noise may reach above the median of such points.
    ///
    /// Where large values are more frequent than with normal noise, the tail counts and not the middle.
    double bound(double[] points) {
        double deviation = deviation(points) * (1 + 5 * 1.17 / Math.sqrt(points.length));
        double[] sorted = points.clone();
        Arrays.sort(sorted);
        double middle = median(sorted);
        double tenth = (sorted[Math.max(0, sorted.length - 2 * REACH / 10)] - middle) / NORMAL_TENTH;
        double twentieth = (sorted[Math.max(0, sorted.length - 2 * REACH / 20)] - middle) / NORMAL_TWENTIETH;
        return extreme * Math.max(deviation, TAIL * Math.max(1.08 * tenth, twentieth));
    }

    private static double deviation(double[] points) {
        double middle = median(points);
        return TO_DEVIATION
                * median(Arrays.stream(points).map(v -> Math.abs(v - middle)).toArray());
    }

    static double median(double[] points) {
        double[] sorted = points.clone();
        Arrays.sort(sorted);
        return 0.5 * (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]);
    }
}
