package adamscope.log;

import adamscope.log.LoggedSeries.Points;
import adamscope.regime.Seam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Settles steps that repeat or go back.
///
/// | what the steps do | what is made of it |
/// | --- | --- |
/// | go back, however often, beyond the first | a resumed run: the later branch wins, its start is a seam |
/// | go back to the beginning | another run begins |
/// | occur k times each, next to each other | micro-batches or workers of one step: their mean |
/// | occur k times nearly throughout, each time on another level | k runs mixed in one file, told apart by order |
/// | occur twice with the same value | repeated rows, dropped |
/// | are in disorder | sorted, the later of equal steps wins |
final class StepOrder {
    private static final int MOST_RUNS = 16;

    /// Rows that a stretch between two restarts has at least, in the mean.
    private static final int SHORTEST = 4;

    /// Stretches of late values, past which sorting is cheaper than inserting.
    private static final int MOST_LATE = 64;

    private StepOrder() {}

    /// Points with increasing steps, one for each run that was in the series.
    ///
    /// @param seams of each run, where it was resumed from a step before
    /// @param what  said about the order; empty if nothing was wrong
    record Settled(List<Points> runs, List<List<Seam>> seams, Optional<String> what) {
        Settled(List<Points> runs, Optional<String> what) {
            this(runs, List.of(), what);
        }
    }

    static Settled settle(Points points) {
        long[] steps = points.steps();
        int backs = 0;
        for (int i = 1; i < steps.length; i++) {
            if (steps[i] <= steps[i - 1]) {
                backs++;
            }
        }
        if (backs == 0) {
            return new Settled(List.of(points), Optional.empty());
        }
        if (backs == steps.length - 1 && Arrays.stream(steps).allMatch(step -> step == steps[0])) {
            return new Settled(
                    List.of(new Points(LongStream.range(0, steps.length).toArray(), points.values())),
                    Optional.of("every step is " + steps[0] + ": rows are numbered instead"));
        }
        return SHORTEST * (backs + 1L) <= steps.length ? branches(points) : disorder(points);
    }

