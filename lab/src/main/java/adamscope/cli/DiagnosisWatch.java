package adamscope.cli;

import adamscope.diagnosis.Diagnosis;
import adamscope.log.FollowedLog;
import adamscope.log.NameMap;
import adamscope.regime.RunLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Follows logs that grow and tells a run's diagnosis whenever its outcome or the number of its rises changes.
///
/// @param diagnosing from a log as far as it goes
/// @param telling    takes each diagnosis that says something new
record DiagnosisWatch(Function<RunLog, Diagnosis> diagnosing, Consumer<Diagnosis> telling) {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// Of the time, at most a fifth goes into diagnoses.
    private static final int REST = 4;

    private record Said(String outcome, int rises) {}

    /// Follows until nothing was added for so long; the last diagnosis of every run.
    List<Diagnosis> follow(List<Path> paths, NameMap names, Duration idle) {
        List<FollowedLog> logs =
                paths.stream().map(path -> FollowedLog.open(path, names)).toList();
        Map<String, Said> said = new HashMap<>();
        List<Diagnosis> latest = List.of();
        long lastNews = System.nanoTime();
        while (System.nanoTime() - lastNews < idle.toNanos()) {
            long begin = System.nanoTime();
            if (logs.stream().mapToLong(FollowedLog::advance).sum() > 0) {
                latest = diagnosed(logs, said);
                lastNews = System.nanoTime();
            }
            long busy = System.nanoTime() - begin;
            if (!rested(Math.max(PAUSE.toNanos(), REST * busy))) {
                return latest;
            }
        }
        return latest;
    }

    private List<Diagnosis> diagnosed(List<FollowedLog> logs, Map<String, Said> said) {
        List<Diagnosis> all = new ArrayList<>();
        for (int i = 0; i < logs.size(); i++) {
            for (RunLog log : logs.get(i).runs()) {
                Diagnosis diagnosis = diagnosing.apply(log);
                Said now = new Said(diagnosis.outcome().word(), diagnosis.rises());
                if (!now.equals(said.put(i + " " + log.name(), now))) {
                    telling.accept(diagnosis);
                }
                all.add(diagnosis);
            }
        }
        return all;
    }

    private static boolean rested(long nanoseconds) {
        try {
            Thread.sleep(Duration.ofNanos(nanoseconds));
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
