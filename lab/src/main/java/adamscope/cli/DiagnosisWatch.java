package adamscope.cli;

import adamscope.diagnosis.Diagnosis;
import adamscope.diagnosis.EarlyWarning;
import adamscope.log.FollowedLog;
import adamscope.log.NameMap;
import adamscope.regime.RunLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/// Follows logs that grow and tells a run's diagnosis whenever its outcome or the number of its rises changes, and an
/// alarm of the early warning when it begins.
///
/// @param diagnosing from a log as far as it goes
/// @param telling    takes each diagnosis that says something new
/// @param warning    takes a line for each new alarm that no rise has followed yet
record DiagnosisWatch(Function<RunLog, Diagnosis> diagnosing, Consumer<Diagnosis> telling, Consumer<String> warning) {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// Of the time, at most a fifth goes into diagnoses.
    private static final int REST = 4;

    private record Said(String outcome, int rises, long warned) {}

    /// Follows until nothing was added for so long, or nothing more will be; the last diagnosis of every run.
    List<Diagnosis> follow(List<Path> paths, NameMap names, Duration idle, BooleanSupplier over) {
        List<FollowedLog> logs =
                paths.stream().map(path -> FollowedLog.open(path, names)).toList();
        Map<String, Said> said = new HashMap<>();
        List<Diagnosis> latest = List.of();
        long lastNews = System.nanoTime();
        while (System.nanoTime() - lastNews < idle.toNanos()) {
            long begin = System.nanoTime();
            // Asked before reading, so that what came last is read.
            boolean last = over.getAsBoolean();
            if (logs.stream().mapToLong(FollowedLog::advance).sum() > 0) {
                latest = diagnosed(logs, said);
                lastNews = System.nanoTime();
            }
            if (last) {
                return latest;
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
                Said before = said.getOrDefault(i + " " + log.name(), new Said("", 0, Long.MIN_VALUE));
                long warned = warned(diagnosis, before.warned());
                Said now = new Said(diagnosis.outcome().word(), diagnosis.rises(), warned);
                said.put(i + " " + log.name(), now);
                if (!now.outcome().equals(before.outcome()) || now.rises() != before.rises()) {
                    telling.accept(diagnosis);
                }
                all.add(diagnosis);
            }
        }
        return all;
    }

    /// Tells the alarms after a step that no rise has followed; the step of the last alarm.
    private long warned(Diagnosis diagnosis, long after) {
        EarlyWarning scores = diagnosis.warning();
        long lastRise = diagnosis.events().stream()
                .mapToLong(event -> event.event().onset())
                .max()
                .orElse(Long.MIN_VALUE);
        long last = after;
        for (int row : scores.alarms()) {
            long step = scores.steps()[row];
            if (step > after && step > lastRise) {
                warning.accept(String.format(
                        Locale.ROOT,
                        "warning: %s, step %d: %s stands at %.3g of what counts as an alarm; the loss has not risen",
                        diagnosis.log().name(),
                        step,
                        scores.source(row),
                        scores.scores()[row]));
            }
            last = Math.max(last, step);
        }
        return last;
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