    private static Settled branches(Points points) {
        List<Points> runs = new ArrayList<>();
        List<List<Seam>> seams = new ArrayList<>();
        List<Seam> own = new ArrayList<>();
        Branch branch = new Branch();
        int restarts = 0;
        int late = 0;
        int lateStretches = 0;
        int replaced = 0;
        int from = 0;
        long first = 0;
        while (from < points.steps().length) {
            int to = risingEnd(points.steps(), from);
            long start = points.steps()[from];
            if (branch.size > 1 && branch.isOther(points, from, to)) {
                runs.add(branch.points());
                seams.add(own);
                branch = new Branch();
                own = new ArrayList<>();
            } else if (branch.size > 0) {
                if (branch.goesOnFrom(points, from, to)) {
                    long left = branch.steps[branch.size - 1];
                    double highest = branch.highestFrom(start);
                    replaced += branch.cut(start);
                    first = restarts++ == 0 ? start : first;
                    own.removeIf(seam -> seam.step() >= start);
                    own.add(new Seam(
                            start,
                            left,
                            "the steps go back from " + left + " to " + start + "; what was abandoned had values up to "
                                    + WrittenNumber.brief(highest)));
                } else {
                    late += to - from;
                    if (++lateStretches > MOST_LATE) {
                        return disorder(points);
                    }
                    branch.insert(points, from, to);
                    from = to;
                    continue;
                }
            }
            branch.append(points, from, to);
            from = to;
        }
        runs.add(branch.points());
        seams.add(own);
        List<String> said = new ArrayList<>();
        if (runs.size() > 1) {
            said.add("the steps begin again " + times(runs.size() - 1) + ": taken for " + runs.size() + " runs");
        }
        if (restarts > 0) {
            said.add("the steps go back " + times(restarts) + ", first to " + first
                    + ": a resumed run; the later branch" + " replaced " + replaced + " values");
        }
        if (late > 0) {
            said.add(late + " values came late and were put where their steps belong");
        }
        return new Settled(runs, seams, said.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", said)));
    }

    private static Settled disorder(Points points) {
        long[] steps = points.steps();
        int[] order = stableOrder(steps);
        int distinct = 1;
        int same = 0;
        for (int i = 1; i < order.length; i++) {
            if (steps[order[i]] != steps[order[i - 1]]) {
                distinct++;
            } else if (Double.compare(points.values()[order[i]], points.values()[order[i - 1]]) == 0) {
                same++;
            }
        }
        int repeats = order.length - distinct;
        int runs = (int) Math.round((double) order.length / distinct);
        if (runs >= 2 && same < repeats / 2 && Repeats.ofOneStep(points, order)) {
            return new Settled(
                    List.of(Repeats.means(points, order)),
                    Optional.of("every step occurs about " + runs + " times: taken for micro-batches or workers of one"
                            + " run, whose mean is used"));
        }
        if (runs >= 2 && same < repeats / 2 && runs <= MOST_RUNS) {
            return new Settled(
                    mixed(points, order, runs),
                    Optional.of("every step occurs about " + runs + " times: taken for " + runs
                            + " runs mixed in one file, told apart by the order of their rows; give each run a file of"
                            + " its own to be certain"));
        }
        Branch sorted = new Branch();
        boolean rising = true;
        for (int i = 0; i < order.length; i++) {
            rising &= i == 0 || order[i] > order[i - 1];
            if (i + 1 == order.length || steps[order[i + 1]] != steps[order[i]]) {
                sorted.append(points, order[i], order[i] + 1);
            }
        }
        String dropped = repeats == 0
                ? ""
                : "; of equal steps the later value was kept, " + repeats + " values were dropped"
                        + (same == repeats ? ", all alike" : "");
        return new Settled(
                List.of(sorted.points()),
                Optional.of((rising ? "steps repeat" : "the steps are in disorder and were sorted") + dropped));
    }

    private static List<Points> mixed(Points points, int[] order, int runs) {
        List<Branch> branches =
                IntStream.range(0, runs).mapToObj(_ -> new Branch()).toList();
        int occurrence = 0;
        for (int i = 0; i < order.length; i++) {
            boolean again = i > 0 && points.steps()[order[i]] == points.steps()[order[i - 1]];
            occurrence = again ? occurrence + 1 : 0;
            if (occurrence < runs) {
                branches.get(occurrence).append(points, order[i], order[i] + 1);
            }
        }
        return branches.stream().map(Branch::points).toList();
    }

    /// Positions in the order of their steps; of equal steps, in the order of the file.
    private static int[] stableOrder(long[] steps) {
        long least = Arrays.stream(steps).min().orElseThrow();
        long most = Arrays.stream(steps).max().orElseThrow();
        int bits = 64 - Long.numberOfLeadingZeros(steps.length);
        if (most - least < 0 || most - least >= Long.MAX_VALUE >> bits) {
            return IntStream.range(0, steps.length)
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> steps[i]))
                    .mapToInt(i -> i)
                    .toArray();
        }
        long[] keys = new long[steps.length];
        for (int i = 0; i < steps.length; i++) {
            keys[i] = steps[i] - least << bits | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys)
                .mapToInt(key -> (int) (key & (1L << bits) - 1))
                .toArray();
    }

    private static int risingEnd(long[] steps, int from) {
        int to = from + 1;
        while (to < steps.length && steps[to] > steps[to - 1]) {
            to++;
        }
        return to;
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    /// Points of one run with increasing steps.
    private static final class Branch {
        private long[] steps = new long[16];
        private double[] values = new double[16];
        private int size;

        /// Whether points belong to another run: they begin before the first, or run nothing again of what lies behind
        /// their start.
        boolean isOther(Points points, int from, int to) {
            long start = points.steps()[from];
            boolean none = to - from > 1 && place(start) == place(points.steps()[to - 1] + 1);
            return start <= steps[0] || none && place(start) < size;
        }

        /// Whether points that start before the end are this run resumed, rather than single late ones: they fill
        /// again at least half of what they pass over.
        boolean goesOnFrom(Points points, int from, int to) {
            long last = points.steps()[to - 1];
            int begin = place(points.steps()[from]);
            int end = last >= steps[size - 1] ? size : place(last + 1);
            int again = 0;
            while (from + again < to && points.steps()[from + again] <= steps[size - 1]) {
                again++;
            }
            boolean replaces = 2 * again >= end - begin;
            boolean same = begin < size && steps[begin] == points.steps()[from];
            return replaces && (again >= 2 || same && last > steps[size - 1]);
        }

        private int place(long step) {
            int at = Arrays.binarySearch(steps, 0, size, step);
            return at < 0 ? -at - 1 : at;
        }

        /// The highest value at a step or after it.
        double highestFrom(long step) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = place(step); i < size; i++) {
                highest = Double.isNaN(values[i]) ? values[i] : Math.max(highest, values[i]);
            }
            return highest;
        }

        /// Drops what lies at a step or after it.
        int cut(long step) {
            int at = Arrays.binarySearch(steps, 0, size, step);
            int kept = at < 0 ? -at - 1 : at;
            int dropped = size - kept;
            size = kept;
            return dropped;
        }

        void append(Points points, int from, int to) {
            int length = to - from;
            if (size + length > steps.length) {
                int room = Math.max(size + length, 2 * steps.length);
                steps = Arrays.copyOf(steps, room);
                values = Arrays.copyOf(values, room);
            }
            System.arraycopy(points.steps(), from, steps, size, length);
            System.arraycopy(points.values(), from, values, size, length);
            size += length;
        }

        /// Late points, each at its place; they are few.
        void insert(Points points, int from, int to) {
            for (int i = from; i < to; i++) {
                int at = Arrays.binarySearch(steps, 0, size, points.steps()[i]);
                if (at >= 0) {
                    values[at] = points.values()[i];
                    continue;
                }
                int place = -at - 1;
                append(points, i, i + 1);
                System.arraycopy(steps, place, steps, place + 1, size - 1 - place);
                System.arraycopy(values, place, values, place + 1, size - 1 - place);
                steps[place] = points.steps()[i];
                values[place] = points.values()[i];
            }
        }

        Points points() {
            return new Points(Arrays.copyOf(steps, size), Arrays.copyOf(values, size));
        }
    }
}
