package adamscope.regime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Finds what a curve did on the large scale: stalls, staircases, shifts of the level, drifts.
///
/// Works on medians of blocks, at most [#MOST] of them, so on what no single row decides; its time grows linearly.
public final class ShapeSearch {
    private static final int MOST = 20_000;
    private static final int COARSE = 96;

    private static final double KNEE = 0.05;
    private static final double LEAST_BEFORE_KNEE = 0.1;

    private static final double LEAST_DROP = 0.03;
    private static final int FEWEST_DROPS = 3;
    private static final double ALIKE = 0.8;

    private static final double LEAST_SHIFT = 0.05;
    private static final double BEYOND_NOISE = 8;
    private static final int MOST_SHIFTS = 5;

    private final LossCurve curve;
    private final int block;
    private final double[] y;
    private final double[] sums;

    private ShapeSearch(LossCurve curve) {
        this.curve = curve;
        this.block = (curve.points() + MOST - 1) / MOST;
        this.y = medians(curve.log10Loss(), curve.points() / block);
        this.sums = new double[y.length + 1];
        for (int i = 0; i < y.length; i++) {
            sums[i + 1] = sums[i] + y[i];
        }
    }

    /// The shapes of the loss of a log whose rises are known.
    public static List<CurveShape> of(RunLog log, LossCurve curve, List<SpikeEvent> rises) {
        double[] epochs = Arrays.stream(log.numbers(Quantity.EPOCH).orElse(new double[0]))
                .filter(Double::isFinite)
                .toArray();
        double passed = epochs.length == 0 ? 0 : epochs[epochs.length - 1] - epochs[0];
        return of(curve, rises, passed >= FEWEST_DROPS ? curve.points() / passed : 0);
    }

    /// The stall alone.
    static Optional<CurveShape.Stall> stall(LossCurve curve, List<SpikeEvent> rises) {
        return curve.points() < COARSE ? Optional.empty() : new ShapeSearch(curve).stall(rises);
    }

    /// @param epoch length of an epoch in points; 0 if it is not known
    static List<CurveShape> of(LossCurve curve, List<SpikeEvent> rises, double epoch) {
        if (curve.points() < COARSE) {
            return List.of();
        }
        ShapeSearch search = new ShapeSearch(curve);
        List<CurveShape> found = new ArrayList<>();
        search.stall(rises).ifPresent(found::add);
        Optional<CurveShape> staircase = search.staircase(epoch);
        staircase.ifPresent(found::add);
        if (staircase.isEmpty()) {
            found.addAll(search.shifts(rises));
        }
        search.drift(rises).ifPresent(found::add);
        Excursions.of(curve, rises).ifPresent(found::add);
        return List.copyOf(found);
    }

    /// The first knee: as much before it as after it, the fall ends; and to the end nothing of note is gained.
    private Optional<CurveShape.Stall> stall(List<SpikeEvent> rises) {
        double[] m = medians(y, COARSE);
        double end = m[COARSE - 1];
        for (int k = 2; k <= 3 * COARSE / 4; k++) {
            int w = Math.max(2, Math.min(k, COARSE - k) / 3);
            if (k < w || k + w >= COARSE) {
                continue;
            }
            double before = m[k - w] - m[k];
            double after = m[k] - m[k + w];
            double fell = m[0] - m[k];
            boolean knee = before >= LEAST_BEFORE_KNEE && Math.abs(after) <= KNEE * before;
            long step = curve.steps()[(int) ((long) k * curve.points() / COARSE)];
            boolean calm = rises.stream()
                    .noneMatch(rise -> rise.recovery().isEmpty() && (rise.peak() >= step || rise.height() > fell / 4));
            if (knee && calm && Math.abs(m[k] - end) <= KNEE * fell) {
                return Optional.of(new CurveShape.Stall(step, fell, m[k] - end));
            }
        }
        return Optional.empty();
    }

    /// The period at whose multiples the mean over an eighth of it falls most; more than half of the whole fall.
    private Optional<CurveShape> staircase(double epoch) {
        double least = epoch >= 8L * block ? epoch / block * 0.95 : 16;
        double most = epoch >= 8L * block ? epoch / block * 1.05 + 1 : y.length / (FEWEST_DROPS + 0.5);
        double bestShare = epoch > 0 ? 0.5 : 0.6;
        Optional<CurveShape> best = Optional.empty();
        for (int period = (int) least; period <= most; period++) {
            double[] drops = drops(period, period);
            if (drops.length < FEWEST_DROPS) {
                break;
            }
            double[] sorted = drops.clone();
            Arrays.sort(sorted);
            double middle = sorted[sorted.length / 2];
            double total = Arrays.stream(drops).sum();
            double fall = mean(0, period / 2) - mean(y.length - period / 2, y.length);
            double share = total / Math.max(fall, total);
            long alike = Arrays.stream(drops).filter(d -> d > middle / 4).count();
            long flat = Arrays.stream(drops(period + period / 2, period))
                    .filter(d -> Math.abs(d) < middle / 4)
                    .count();
            boolean stairs = alike >= ALIKE * drops.length && flat >= ALIKE * (drops.length - 1);
            if (fall > 0 && middle >= LEAST_DROP && stairs && share > bestShare) {
                bestShare = share;
                long[] steps = curve.steps();
                best = Optional.of(new CurveShape.Staircase(
                        steps[period * block],
                        steps[period * block] - steps[0],
                        drops.length,
                        middle,
                        Math.abs(period * block - epoch) < Math.max(2, 0.02 * epoch)));
            }
        }
        return best;
    }

