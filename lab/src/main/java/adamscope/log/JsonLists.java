package adamscope.log;

import adamscope.regime.Quantity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// Lists of numbers side by side in one object of JSON, such as `{"step": [0, 10], "loss": [0.5, 0.4]}`: one of them
/// may hold the steps of those that are as long.
final class JsonLists {
    private final Map<String, Values> lists = new LinkedHashMap<>();
    private long held;

    private static final class Values {
        private double[] values = new double[16];
        private boolean[] absent = new boolean[16];
        private int size;

        void add(OptionalDouble value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
                absent = Arrays.copyOf(absent, 2 * size);
            }
            values[size] = value.orElse(Double.NaN);
            absent[size++] = value.isEmpty();
        }

        /// The values as steps; empty if one is no whole number or they do not increase.
        Optional<long[]> steps() {
            long[] steps = new long[size];
            for (int i = 0; i < size; i++) {
                OptionalLong step = absent[i] ? OptionalLong.empty() : WrittenNumber.step(values[i]);
                if (step.isEmpty()) {
                    return Optional.empty();
                }
                steps[i] = step.getAsLong();
            }
            return Optional.of(steps);
        }
    }

    void add(String tag, OptionalDouble value, RunPoints run) {
        if (++held > Limits.DEFAULT.points()) {
            run.lost("values of lists are too many to be held and were left out", 1);
            return;
        }
        lists.computeIfAbsent(tag, _ -> new Values()).add(value);
    }

    /// Gives the lists to the run.
    void flush(String file, RunPoints run) {
        if (lists.isEmpty()) {
            return;
        }
        int main = lists.entrySet().stream()
                .filter(list -> step(list.getKey()) < 0)
                .min(Comparator.comparingInt((Map.Entry<String, Values> list) -> doubt(list.getKey()))
                        .thenComparingInt(list -> -list.getValue().size))
                .map(list -> list.getValue().size)
                .orElse(0);
        lists.forEach((tag, list) -> {
            if (step(tag) >= 0) {
                return;
            }
            Optional<long[]> steps = steps(list.size);
            if (steps.isEmpty() && list.size == main) {
                run.numbered();
                steps = Optional.of(LongStream.range(0, main).toArray());
            }
            if (steps.isPresent()) {
                points(tag(tag), list, steps.get(), run);
            } else if (Recognition.read(tag(tag)).isPresent()) {
                run.remark("the list '" + WrittenNumber.shortened(tag) + "' of " + file + " has " + list.size
                        + " values, the loss " + main + "; which step each belongs to is not said, so it is left out");
            }
        });
    }

    private static void points(String tag, Values list, long[] steps, RunPoints run) {
        for (int i = 0; i < list.size; i++) {
            if (!list.absent[i]) {
                run.add(tag, steps[i], list.values[i]);
            }
        }
    }

    /// The list of steps of so many entries, by the surest name.
    private Optional<long[]> steps(int size) {
        return lists.entrySet().stream()
                .filter(list -> list.getValue().size == size && step(list.getKey()) >= 0)
                .sorted(Comparator.comparingInt(list -> step(list.getKey())))
                .map(list -> list.getValue().steps())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static int step(String tag) {
        String last = tag.substring(tag.lastIndexOf('/') + 1);
        int rank = StepNames.rank(last);
        boolean heldOut = last.matches("(?i)(val|valid|eval|validation|test)_?(steps?|iters?|iterations?)");
        return heldOut ? 100 : rank;
    }

    private static int doubt(String tag) {
        return Recognition.read(tag(tag))
                .filter(reading -> reading.quantity().equals(Quantity.LOSS))
                .map(Recognition.TagReading::doubt)
                .orElse(1000);
    }

    /// The tag of a path of keys: its last parts, where the whole names no quantity for sure.
    static String tag(String path) {
        if (sure(path)) {
            return path;
        }
        List<String> parts = List.of(path.split("/"));
        for (int count = Math.min(2, parts.size()); count > 0; count--) {
            String end = String.join("/", parts.subList(parts.size() - count, parts.size()));
            if (sure(end)) {
                return end;
            }
        }
        return path;
    }

    private static boolean sure(String tag) {
        return Recognition.read(tag).filter(reading -> reading.doubt() < 20).isPresent();
    }
}
