package adamscope.regime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a logged quantity other than the loss did: rises of a norm or of a loss term, falls of the loss scale.
///
/// @param quantity as the log's table names it
/// @param events   how many
/// @param alone    how many of them without a rise of the loss within ten rows
/// @param furthest the largest; of the loss scale a fall, with a negative height
public record SeriesRises(String quantity, int events, int alone, SpikeEvent furthest) {
    private static final int NEAR = 10;
    private static final int FEWEST = 80;
    private static final int MOST_QUANTITIES = 200;
    private static final List<String> SET = List.of(Quantity.STEP, Quantity.LOSS, Quantity.LOG10_LOSS, Quantity.LR);

    /// What each logged quantity did, as far as it did anything, in the order of the log; of the first 200 quantities.
    public static List<SeriesRises> of(RunLog log, List<SpikeEvent> rises) {
        return quantities(log).limit(MOST_QUANTITIES).toList().parallelStream()
                .map(name -> of(log, name, rises))
                .flatMap(Optional::stream)
                .toList();
    }

    /// How many quantities were not searched, as a sentence; empty if none.
    public static Optional<String> leftOut(RunLog log) {
        long all = quantities(log).count();
        return all <= MOST_QUANTITIES
                ? Optional.empty()
                : Optional.of("only the first " + MOST_QUANTITIES + " of " + all
                        + " quantities other than the loss were searched for rises of their own");
    }

    private static Stream<String> quantities(RunLog log) {
        return log.table().columns().stream()
                .map(column -> column.name())
                .filter(name -> !SET.contains(name) && !Quantity.COUNTERS.contains(name));
    }

    private static Optional<SeriesRises> of(RunLog log, String name, List<SpikeEvent> rises) {
        double[] values = log.numbers(name).orElseThrow();
        long[] steps = log.steps();
        List<SpikeEvent> events;
        if (name.equals(Quantity.LOSS_SCALE)) {
            events = falls(steps, values);
        } else {
            int rows = values.length;
            while (rows > 0 && Double.isNaN(values[rows - 1])) {
                rows--;
            }
            double[] logs = new double[rows];
            Arrays.setAll(logs, row -> values[row] > 0 ? Math.log10(values[row]) : Double.NaN);
            LossCurve curve = LossCurve.ofLogarithms(Arrays.copyOf(steps, rows), logs);
            events = curve.points() < FEWEST ? List.of() : SpikeSearch.events(curve);
        }
        long near = NEAR * usualGap(steps);
        int alone = (int) events.stream()
                .filter(event -> rises.stream()
                        .noneMatch(rise -> rise.onset() <= event.peak() + near
                                && rise.recovery().orElse(rise.peak()) >= event.onset() - near))
                .count();
        return events.stream()
                .max(Comparator.comparingDouble(event -> Math.abs(event.height())))
                .map(furthest -> new SeriesRises(name, events.size(), alone, furthest));
    }

    /// The middle distance between rows: gaps do not count.
    private static long usualGap(long[] steps) {
        long[] gaps = IntStream.range(1, steps.length)
                .mapToLong(row -> steps[row] - steps[row - 1])
                .sorted()
                .toArray();
        return gaps.length == 0 ? 1 : Math.max(1, gaps[gaps.length / 2]);
    }

    /// Falls without ten equal rows between them are one fall.
    private static List<SpikeEvent> falls(long[] steps, double[] values) {
        List<SpikeEvent> found = new ArrayList<>();
        double last = Double.NaN;
        double high = Double.NaN;
        long onset = 0;
        long low = 0;
        int same = 0;
        for (int row = 0; row < values.length; row++) {
            if (!(values[row] > 0) || Double.isInfinite(values[row])) {
                continue;
            }
            same = values[row] == last ? same + 1 : 0;
            if (same == NEAR && !Double.isNaN(high)) {
                found.add(fall(onset, low, high, last));
                high = Double.NaN;
            } else if (values[row] < last) {
                onset = Double.isNaN(high) ? steps[row] : onset;
                high = Double.isNaN(high) ? last : high;
                low = steps[row];
            } else if (values[row] > last && !Double.isNaN(high)) {
                found.add(fall(onset, low, high, last));
                high = Double.NaN;
            }
            last = values[row];
        }
        if (!Double.isNaN(high)) {
            found.add(fall(onset, low, high, last));
        }
        return found;
    }

    private static SpikeEvent fall(long onset, long low, double high, double last) {
        double height = Math.log10(last / high);
        return new SpikeEvent(onset, low, java.util.OptionalLong.empty(), height, 1, Math.log10(high));
    }

    /// `gradientNorm: 3 rises, the highest ×40 from step 800 to 806; 2 of them without one of the loss`
    ///
    /// @param unit what the log counts: `step`, `epoch`
    public String sentence(String unit) {
        boolean falls = furthest.height() < 0;
        String what = falls ? "fall" : "rise";
        String count = events == 1
                ? "one " + what + ", "
                : String.format(Locale.ROOT, "%d %ss, the %s ", events, what, falls ? "deepest" : "highest");
        return String.format(
                Locale.ROOT,
                "%s: %s%s %s %s %d%s; %s",
                quantity,
                count,
                furthest.factor(),
                furthest.peak() > furthest.onset() ? "from" : "at",
                unit,
                furthest.onset(),
                furthest.peak() > furthest.onset() ? " to " + furthest.peak() : "",
                alone == 0
                        ? "the loss rose too" + (events == 1 ? "" : " each time")
                        : alone == events
                                ? "without a rise of the loss"
                                : alone + " of them without a rise of the loss");
    }
}