    private double[] drops(int first, int period) {
        int w = Math.max(2, period / 8);
        int count = 0;
        double[] drops = new double[y.length / period + 1];
        for (int at = first; at + w <= y.length; at += period) {
            drops[count++] = mean(at - w, at) - mean(at, at + w);
        }
        return Arrays.copyOf(drops, count);
    }

    /// Sudden falls of the level that last, the largest first found and the others away from it.
    private List<CurveShape> shifts(List<SpikeEvent> rises) {
        int w = Math.clamp(y.length / 50, 10, 400);
        double[] fall = new double[y.length];
        for (int i = w; i + w <= y.length; i++) {
            fall[i] = mean(i - w, i) - mean(i, i + w);
        }
        double[] usual = Arrays.stream(fall, w, Math.max(w + 1, y.length - w))
                .map(Math::abs)
                .sorted()
                .toArray();
        double bound = Math.max(LEAST_SHIFT, BEYOND_NOISE * usual[usual.length / 2]);
        List<CurveShape> found = new ArrayList<>();
        for (int i = 2 * w; i + 2 * w < y.length && found.size() < MOST_SHIFTS; i++) {
            if (fall[i] < bound || !highest(fall, i, w)) {
                continue;
            }
            int quarter = Math.max(2, w / 4);
            boolean sudden = mean(i - quarter, i) - mean(i, i + quarter) >= 0.8 * fall[i];
            boolean lasts = mean(i - 2 * w, i - w) - mean(i + w, i + 2 * w) >= 0.8 * fall[i];
            long step = curve.steps()[i * block];
            long near = curve.steps()[Math.min(curve.points() - 1, (i + w) * block)] - step;
            boolean afterRise = rises.stream()
                    .anyMatch(rise ->
                            rise.onset() <= step + near && rise.recovery().orElse(rise.peak()) >= step - near);
            if (sudden && lasts && !afterRise) {
                found.add(new CurveShape.Shift(step, -fall[i]));
            }
        }
        return found;
    }

    private static boolean highest(double[] values, int at, int reach) {
        for (int k = Math.max(0, at - reach); k <= Math.min(values.length - 1, at + reach); k++) {
            if (values[k] > values[at] || values[k] == values[at] && k < at) {
                return false;
            }
        }
        return true;
    }

    /// The largest climb from a coarse median to a later one, without the rows of rises.
    private Optional<CurveShape> drift(List<SpikeEvent> rises) {
        double[] m = medians(y, COARSE / 2);
        boolean[] risen = new boolean[m.length];
        for (SpikeEvent rise : rises) {
            int from = part(rise.onset());
            int to = rise.recovery().isPresent() ? part(rise.recovery().getAsLong()) : m.length - 1;
            Arrays.fill(risen, from, to + 1, true);
        }
        double[] moves = new double[m.length - 1];
        for (int i = 0; i < moves.length; i++) {
            moves[i] = Math.abs(m[i + 1] - m[i]);
        }
        Arrays.sort(moves);
        double bound = Math.max(LEAST_SHIFT, BEYOND_NOISE * moves[moves.length / 2]);
        int low = 0;
        int from = 0;
        int to = 0;
        for (int i = 0; i < m.length; i++) {
            if (risen[i]) {
                low = i + 1;
                continue;
            }
            low = low >= m.length || m[i] < m[low] ? i : low;
            if (m[i] - m[low] > m[to] - m[from]) {
                from = low;
                to = i;
            }
        }
        boolean slow = to - from >= m.length / 8;
        return slow && m[to] - m[from] >= bound
                ? Optional.of(new CurveShape.Drift(start(from, m.length), start(to, m.length), m[to] - m[from]))
                : Optional.empty();
    }

    private int part(long step) {
        int parts = COARSE / 2;
        return (int) Math.min(parts - 1L, (long) curve.at(step) * parts / curve.points());
    }

    private long start(int part, int parts) {
        return curve.steps()[(int) ((long) part * curve.points() / parts)];
    }

    private double mean(int from, int to) {
        return (sums[to] - sums[from]) / (to - from);
    }

    private static double[] medians(double[] values, int parts) {
        double[] medians = new double[parts];
        for (int part = 0; part < parts; part++) {
            medians[part] =
                    LocalNoise.median(Arrays.copyOfRange(values, (int) ((long) part * values.length / parts), (int)
                            ((long) (part + 1) * values.length / parts)));
        }
        return medians;
    }
}
