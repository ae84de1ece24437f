package adamscope.log;

import adamscope.regime.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads training logs of other programs, whatever their kind: every point, nothing from a network.
///
/// | kind | found by |
/// | --- | --- |
/// | TensorBoard event files, those of one folder as one run | `tfevents` in the name |
/// | W&B's local files | `.wandb` |
/// | MLflow's file store | a folder with `metrics` and `params` or `meta.yaml` |
/// | CSV, JSONL, JSON, Parquet | `.csv`, `.tsv`, `.jsonl`, `.json`, `.parquet` |
/// | run folders of this program | `experiment.yaml` |
///
/// Folders `train` and `validation` beside each other, as Keras writes them, are one run.
///
/// Damage costs what is damaged; the remarks of the run say how much.
public final class LogReader {
    /// The hyper-parameter that tells the type of numbers: bits of their significand, the hidden one included; 53, 24,
    /// 11
    /// for float64, float32, float16, 8 for bfloat16.
    public static final String SIGNIFICAND_BITS = HyperName.SIGNIFICAND_BITS;

    private LogReader() {}

    /// The runs in a file, or in all logs below a folder.
    ///
    /// @throws IllegalArgumentException if there is no log, none with a value that can be used, or if it is open which
    ///                                  tag is the loss
    /// @throws UncheckedIOException     if nothing can be read
    public static List<RunLog> read(Path path, NameMap names) {
        return read(path, names, Limits.STANDARD);
    }

    static List<RunLog> read(Path path, NameMap names, Limits limits) {
        List<RunLog> logs = new ArrayList<>();
        Set<String> failures = new LinkedHashSet<>();
        for (LogSource source : LogFolder.sources(path)) {
            try {
                CollectedRuns runs = new CollectedRuns(source.name(), names, limits);
                SourceReader.read(source, runs);
                List<RunLog> found = logs(runs);
                if (found.stream().allMatch(log -> log.rows() == 0)) {
                    failures.add(source.name() + " holds no value of a quantity that is known" + why(runs));
                } else {
                    logs.addAll(found);
                }
            } catch (UncheckedIOException | IOException e) {
                failures.add(source.name() + " cannot be read: " + e.getMessage());
            }
        }
        if (logs.isEmpty()) {
            throw new IllegalArgumentException(path + ": " + String.join("; ", failures));
        }
        List<RunLog> joined = HeldOutJoin.joined(logs);
        return failures.isEmpty()
                ? joined
                : joined.stream()
                        .map(log -> log.remarked(List.copyOf(failures)))
                        .toList();
    }

    /// The runs of what was collected, in the order met.
    static List<RunLog> logs(CollectedRuns runs) {
        List<RunLog> logs = new ArrayList<>();
        for (RunPoints run : runs.runs()) {
            logs.addAll(RunTables.logs(run, runs.names(), runs.limits()));
        }
        if (runs.runsLeftOut() > 0) {
            List<String> more =
                    List.of("more than " + runs.limits().runs() + " runs in one file; further ones were not read");
            return logs.stream().map(log -> log.remarked(more)).toList();
        }
        return logs;
    }

    private static String why(CollectedRuns runs) {
        List<String> reasons = new ArrayList<>();
        for (RunPoints run : runs.runs()) {
            run.losses().forEach((what, count) -> reasons.add(count + " " + what));
            reasons.addAll(run.remarks());
            boolean bare = run.series().values().stream().anyMatch(Optional::isPresent)
                    && run.series().values().stream()
                            .allMatch(series -> series.map(Series::size).orElse(0) == 0);
            if (bare) {
                // The names of quantities, and nothing below them: a header alone.
                reasons.add("no value follows the names "
                        + NameMap.some(run.series().keySet()));
            } else if (!run.series().isEmpty()) {
                reasons.add(
                        "its tags are " + NameMap.some(run.series().keySet()) + "; name the loss with --map loss=TAG");
            }
        }
        return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons.subList(0, Math.min(5, reasons.size())));
    }
}
