package adamscope.log;

import adamscope.log.NameMap.Source;
import adamscope.log.Series.Points;
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

/// From the points of a run to its [RunLog], or to several where the steps say that there were several.
final class RunTables {
    private static final String THINNED = " only the lowest and the highest are held, for the memory";

    /// Quantities that a remark names one by one.
    private static final int NAMED = 5;

    private RunTables() {}

    static List<RunLog> logs(RunPoints run, NameMap names, Limits limits) {
        List<String> remarks = new ArrayList<>();
        Map<String, Series> read = new LinkedHashMap<>();
        List<String> unused = new ArrayList<>();
        run.series().forEach((tag, series) -> {
            if (series.filter(s -> s.seen() > 0).isPresent()) {
                read.put(tag, series.get());
            } else {
                unused.add(tag);
            }
        });
        Map<String, Source> chosen = names.choose(run.name(), read.keySet(), remarks);
        read.keySet().stream()
                .filter(tag -> chosen.values().stream().noneMatch(c -> c.tag().equals(tag)))
                .forEach(unused::add);
        Map<String, List<Points>> settled = new LinkedHashMap<>();
        String clock = "";
        for (Map.Entry<String, Source> entry : chosen.entrySet()) {
            Series series = read.get(entry.getValue().tag());
            StepOrder.Settled order = StepOrder.settle(series.points());
            settled.put(
                    entry.getKey(),
                    order.runs().stream()
                            .map(points -> changed(points, entry.getValue().change()))
                            .toList());
            if (clock.isEmpty()) {
                clock = entry.getKey();
                order.what().ifPresent(remarks::add);
            }
            remarks.addAll(said(entry.getKey(), entry.getValue(), series));
        }
        notFinite(chosen, read).ifPresent(remarks::add);
        if (!settled.isEmpty() && !settled.containsKey(Quantity.LOSS) && !settled.containsKey(Quantity.LOG10_LOSS)) {
            remarks.add("no loss was recognised; name its tag with --map loss=TAG");
        }
        remarks.addAll(run.remarks());
        run.losses().forEach((what, count) -> remarks.add(count + " " + what));
        if (run.namesLeftOut() > 0) {
            remarks.add(
                    "some tags were not read: only " + limits.names() + " different ones of up to 1000 characters are");
        }
        if (!unused.isEmpty()) {
            remarks.add("not used: " + NameMap.some(unused));
        }
        return split(run, settled, remarks, limits);
    }

    /// The quantities beside the loss with values that are not finite, in one sentence; those of groups are counted
    /// only.
    private static Optional<String> notFinite(Map<String, Source> chosen, Map<String, Series> read) {
        List<String> whole = new ArrayList<>();
        int more = 0;
        for (Map.Entry<String, Source> entry : chosen.entrySet()) {
            Series series = read.get(entry.getValue().tag());
            if (series.notFinite() == 0 || entry.getKey().equals(Quantity.LOSS)) {
                continue;
            }
            if (whole.size() < NAMED && !entry.getKey().contains("/")) {
                whole.add(series.notFinite() + " of " + series.seen() + " values of " + entry.getKey());
            } else {
                more++;
            }
        }
        if (whole.isEmpty() && more == 0) {
            return Optional.empty();
        }
        String named = String.join(", ", whole);
        String others = more == 0
                ? ""
                : named.isEmpty() ? "values of " + more + " quantities" : " and of " + more + " more quantities";
        return Optional.of("not finite: " + named + others);
    }

    private static List<RunLog> split(
            RunPoints run, Map<String, List<Points>> settled, List<String> remarks, Limits limits) {
        int runs = settled.values().stream().mapToInt(List::size).max().orElse(0);
        List<RunLog> logs = new ArrayList<>();
        for (int number = 0; number < runs; number++) {
            Map<String, Points> part = new LinkedHashMap<>();
            for (Map.Entry<String, List<Points>> entry : settled.entrySet()) {
                if (number < entry.getValue().size()) {
                    part.put(entry.getKey(), entry.getValue().get(number));
                }
            }
            List<String> own = new ArrayList<>(remarks);
            part.entrySet().stream()
                    .findFirst()
                    .filter(_ -> own.stream().noneMatch(remark -> remark.endsWith(THINNED)))
                    .ifPresent(first ->
                            own.addAll(0, Sampling.remarks(first.getValue().steps())));
            String name = runs == 1 ? run.name() : run.name() + " (run " + (number + 1) + " of " + runs + ")";
            Table table = table(name, withRate(part, own), limits, own);
            logs.add(new RunLog(name, table, run.hyper(), own));
        }
        return logs;
    }

