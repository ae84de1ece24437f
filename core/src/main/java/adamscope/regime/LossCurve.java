package adamscope.regime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The loss of a run on a logarithmic scale, rows without a number taken out.
///
/// Everything that is found on it is free of units: another unit of the loss shifts log₁₀ L by a constant. A loss that
/// is negative somewhere is first moved up, L − min L + the distance between its quartiles, which is free of units too.
///
/// @param steps     the step of each point, increasing
/// @param log10Loss log₁₀ L at each point, finite
/// @param broken    steps at which the loss was infinite, or no number although the run went on
/// @param zeros     steps at which the loss was exactly 0
/// @param remarks   what a reader has to know about this curve
public record LossCurve(long[] steps, double[] log10Loss, long[] broken, long[] zeros, List<String> remarks) {
    /// Fewest points of which anything is said.
    public static final int FEWEST = 8;

    private static final double MIXED_JUMP = 1;

    public LossCurve {
        remarks = List.copyOf(remarks);
    }

    /// The training loss of a log: `loss`, or `log10Loss` where that is absent.
    ///
    /// @throws IllegalArgumentException if the log has neither
    public static LossCurve of(RunLog log) {
        if (!log.has(Quantity.LOSS) && log.has(Quantity.LOG10_LOSS)) {
            return ofLogarithms(log.steps(), log.numbers(Quantity.LOG10_LOSS).orElseThrow());
        }
        double[] loss = log.numbers(Quantity.LOSS)
                .orElseThrow(() -> new IllegalArgumentException("run " + log.name()
                        + " has no column 'loss'; it has "
                        + log.table().columns().stream().map(c -> c.name()).toList()
                        + ". Name the column of the loss, as --map loss=train/xent does"));
        List<String> remarks = new ArrayList<>();
        int rows = trained(log, loss);
        return ofLosses(Arrays.copyOf(log.steps(), rows), Arrays.copyOf(unhidden(log, loss, remarks), rows), remarks);
    }

    /// The rows up to the last one of training: one that has a loss, or all that goes with it in nine of ten rows.
    ///
    /// Rows after it are an evaluation or a summary, and no sign that the loss ceased to be a number.
    private static int trained(RunLog log, double[] loss) {
        int last = loss.length;
        while (last > 0 && Double.isNaN(loss[last - 1])) {
            last--;
        }
        double losses = Arrays.stream(loss).filter(v -> !Double.isNaN(v)).count();
        List<double[]> beside = log.table().columns().stream()
                .map(column -> column.name())
                .filter(name -> !name.equals(Quantity.STEP) && !Quantity.COUNTERS.contains(name))
                .map(name -> log.numbers(name).orElseThrow())
                .filter(values -> IntStream.range(0, loss.length)
                                .filter(row -> !Double.isNaN(loss[row]) && !Double.isNaN(values[row]))
                                .count()
                        >= 0.9 * losses)
                .filter(values -> values != loss)
                .toList();
        int rows = loss.length;
        while (rows > last && (beside.isEmpty() || missing(beside, rows - 1))) {
            rows--;
        }
        return rows;
    }

    private static boolean missing(List<double[]> beside, int row) {
        return beside.stream().anyMatch(values -> Double.isNaN(values[row]));
    }

