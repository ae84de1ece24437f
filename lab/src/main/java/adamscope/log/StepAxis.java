package adamscope.log;

import adamscope.log.LoggedSeries.Points;
import adamscope.regime.Quantity;
import adamscope.regime.RowAxis;
import adamscope.regime.RowAxis.Unit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the steps of a run count, and the points by it: where rows had to be numbered, the tokens, samples or epochs of
/// the rows serve instead, if they are whole numbers that increase.
///
/// @param axis   what is counted
/// @param points of each quantity
record StepAxis(RowAxis axis, Map<String, Points> points) {

    /// How rows were read.
    ///
    /// @param axis     what their steps count
    /// @param averages whether a row is the mean since the row before
    /// @param counts   how steps were found, said where they are kept
    /// @param thinned  whether rows are missing for the memory, so that distances of steps say nothing
    record Rows(RowAxis axis, boolean averages, Optional<String> counts, boolean thinned) {}

    /// @param part    points of each quantity by the steps that were read, the loss first
    /// @param remarks takes what a reader has to know
    static StepAxis of(Map<String, Points> part, Rows rows, List<String> remarks) {
        RowAxis read = rows.axis();
        boolean averages = rows.averages();
        Map<String, Points> kept = withoutOddCounters(part);
        if (read.unit() == Unit.ROW) {
            for (String counter : List.of(Quantity.TOKENS, Quantity.SAMPLES, Quantity.EPOCH)) {
                Optional<Map<String, Points>> moved = Optional.ofNullable(kept.get(counter))
                        .flatMap(numbers -> Counted.of(numbers, kept))
                        .map(count -> count.moved(kept));
                if (moved.isPresent()) {
                    return new StepAxis(counted(counter, averages, remarks), moved.get());
                }
            }
            remarks.add("the log has no column of steps; its rows are numbered from 0");
            return new StepAxis(new RowAxis(Unit.ROW, "", averages), kept);
        }
        rows.counts().ifPresent(remarks::add);
        if (read.unit() == Unit.EPOCH) {
            return new StepAxis(counted(Quantity.EPOCH, averages, remarks), kept);
        }
        Points first = kept.values().stream().findFirst().orElse(new Points(new long[0], new double[0]));
        boolean many = averages && (Sampling.usual(first.steps()) > 1 || first.steps().length < 3);
        if (many) {
            remarks.add("a row stands for all steps since the row before, so that of one batch it says nothing");
        }
        if (!rows.thinned()) {
            remarks.addAll(Sampling.remarks(first.steps()));
        }
        return new StepAxis(new RowAxis(Unit.STEP, read.name(), many), kept);
    }

    private static RowAxis counted(String counter, boolean averages, List<String> remarks) {
        return switch (counter) {
            case Quantity.EPOCH -> {
                remarks.add("what is called step here is an epoch: a row stands for many steps, so that of one batch"
                        + " it says nothing");
                yield new RowAxis(Unit.EPOCH, counter, true);
            }
            case Quantity.TOKENS -> {
                remarks.add("what is called step here is the number of tokens so far");
                yield new RowAxis(Unit.TOKENS, counter, averages);
            }
            default -> {
                remarks.add("what is called step here is the number of samples so far");
                yield new RowAxis(Unit.SAMPLES, counter, averages);
            }
        };
    }

    /// The quantities; counters that fall somewhere are none and left out.
    private static Map<String, Points> withoutOddCounters(Map<String, Points> part) {
        Map<String, Points> kept = new LinkedHashMap<>(part);
        kept.entrySet()
                .removeIf(entry -> Quantity.COUNTERS.contains(entry.getKey())
                        && !rises(entry.getValue().values()));
        return kept;
    }

    private static boolean rises(double[] values) {
        for (int i = 1; i < values.length; i++) {
            if (!(values[i] >= values[i - 1])) {
                return false;
            }
        }
        return values.length > 1 && values[values.length - 1] > values[0];
    }

    /// From the number of a row to a count that increases from row to row.
    private record Counted(long[] rows, long[] counts) {

        /// Empty if the numbers are not whole, do not increase, or belong to few of the rows.
        static Optional<Counted> of(Points numbers, Map<String, Points> all) {
            long[] counts = new long[numbers.values().length];
            for (int i = 0; i < counts.length; i++) {
                double value = numbers.values()[i];
                if (WrittenNumber.step(value).isEmpty() || i > 0 && (long) value <= counts[i - 1]) {
                    return Optional.empty();
                }
                counts[i] = (long) value;
            }
            int most = all.values().stream()
                    .mapToInt(points -> points.steps().length)
                    .max()
                    .orElse(0);
            return 10L * counts.length >= 9L * most && counts.length > 1
                    ? Optional.of(new Counted(numbers.steps(), counts))
                    : Optional.empty();
        }

        Map<String, Points> moved(Map<String, Points> all) {
            Map<String, Points> moved = new LinkedHashMap<>();
            all.forEach((quantity, points) -> {
                long[] steps = new long[points.steps().length];
                double[] values = new double[steps.length];
                int size = 0;
                for (int i = 0; i < steps.length; i++) {
                    steps[size] = at(points.steps()[i]);
                    values[size] = points.values()[i];
                    size += size == 0 || steps[size] > steps[size - 1] ? 1 : 0;
                }
                moved.put(quantity, new Points(Arrays.copyOf(steps, size), Arrays.copyOf(values, size)));
            });
            return moved;
        }

        /// The count of a row; of one without, in proportion between its neighbours.
        private long at(long row) {
            int found = Arrays.binarySearch(rows, row);
            if (found >= 0) {
                return counts[found];
            }
            int after = Math.clamp(-found - 1, 1, rows.length - 1);
            double slope = (double) (counts[after] - counts[after - 1]) / (rows[after] - rows[after - 1]);
            return Math.round(counts[after] + slope * (row - rows[after]));
        }
    }
}
