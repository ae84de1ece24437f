package adamscope.log;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.text.Listing;
import adamscope.text.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Reads training logs of other programs, whatever their kind: every point, nothing from a network.
///
/// | kind | found by |
/// | --- | --- |
/// | TensorBoard event files, those of one folder as one run | `tfevents` in the name |
/// | W&B's local files | `.wandb` |
/// | MLflow's file store | a folder with `metrics` and `params` or `meta.yaml` |
/// | MLflow's SQLite | its first bytes, or `.db` |
/// | Parquet | `.parquet`, or its first bytes |
/// | CSV, JSONL, JSON, what a trainer printed | content, whatever the name |
/// | run folders of this program | `experiment.yaml` |
///
/// All of them may be packed by gzip, zstd, bzip2 or xz; a zip is read as a folder.
///
/// Folders `train` and `validation` beside each other, as Keras writes them, are one run.
///
/// Damage costs what is damaged; the remarks of the run say how much.
public final class LogReader {
    /// The hyper-parameter that tells the type of numbers: bits of their significand, the hidden one included; 53,
    /// 24, 11 for float64, float32, float16, 8 for bfloat16.
    public static final String SIGNIFICAND_BITS = HyperName.SIGNIFICAND_BITS;

    /// The same of the format in which a run computes under autocast, where its states are of another.
    public static final String COMPUTE_BITS = HyperName.COMPUTE_BITS;

    private LogReader() {}

    /// The runs in a file, or in all logs below a folder.
    ///
    /// @throws IllegalArgumentException if there is no log, none with a value that can be used, or if it is open which
    ///                                  tag is the loss
    /// @throws UncheckedIOException     if nothing can be read
    public static List<RunLog> read(Path path, NameMap names) {
        return read(path, names, Limits.DEFAULT);
    }

    static List<RunLog> read(Path path, NameMap names, Limits limits) {
        List<LogSource> sources = LogFolder.sources(path);
        try {
            return read(sources, path.toString(), names, limits);
        } finally {
            ZipFolder.close(sources);
        }
    }

    private static List<RunLog> read(List<LogSource> sources, String place, NameMap names, Limits limits) {
        List<RunLog> logs = new ArrayList<>();
        Set<String> failures = new LinkedHashSet<>();
        Set<String> quiet = new LinkedHashSet<>();
        Exception unread = null;
        for (LogSource source : sources) {
            Set<String> failed = source.named() ? failures : quiet;
            try {
                CollectedRuns runs = new CollectedRuns(source.name(), names, limits);
                SourceReader.read(source, runs);
                List<RunLog> found = logs(runs);
                List<RunLog> useful = found.stream().filter(LogReader::hasLoss).toList();
                logs.addAll(useful);
                if (useful.isEmpty()) {
                    failed.add(source.name() + " holds no loss that is recognised" + why(runs));
                } else if (useful.size() < found.size()) {
                    found.stream()
                            .filter(log -> !hasLoss(log) && log.rows() > 0)
                            .forEach(log -> failed.add(log.name() + " holds no loss and was left out"));
                }
            } catch (UncheckedIOException | IOException e) {
                failed.add(source.name() + " cannot be read: " + e.getMessage());
                unread = e;
            }
        }
        if (logs.isEmpty()) {
            failures.addAll(quiet);
            throw new IllegalArgumentException(place + ": " + Listing.of(failures, 10, "; "), unread);
        }
        List<RunLog> joined = HeldOutJoin.joined(logs);
        return failures.isEmpty()
                ? joined
                : joined.stream()
                        .map(log -> log.remarked(List.copyOf(failures)))
                        .toList();
    }

    private static boolean hasLoss(RunLog log) {
        return log.has(Quantity.LOSS) || log.has(Quantity.LOG10_LOSS);
    }

    /// The runs of what was collected, in the order met.
    static List<RunLog> logs(CollectedRuns runs) {
        List<RunLog> logs = new ArrayList<>();
        List<RunPoints> filled = runs.runs().stream()
                .filter(run -> run.lastStep() != Long.MIN_VALUE)
                .toList();
        for (RunPoints run : filled) {
            logs.addAll(RunTables.logs(run, runs.names(), runs.limits()));
        }
        // What was said of the file as a whole, before its rows were given to runs by name.
        List<String> ofAll = runs.runs().stream()
                .filter(run -> run.lastStep() == Long.MIN_VALUE)
                .flatMap(run -> Stream.concat(
                        run.remarks().stream(),
                        run.losses().entrySet().stream().map(lost -> lost.getValue() + " " + lost.getKey())))
                .toList();
        logs.replaceAll(log -> ofAll.isEmpty() ? log : log.remarked(ofAll));
        if (runs.runsLeftOut() > 0) {
            List<String> more =
                    List.of("more than " + runs.limits().runs() + " runs in one file; further ones were not read");
            return logs.stream().map(log -> log.remarked(more)).toList();
        }
        return logs;
    }

    private static String why(CollectedRuns runs) {
        List<String> reasons = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (RunPoints run : runs.runs()) {
            run.losses().forEach((what, count) -> reasons.add(count + " " + what));
            reasons.addAll(run.remarks());
            seen.addAll(run.seen());
        }
        boolean bare = runs.received() == 0 && seen.stream().anyMatch(runs.names()::reads);
        if (bare) {
            // The names of quantities, and nothing below them: a header alone.
            reasons.add("no value follows the names " + NameMap.all(seen));
        } else if (!seen.isEmpty() && !runs.names().absent(seen).isEmpty()) {
            String absent = runs.names().absent(seen).getFirst();
            reasons.add("nothing in it is called '" + absent + "', as --map says; its names, the nearest first, are "
                    + NameMap.all(Nearest.first(seen.size(), absent, seen)));
        } else if (!seen.isEmpty()) {
            reasons.add("its names are " + NameMap.all(seen) + "; name the loss with --map loss=NAME");
        } else {
            reasons.add("no number in it has a name");
        }
        return ": " + String.join("; ", reasons.subList(Math.max(0, reasons.size() - 5), reasons.size()));
    }
}
