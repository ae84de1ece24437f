package adamscope.run;

import adamscope.store.JsonDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What a sweep takes on this machine, measured on a few of its points: [CostMeasure]. docs/scale.md.
///
/// @param points   of the space
/// @param steps    of a point
/// @param perPoint processor seconds of a point and its row, once the program is warm
/// @param start    processor seconds of a process before that
/// @param bytes    of a point in the table
/// @param perMerged processor seconds of a row in the merge
/// @param memory   of the process
public record SweepCost(
        long points, long steps, double perPoint, double start, double bytes, double perMerged, ProcessMemory memory)
        implements Finding {
    private static final List<Integer> SHARDS = List.of(1, 2, 4, 16, 64, 256, 1024);

    /// Processor seconds of a shard.
    public double secondsOf(int shards) {
        return start + Math.ceil((double) points / shards) * perPoint;
    }

    /// Processor seconds of all shards.
    public double secondsOfAll(int shards) {
        return shards * start + points * perPoint;
    }

    /// Processor seconds of the process that merges all rows, without its figures and its report.
    double secondsOfMerge() {
        return start + points * perMerged;
    }

    /// So many that each takes about as long as asked for, and its start is of no weight.
    public int shardsOf(double seconds) {
        return Math.clamp(Math.round(points * perPoint / seconds), 1, 1000);
    }

    /// The most shards of which none takes longer to start than a tenth of its work; 1 at least.
    int shardsWorthTheirStart() {
        return Math.clamp((long) (points * perPoint / (10 * start)), 1, Integer.MAX_VALUE);
    }

    /// Whether so many shards take longer to start than to work.
    boolean isMostlyStart(int shards) {
        return shards > 1 && points * perPoint / shards < start;
    }

    /// Nanoseconds of a point and step.
    double nanos() {
        return 1e9 * perPoint / steps;
    }

    @Override
    public Map<String, Object> document(Path folder) {
        return JsonDocument.object(
                "points",
                points,
                "steps",
                steps,
                "nanosecondsPerPointAndStep",
                nanos(),
                "secondsPerPoint",
                perPoint,
                "secondsOfStart",
                start,
                "bytesPerPoint",
                bytes,
                "memoryBytes",
                memory.taken(),
                "memoryBoundBytes",
                memory.bound(),
                "secondsOfMerge",
                secondsOfMerge(),
                "shards",
                shown().map(n -> JsonDocument.object(
                                "shards", n, "secondsOfOne", secondsOf(n), "secondsOfAll", secondsOfAll(n)))
                        .toList(),
                "tableBytes",
                points * bytes);
    }

    private Stream<Integer> shown() {
        return SHARDS.stream().filter(n -> n <= points);
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Finding.line("%d points of %d steps", points, steps));
        lines.add(Finding.line(
                "%-28s %.3g ns a point and step, %s a point", "processor time, one thread", nanos(), time(perPoint)));
        lines.add(Finding.line("%-28s %s a process", "start", time(start)));
        lines.add(Finding.line("%-28s %.3g bytes a point, %s in all", "table", bytes, size(points * bytes)));
        lines.add(Finding.line(
                "%-28s %s a process; with its heap full, below %s",
                "memory", size(memory.taken()), size(memory.bound())));
        lines.add(Finding.line("%8s  %14s  %14s", "shards", "time of each", "time of all"));
        shown().forEach(n -> lines.add(Finding.line("%8d  %14s  %14s", n, time(secondsOf(n)), time(secondsOfAll(n)))));
        lines.add(Finding.line(
                "the merge comes on top, once: %s for its start and the table; figures and report besides",
                time(secondsOfMerge())));
        return lines;
    }

    /// A time in the unit that suits it.
    public static String time(double seconds) {
        if (seconds < 1e-3) {
            return String.format(Locale.ROOT, "%.3g µs", 1e6 * seconds);
        }
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.3g ms", 1e3 * seconds);
        }
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.3g s", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.3g min", seconds / 60)
                : seconds < 172_800
                        ? String.format(Locale.ROOT, "%.3g h", seconds / 3600)
                        : String.format(Locale.ROOT, "%.4g days", seconds / 86_400);
    }

    /// A size in the unit that suits it.
    public static String size(double bytes) {
        return bytes < 1e3
                ? String.format(Locale.ROOT, "%.3g bytes", bytes)
                : bytes < 1e6
                        ? String.format(Locale.ROOT, "%.3g kB", bytes / 1e3)
                        : bytes < 1e9
                                ? String.format(Locale.ROOT, "%.3g MB", bytes / 1e6)
                                : String.format(Locale.ROOT, "%.4g GB", bytes / 1e9);
    }
}