    /// Where only the rates of groups were logged, the first stands for the rate.
    private static Map<String, Points> withRate(Map<String, Points> part, List<String> remarks) {
        Optional<String> first = part.keySet().stream()
                .filter(quantity -> quantity.startsWith(Quantity.LR + "/"))
                .findFirst();
        if (part.containsKey(Quantity.LR) || first.isEmpty()) {
            return part;
        }
        Map<String, Points> more = new LinkedHashMap<>(part);
        more.put(Quantity.LR, part.get(first.get()));
        long others = part.keySet().stream()
                .filter(quantity -> quantity.startsWith(Quantity.LR + "/"))
                .filter(quantity -> !Arrays.equals(
                        part.get(quantity).values(), part.get(first.get()).values()))
                .count();
        if (others > 0) {
            remarks.add("the learning rates of the groups differ; that of '"
                    + first.get().substring(3) + "' stands for all");
        }
        return more;
    }

    private static List<String> said(String quantity, Source source, Series series) {
        List<String> said = new ArrayList<>();
        String of = quantity + " ('" + Numbers.shortened(source.tag()) + "')";
        if (quantity.equals(Quantity.LOSS)) {
            said.add(of + " has " + series.seen() + " values");
            if (Recognition.smoothed(source.tag())) {
                said.add(of + " is an average over steps by its name; averages hide spikes");
            }
        }
        if (series.notFinite() > 0 && quantity.equals(Quantity.LOSS)) {
            said.add(series.notFinite() + " of " + series.seen() + " values of " + of
                    + " are not finite; NaN is held as +∞, to tell it from an absent value");
        }
        if (series.thinning() > 1) {
            said.add("of each " + series.thinning() + " values of " + of + THINNED);
        }
        switch (source.change()) {
            case NONE -> {}
            case ROOT -> said.add(of + " is the norm of v, not of √v; its root, a lower bound of ‖√v‖, is used");
            case LOGARITHM -> said.add(of + " is a perplexity; its logarithm is used");
        }
        return said;
    }

    private static Points changed(Points points, Recognition.Change change) {
        return switch (change) {
            case NONE -> points;
            case ROOT ->
                new Points(
                        points.steps(),
                        Arrays.stream(points.values()).map(Math::sqrt).toArray());
            case LOGARITHM ->
                new Points(
                        points.steps(),
                        Arrays.stream(points.values()).map(Math::log).toArray());
        };
    }

    /// One row for each step that any quantity has.
    private static Table table(String name, Map<String, Points> parts, Limits limits, List<String> remarks) {
        Map<String, Points> kept = new LinkedHashMap<>();
        long[] steps = {};
        List<String> dropped = new ArrayList<>();
        for (Map.Entry<String, Points> part : parts.entrySet()) {
            long[] more = union(steps, part.getValue().steps());
            if (kept.isEmpty() || (long) more.length * (kept.size() + 2) <= limits.cells()) {
                steps = more;
                kept.put(part.getKey(), part.getValue());
            } else {
                dropped.add(part.getKey());
            }
        }
        if (!dropped.isEmpty()) {
            remarks.add("left out, for the memory: " + NameMap.some(dropped));
        }
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Integers(Quantity.STEP, "steps", steps));
        for (Map.Entry<String, Points> part : kept.entrySet()) {
            boolean loss = part.getKey().equals(Quantity.LOSS);
            columns.add(new Column.Numbers(part.getKey(), "", aligned(part.getValue(), steps, loss)));
        }
        return new Table(name, columns);
    }

    private static long[] union(long[] one, long[] other) {
        if (Arrays.equals(one, other) || other.length == 0) {
            return one;
        }
        if (one.length == 0) {
            return other;
        }
        long[] both = new long[one.length + other.length];
        int size = 0;
        for (int i = 0, j = 0; i < one.length || j < other.length; ) {
            long next = j == other.length || i < one.length && one[i] <= other[j] ? one[i] : other[j];
            i += i < one.length && one[i] == next ? 1 : 0;
            j += j < other.length && other[j] == next ? 1 : 0;
            both[size++] = next;
        }
        return Arrays.copyOf(both, size);
    }

    private static double[] aligned(Points points, long[] steps, boolean loss) {
        double[] values = new double[steps.length];
        for (int row = 0, i = 0; row < steps.length; row++) {
            if (i < points.steps().length && points.steps()[i] == steps[row]) {
                double value = points.values()[i++];
                values[row] = loss && Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
            } else {
                values[row] = Double.NaN;
            }
        }
        return values;
    }
}
