package adamscope.diagnosis;

import adamscope.regime.LossCurve;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A logged quantity that left its level before a rise, or in the row of its onset.
///
/// Its level is the median of the up to 100 rows before, its scatter the median deviation from it, both of the
/// logarithm; it left when it lies beyond four scatters and beyond a quarter from some row on up to the onset.
///
/// @param quantity as the log's table names it
/// @param factor   its furthest value from there to the row before the onset, or in the row of the onset where it moved
///                 with the loss, over its level; infinite where it was no number
/// @param most     its furthest value from there to the peak of the loss, over its level
/// @param rows     how many rows before the onset; 0: in the same row
/// @param noNumber rows before the onset from which on it was no number in every row; 0: none
public record FirstMove(String quantity, double factor, double most, int rows, int noNumber) {
    private static final int BEFORE = 100;
    private static final int REACH = 40;
    private static final int FEWEST = 10;

    /// ln 1.05: a factor that grows by less after the onset is said once.
    private static final double FURTHER = Math.log(1.05);

    /// Everything that moved, the earliest first.
    static List<FirstMove> of(RunLog log, SpikeEvent event) {
        List<FirstMove> moves = new ArrayList<>();
        for (String quantity : watched(log)) {
            double[] values = log.numbers(quantity).orElseThrow();
            int onset = log.row(event.onset());
            int peak = Math.max(onset, log.row(event.peak()));
            // lr is set: that its schedule lowers it begins nothing.
            move(quantity, values, onset, peak)
                    .filter(move -> !quantity.equals(Quantity.LR) || move.most() > 1)
                    .ifPresent(moves::add);
        }
        moves.sort(Comparator.comparingInt(FirstMove::rows).reversed().thenComparing(FirstMove::quantity));
        return List.copyOf(moves);
    }

    /// The quantities that had a level before an event, moved or not.
    static List<String> measurable(RunLog log, SpikeEvent event) {
        int onset = log.row(event.onset());
        return watched(log).stream()
                .filter(name ->
                        !name.equals(Quantity.LR) || held(log.numbers(name).orElseThrow(), onset))
                .filter(name -> logs(log.numbers(name).orElseThrow(), Math.max(0, onset - REACH - BEFORE), onset).length
                        >= 2 * FEWEST)
                .toList();
    }

    /// Whether lr was the same in all rows before.
    private static boolean held(double[] lr, int onset) {
        double[] before = logs(lr, Math.max(0, onset - REACH - BEFORE), onset + 1);
        return before.length > 0 && before[0] == before[before.length - 1];
    }

    /// Whether none of the quantities went further between onset and peak than in the rows before.
    static boolean still(RunLog log, SpikeEvent event, List<String> quantities) {
        int onset = log.row(event.onset());
        int peak = Math.max(onset, log.row(event.peak()));
        return quantities.stream().map(name -> log.numbers(name).orElseThrow()).noneMatch(values -> {
            double[] before = logs(values, Math.max(0, onset - BEFORE), onset);
            double[] within = logs(values, onset, peak + 1);
            double margin = Math.log10(1.25);
            return before.length > 0
                    && within.length > 0
                    && (within[within.length - 1] > before[before.length - 1] + margin
                            || within[0] < before[0] - margin);
        });
    }

    /// What a log holds besides the loss and counters, with enough rows to have a level.
    static List<String> watched(RunLog log) {
        return log.table().columns().stream()
                .map(column -> column.name())
                .filter(name -> !name.equals(Quantity.STEP)
                        && !name.equals(Quantity.LOSS)
                        && !name.equals(Quantity.LOG10_LOSS)
                        && !Quantity.COUNTERS.contains(name))
                .filter(log::has)
                .filter(name -> Arrays.stream(log.numbers(name).orElseThrow())
                                .filter(v -> v > 0)
                                .count()
                        >= LossCurve.FEWEST)
                .toList();
    }

    private static java.util.Optional<FirstMove> move(String quantity, double[] values, int onset, int peak) {
        int until = Math.max(0, onset - REACH);
        int from = Math.max(0, until - BEFORE);
        if (until - from < FEWEST) {
            until = Math.max(from, onset - FEWEST);
        }
        double[] before = logs(values, from, until);
        if (before.length < FEWEST) {
            return java.util.Optional.empty();
        }
        double level = before[before.length / 2];
        double scatter =
                Arrays.stream(before).map(v -> Math.abs(v - level)).sorted().toArray()[before.length / 2];
        double bound = Math.max(Math.log10(1.25), 4 * scatter);
        // Where every row before had a value, a row without one had none to give.
        boolean dense = before.length == until - from;
        int row = onset;
        while (row > until && left(values[row - 1], level, bound, dense)) {
            row--;
        }
        if (row == onset && !left(values[Math.min(onset, values.length - 1)], level, bound, dense)) {
            return java.util.Optional.empty();
        }
        int noNumber = 0;
        while (noNumber < onset && dense && !Double.isFinite(values[onset - noNumber - 1])) {
            noNumber++;
        }
        double factor = furthest(values, level, row, Math.max(row, onset - 1));
        double most = furthest(values, level, row, peak);
        return java.util.Optional.of(new FirstMove(quantity, factor, most, onset - row, noNumber));
    }

    /// The value of these rows that is furthest from a level, over it; infinite where none is a number.
    private static double furthest(double[] values, double level, int from, int last) {
        double furthest = 0;
        boolean broken = false;
        for (int i = from; i <= Math.min(last, values.length - 1); i++) {
            broken |= Double.isNaN(values[i]) || Double.isInfinite(values[i]);
            double off = values[i] > 0 && Double.isFinite(values[i]) ? Math.log10(values[i]) - level : 0;
            furthest = Math.abs(off) > Math.abs(furthest) ? off : furthest;
        }
        return furthest == 0 && broken ? Double.POSITIVE_INFINITY : Math.pow(10, furthest);
    }

    private static boolean left(double value, double level, double bound, boolean dense) {
        return Double.isInfinite(value)
                || dense && Double.isNaN(value)
                || value > 0 && Math.abs(Math.log10(value) - level) > bound;
    }

    private static double[] logs(double[] values, int from, int to) {
        return IntStream.range(from, Math.min(to, values.length))
                .mapToDouble(i -> values[i])
                .filter(v -> v > 0 && Double.isFinite(v))
                .map(Math::log10)
                .sorted()
                .toArray();
    }

    /// "gradientNorm left its level 4 rows before the loss, by a factor 5.32 until then and 17.1 up to its peak".
    public String sentence() {
        String by = Double.isInfinite(factor)
                ? "to no finite number"
                : String.format(Locale.ROOT, "by a factor %.3g", factor);
        String then = Double.isInfinite(factor) || Math.abs(Math.log(most / factor)) < FURTHER
                ? ""
                : String.format(
                        Locale.ROOT, "%s %.3g up to the loss's peak", rows == 0 ? "," : " until then and", most);
        String where = rows == 0
                ? "in the same row"
                : String.format(Locale.ROOT, "%d row%s before the loss", rows, rows == 1 ? "" : "s");
        return String.format(Locale.ROOT, "%s left its level %s, %s%s", quantity, where, by, then);
    }
}
