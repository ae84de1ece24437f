package adamscope.log;

import java.util.ArrayList;
import java.util.List;

/// The points of one tag in the order of the file, thinned when told so.
///
/// Thinning keeps of each group of 2^(level+1) neighbours the lowest and the highest value, so a spike one step wide
/// outlives it. NaN counts as the highest value.
final class LoggedSeries {
    private static final int CHUNK = 1 << 9;

    private final List<long[]> steps = new ArrayList<>();
    private final List<double[]> values = new ArrayList<>();
    private int size;
    private long seen;
    private long notFinite;
    private long lastStep = Long.MIN_VALUE;
    private int level;
    private final Group group = new Group();

    /// The points in order, as two arrays of one length.
    record Points(long[] steps, double[] values) {}

    /// Takes a point; how many more are held now.
    int add(long step, double value) {
        int before = size;
        seen++;
        lastStep = step;
        if (!Double.isFinite(value)) {
            notFinite++;
        }
        if (level == 0) {
            append(step, value);
        } else {
            group.add(step, value);
            if (group.count == 2L << level) {
                group.flushTo(this);
            }
        }
        return size - before;
    }

    /// How many points came in.
    long seen() {
        return seen;
    }

    /// The step of the point that came last.
    long lastStep() {
        return lastStep;
    }

    /// How many of them were NaN or infinite.
    long notFinite() {
        return notFinite;
    }

    /// How many points are held.
    int size() {
        return size;
    }

    /// Points for which two are held; 1: all are.
    long thinning() {
        return level == 0 ? 1 : 2L << level;
    }

    /// Halves what is held.
    void thin() {
        group.flushTo(this);
        level++;
        int held = size;
        size = 0;
        Group four = new Group();
        for (int i = 0; i < held; i++) {
            four.add(steps.get(i / CHUNK)[i % CHUNK], values.get(i / CHUNK)[i % CHUNK]);
            if (four.count == 4) {
                four.flushTo(this);
            }
        }
        four.flushTo(this);
        while (steps.size() > size / CHUNK + 1) {
            steps.removeLast();
            values.removeLast();
        }
    }

    Points points() {
        LoggedSeries rest = new LoggedSeries();
        group.copyTo(rest);
        long[] allSteps = new long[size + rest.size];
        double[] allValues = new double[size + rest.size];
        copy(allSteps, allValues, 0);
        rest.copy(allSteps, allValues, size);
        return new Points(allSteps, allValues);
    }

    private void copy(long[] allSteps, double[] allValues, int at) {
        for (int from = 0; from < size; from += CHUNK) {
            int length = Math.min(CHUNK, size - from);
            System.arraycopy(steps.get(from / CHUNK), 0, allSteps, at + from, length);
            System.arraycopy(values.get(from / CHUNK), 0, allValues, at + from, length);
        }
    }

    private void append(long step, double value) {
        if (size / CHUNK == steps.size()) {
            steps.add(new long[CHUNK]);
            values.add(new double[CHUNK]);
        }
        steps.get(size / CHUNK)[size % CHUNK] = step;
        values.get(size / CHUNK)[size % CHUNK] = value;
        size++;
    }

    /// Lowest and highest of the points since the last flush.
    private static final class Group {
        private int count;
        private long lowStep;
        private long highStep;
        private double low;
        private double high;
        private boolean lowFirst;

        void add(long step, double value) {
            if (count == 0 || Double.compare(value, low) < 0) {
                low = value;
                lowStep = step;
                lowFirst = false;
            }
            if (count == 0 || Double.compare(value, high) > 0) {
                high = value;
                highStep = step;
                lowFirst = true;
            }
            count++;
        }

        void flushTo(LoggedSeries series) {
            copyTo(series);
            count = 0;
        }

        void copyTo(LoggedSeries series) {
            if (count == 0) {
                return;
            }
            if (Double.compare(low, high) == 0) {
                series.append(lowStep, low);
            } else if (lowFirst) {
                series.append(lowStep, low);
                series.append(highStep, high);
            } else {
                series.append(highStep, high);
                series.append(lowStep, low);
            }
        }
    }
}