    /// Losses of exactly 0 beside a gradient that is no number, where it was one before, stand for no number.
    private static double[] unhidden(RunLog log, double[] loss, List<String> remarks) {
        double[] gradient = log.numbers(Quantity.GRADIENT_NORM).orElse(new double[loss.length]);
        double[] seen = loss.clone();
        boolean finite = false;
        int hidden = 0;
        long first = 0;
        for (int row = 0; row < loss.length; row++) {
            finite |= gradient[row] > 0 && Double.isFinite(gradient[row]);
            if (finite && loss[row] == 0 && !Double.isFinite(gradient[row])) {
                seen[row] = Double.POSITIVE_INFINITY;
                first = hidden++ == 0 ? log.steps()[row] : first;
            }
        }
        if (hidden > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%d losses of exactly 0 stand beside a gradient that is no number, the first at step %d: the"
                            + " logger hid NaN (as Hugging Face's logging_nan_inf_filter does); they are taken for no"
                            + " number",
                    hidden,
                    first));
        }
        return seen;
    }

    /// A curve of losses; NaN means absent, unless the end of the run is without a number.
    public static LossCurve of(long[] steps, double[] loss) {
        return ofLosses(steps, loss, new ArrayList<>());
    }

    private static LossCurve ofLosses(long[] steps, double[] loss, List<String> remarks) {
        double shift = shift(loss, remarks);
        double[] logarithms = new double[loss.length];
        for (int row = 0; row < loss.length; row++) {
            logarithms[row] = Math.log10(loss[row] + shift);
        }
        return of(steps, logarithms, remarks);
    }

    /// A curve that is given as logarithms; −∞ is a loss of 0, +∞ an infinite one.
    public static LossCurve ofLogarithms(long[] steps, double[] log10Loss) {
        return of(steps, log10Loss, new ArrayList<>());
    }

    /// The number of points.
    public int points() {
        return steps.length;
    }

    /// The index of the first point at or after a step; the number of points if there is none.
    public int at(long step) {
        int found = Arrays.binarySearch(steps, step);
        return found < 0 ? -found - 1 : found;
    }

    private static LossCurve of(long[] steps, double[] y, List<String> remarks) {
        long[] kept = new long[y.length];
        double[] values = new double[y.length];
        long[] broken = new long[y.length];
        long[] zeros = new long[y.length];
        int points = 0;
        int breaks = 0;
        int vanished = 0;
        int last = lastNumber(y);
        for (int row = 0; row < y.length; row++) {
            if (Double.isFinite(y[row])) {
                kept[points] = steps[row];
                values[points++] = y[row];
            } else if (y[row] == Double.NEGATIVE_INFINITY) {
                zeros[vanished++] = steps[row];
            } else if (y[row] == Double.POSITIVE_INFINITY || row > last) {
                broken[breaks++] = steps[row];
            }
        }
        LossCurve curve = new LossCurve(
                Arrays.copyOf(kept, points),
                Arrays.copyOf(values, points),
                Arrays.copyOf(broken, breaks),
                Arrays.copyOf(zeros, vanished),
                List.of());
        remarks.addAll(curve.oddities(y.length));
        return new LossCurve(curve.steps, curve.log10Loss, curve.broken, curve.zeros, remarks);
    }

    /// The last row that is not followed by rows without a number only, or by fewer than the log usually leaves out.
    private static int lastNumber(double[] y) {
        int last = y.length - 1;
        while (last >= 0 && Double.isNaN(y[last])) {
            last--;
        }
        int gap = 0;
        int widest = 0;
        for (int row = 0; row <= last; row++) {
            gap = Double.isNaN(y[row]) ? gap + 1 : 0;
            widest = Math.max(widest, gap);
        }
        return last < 0 || y.length - 1 - last <= widest ? y.length - 1 : last;
    }

    private static double shift(double[] loss, List<String> remarks) {
        double[] sorted = Arrays.stream(loss).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0 || sorted[0] >= 0) {
            return 0;
        }
        double quartiles = sorted[3 * sorted.length / 4] - sorted[sorted.length / 4];
        double spread = quartiles > 0 ? quartiles : Math.max(sorted[sorted.length - 1] - sorted[0], Double.MIN_NORMAL);
        long negative = Arrays.stream(sorted).filter(v -> v < 0).count();
        remarks.add(negative + " of " + sorted.length
                + String.format(Locale.ROOT, " losses are negative (lowest %.6g): the curve was moved up by", sorted[0])
                + String.format(
                        Locale.ROOT,
                        " %.6g before taking logarithms, so heights in decades depend on that",
                        spread - sorted[0]));
        return spread - sorted[0];
    }

    /// `one loss is`, `3 losses are`.
    private static String count(long[] steps) {
        return steps.length == 1 ? "one loss is" : steps.length + " losses are";
    }

    private List<String> oddities(int rows) {
        List<String> found = new ArrayList<>();
        if (points() == 0) {
            found.add(rows == 0 ? "the log has no rows" : "none of the " + rows + " losses is a positive number");
        } else if (points() < FEWEST) {
            found.add((points() == 1 ? "only one loss" : "only " + points() + " losses")
                    + ": too few to know their noise, so only rises of ×1.5 and more are told");
        }
        if (broken.length > 0) {
            found.add(count(broken) + " infinite or no number, the first at step " + broken[0]);
        }
        if (zeros.length > 0) {
            found.add(count(zeros) + " exactly 0, the first at step " + zeros[0] + ": 0 is no result of training");
        }
        mixture().ifPresent(found::add);
        return found;
    }

    /// Two levels a decade or more apart between which the loss jumps all the time: two runs or two units in one file.
    private java.util.Optional<String> mixture() {
        if (points() < 4 * FEWEST) {
            return java.util.Optional.empty();
        }
        double[] sorted = log10Loss.clone();
        Arrays.sort(sorted);
        int gap = 1;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] - sorted[i - 1] > sorted[gap] - sorted[gap - 1]) {
                gap = i;
            }
        }
        double middle = 0.5 * (sorted[gap] + sorted[gap - 1]);
        long changes = IntStream.range(1, points())
                .filter(i -> log10Loss[i] > middle != log10Loss[i - 1] > middle)
                .count();
        int fewer = Math.min(gap, points() - gap);
        boolean mixed = sorted[gap] - sorted[gap - 1] >= MIXED_JUMP / 2
                && sorted[sorted.length - 1 - (points() - gap) / 2] - sorted[gap / 2] >= MIXED_JUMP
                && fewer >= points() / 5
                && changes >= fewer / 2;
        return mixed
                ? java.util.Optional.of(String.format(
                        Locale.ROOT,
                        "the losses jump %d times between two levels, about 1e%.1f and 1e%.1f, with"
                                + " nothing between: two runs or two units seem to be mixed in this log",
                        changes,
                        sorted[gap / 2],
                        sorted[sorted.length - 1 - (points() - gap) / 2]))
                : java.util.Optional.empty();
    }
}
