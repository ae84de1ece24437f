package adamscope.log;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// One run out of two folders beside each other, `train` and `validation`, as Keras writes its event files: the loss of
/// the second becomes the validation loss of the first.
final class HeldOutJoin {
    private static final Set<String> TRAIN = Set.of("train", "training");
    private static final Set<String> HELD_OUT = Set.of("validation", "val", "valid", "test", "eval");

    private HeldOutJoin() {}

    /// The logs, every such pair joined.
    static List<RunLog> joined(List<RunLog> logs) {
        Map<String, RunLog> trained = new LinkedHashMap<>();
        for (RunLog log : logs) {
            if (TRAIN.contains(last(log.name()))) {
                trained.putIfAbsent(parent(log.name()), log);
            }
        }
        Map<RunLog, RunLog> heldOut = new LinkedHashMap<>();
        for (RunLog log : logs) {
            Optional.ofNullable(trained.get(parent(log.name())))
                    .filter(train -> HELD_OUT.contains(last(log.name())) && joins(train, log))
                    .ifPresent(train -> heldOut.putIfAbsent(train, log));
        }
        List<RunLog> joined = new ArrayList<>();
        for (RunLog log : logs) {
            if (heldOut.containsKey(log)) {
                joined.add(joined(log, heldOut.get(log)));
            } else if (!heldOut.containsValue(log)) {
                joined.add(log);
            }
        }
        return joined;
    }

    private static boolean joins(RunLog train, RunLog held) {
        boolean loss = held.has(Quantity.LOSS) || held.has(Quantity.VALIDATION_LOSS);
        return loss && train.has(Quantity.LOSS) && !train.has(Quantity.VALIDATION_LOSS);
    }

    private static RunLog joined(RunLog train, RunLog held) {
        long[] steps = LongStream.concat(Arrays.stream(train.steps()), Arrays.stream(held.steps()))
                .sorted()
                .distinct()
                .toArray();
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers(Quantity.STEP, "steps", steps));
        for (Column column : train.table().columns()) {
            if (!column.name().equals(Quantity.STEP)) {
                columns.add(new Column.Numbers(
                        column.name(),
                        column.unit(),
                        spread(train.table().numbers(column.name()), train.steps(), steps)));
            }
        }
        String loss = held.has(Quantity.LOSS) ? Quantity.LOSS : Quantity.VALIDATION_LOSS;
        columns.add(new Column.Numbers(
                Quantity.VALIDATION_LOSS, "loss", spread(held.numbers(loss).orElseThrow(), held.steps(), steps)));
        List<String> remarks = new ArrayList<>(train.remarks());
        remarks.add("the loss of the folder '" + last(held.name())
                + "' beside it is taken as the validation loss of this" + " run");
        held.remarks().forEach(remark -> remarks.add(last(held.name()) + ": " + remark));
        String name = parent(train.name());
        return new RunLog(
                name.isEmpty() ? train.name() : name,
                new Table(train.table().name(), columns),
                train.hyper(),
                remarks,
                train.facts());
    }

    private static double[] spread(double[] values, long[] from, long[] to) {
        double[] spread = new double[to.length];
        Arrays.fill(spread, Double.NaN);
        for (int row = 0; row < from.length; row++) {
            spread[Arrays.binarySearch(to, from[row])] = values[row];
        }
        return spread;
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String parent(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
