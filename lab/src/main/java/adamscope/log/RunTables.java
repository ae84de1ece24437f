package adamscope.log;

import adamscope.log.LoggedSeries.Points;
import adamscope.log.NameMap.Source;
import adamscope.regime.Quantity;
import adamscope.regime.RunFacts;
import adamscope.regime.RunLog;
import adamscope.regime.Seam;
import adamscope.regime.WordEvent;
import adamscope.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From the points of a run to its [RunLog], or to several where the steps say that there were several.
final class RunTables {
    static final String THINNED = " only the lowest and the highest are held, for the memory";

    /// Quantities that a remark names one by one.
    private static final int NAMED = 5;

    private RunTables() {}

    static List<RunLog> logs(RunPoints run, NameMap names, Limits limits) {
        List<String> remarks = new ArrayList<>();
        Map<String, LoggedSeries> read = new LinkedHashMap<>();
        List<String> unused = new ArrayList<>();
        run.series().forEach((tag, series) -> {
            if (series.filter(s -> s.seen() > 0).isPresent()) {
                read.put(tag, series.get());
            } else {
                unused.add(tag);
            }
        });
        Map<String, Source> chosen = names.choose(read, remarks);
        read.keySet().stream()
                .filter(tag -> chosen.values().stream().noneMatch(c -> c.tags().contains(tag)))
                .forEach(unused::add);
        Map<String, List<Points>> settled = new LinkedHashMap<>();
        List<List<Seam>> seams = List.of();
        for (Map.Entry<String, Source> entry : chosen.entrySet()) {
            StepOrder.Settled order = settled(entry.getValue(), read);
            if (settled.isEmpty()) {
                order.what().ifPresent(remarks::add);
                seams = order.seams();
            }
            settled.put(
                    entry.getKey(),
                    order.runs().stream()
                            .map(points -> changed(points, entry.getValue().change()))
                            .toList());
            remarks.addAll(said(entry.getKey(), entry.getValue(), read));
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
        List<String> summed = Optional.ofNullable(chosen.get(Quantity.LOSS))
                .filter(source -> source.tags().size() > 1)
                .map(source -> source.tags().stream()
                        .map(tag -> Quantity.ofGroup(Quantity.LOSS, Recognition.term(tag)))
                        .filter(chosen::containsKey)
                        .distinct()
                        .toList())
                .orElse(List.of());
        return split(run, settled, remarks, new SharedColumns(seams, summed, averages(run, chosen), limits));
    }

    /// What holds for all runs that the points of one are parted into.
    ///
    /// @param seams of each of them
    private record SharedColumns(List<List<Seam>> seams, List<String> summed, boolean averages, Limits limits) {}

    private static boolean averages(RunPoints run, Map<String, Source> chosen) {
        Source loss = chosen.get(Quantity.LOSS);
        return run.isAverage() || loss != null && loss.tags().stream().anyMatch(Recognition::ofAnEpoch);
    }

    /// The points of a quantity in the order of their steps; of several tags, their sum where all have a value.
    private static StepOrder.Settled settled(Source source, Map<String, LoggedSeries> read) {
        StepOrder.Settled first =
                StepOrder.settle(read.get(source.tags().getFirst()).points());
        List<Points> sums = new ArrayList<>(first.runs());
        for (String tag : source.tags().subList(1, source.tags().size())) {
            List<Points> more = StepOrder.settle(read.get(tag).points()).runs();
            for (int i = 0; i < sums.size(); i++) {
                sums.set(i, i < more.size() ? sum(sums.get(i), more.get(i)) : sums.get(i));
            }
        }
        return new StepOrder.Settled(sums, first.seams(), first.what());
    }

    private static Points sum(Points one, Points other) {
        long[] steps = new long[Math.min(one.steps().length, other.steps().length)];
        double[] values = new double[steps.length];
        int size = 0;
        for (int i = 0, j = 0; i < one.steps().length && j < other.steps().length; ) {
            long at = one.steps()[i];
            long there = other.steps()[j];
            if (at == there) {
                steps[size] = at;
                values[size++] = one.values()[i++] + other.values()[j++];
            } else if (at < there) {
                i++;
            } else {
                j++;
            }
        }
        return new Points(Arrays.copyOf(steps, size), Arrays.copyOf(values, size));
    }

    /// The quantities beside the loss with values that are not finite, in one sentence; those of groups are counted
    /// only.
    private static Optional<String> notFinite(Map<String, Source> chosen, Map<String, LoggedSeries> read) {
        List<String> whole = new ArrayList<>();
        int more = 0;
        for (Map.Entry<String, Source> entry : chosen.entrySet()) {
            LoggedSeries series = read.get(entry.getValue().tags().getFirst());
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
            RunPoints run, Map<String, List<Points>> settled, List<String> remarks, SharedColumns shape) {
        if (settled.isEmpty()) {
            return List.of();
        }
        List<Points> clock = settled.values().iterator().next();
        int runs = clock.size();
        Map<String, Map<Integer, Points>> matched = new LinkedHashMap<>();
        settled.forEach((quantity, points) -> matched.put(quantity, RunMatch.of(clock, points)));
        List<RunLog> logs = new ArrayList<>();
        for (int number = 0; number < runs; number++) {
            Map<String, Points> part = new LinkedHashMap<>();
            for (Map.Entry<String, Map<Integer, Points>> entry : matched.entrySet()) {
                if (entry.getValue().containsKey(number)) {
                    part.put(entry.getKey(), entry.getValue().get(number));
                }
            }
            List<String> own = new ArrayList<>();
            boolean thinned = remarks.stream().anyMatch(remark -> remark.endsWith(THINNED));
            StepAxis axis =
                    StepAxis.of(part, new StepAxis.Rows(run.axis(), shape.averages(), run.counts(), thinned), own);
            own.addAll(remarks);
            Map<String, Points> columns = withRate(axis.points(), own);
            String name = runs == 1 ? run.name() : run.name() + " (run " + (number + 1) + " of " + runs + ")";
            Table table = TableColumns.table(name, columns, shape.limits(), own);
            List<WordEvent> events = runs == 1 ? run.events() : within(run.events(), first(columns));
            List<Seam> seams = number < shape.seams().size() ? shape.seams().get(number) : List.of();
            RunFacts facts = new RunFacts(
                    axis.axis(),
                    Seams.all(seams, events, first(columns)),
                    events,
                    run.hyper().sources(),
                    shape.summed());
            logs.add(new RunLog(name, table, run.hyper().values(), own, facts));
        }
        return logs;
    }

    private static List<WordEvent> within(List<WordEvent> events, long[] steps) {
        return events.stream()
                .filter(event ->
                        steps.length > 0 && event.step() >= steps[0] && event.step() <= steps[steps.length - 1])
                .toList();
    }

    private static long[] first(Map<String, Points> columns) {
        return columns.values().stream().findFirst().map(Points::steps).orElse(new long[0]);
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

    private static List<String> said(String quantity, Source source, Map<String, LoggedSeries> read) {
        List<String> said = new ArrayList<>();
        LoggedSeries series = read.get(source.tags().getFirst());
        String of = quantity + " ('" + WrittenNumber.shortened(source.tag()) + "')";
        if (quantity.equals(Quantity.LOSS)) {
            said.add(of + " has " + series.seen() + " values");
            if (source.tags().stream().anyMatch(Recognition::smoothed)) {
                said.add(of + " is an average over steps by its name; averages hide spikes");
            }
        }
        if (series.notFinite() > 0 && quantity.equals(Quantity.LOSS)) {
            said.add(series.notFinite() + " of " + series.seen() + " values of " + of
                    + (series.notFinite() == 1 ? " is" : " are")
                    + " not finite; NaN is held as +∞, to tell it from an absent value");
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

    private static Points changed(Points points, Recognition.ValueChange change) {
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
}
