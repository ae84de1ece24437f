package adamscope.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// `--until`: when a command ends by itself, as a scheduler would end it.
final class UntilOption {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9}(?:[.][0-9]{1,9})?)(s|min|h|d)");
    private static final Map<String, Double> SECONDS = Map.of("s", 1.0, "min", 60.0, "h", 3600.0, "d", 86400.0);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "End then, after 110min or 6h from now or at 2026-12-01T06:00, with exit code 75; what is"
                    + " done is kept, and the same command goes on.")
    private String given;

    /// Sees to it that the command ends in time, and when a scheduler asks.
    ///
    /// @throws IllegalArgumentException if it is no time, or over
    void begin(Interruption interruption) {
        interruption.hearScheduler();
        if (given == null) {
            return;
        }
        Instant end = read(given, Instant.now(), ZoneId.systemDefault());
        // The clock is looked at again and again: it may be set meanwhile, and processes may be stopped.
        Thread.ofPlatform().daemon().name("until").start(() -> {
            for (Duration left = left(end); left.isPositive(); left = left(end)) {
                LockSupport.parkNanos(left.compareTo(Duration.ofNanos(LOOK_NANOS)) > 0 ? LOOK_NANOS : left.toNanos());
            }
            interruption.requeue();
        });
    }

    private static Duration left(Instant end) {
        return Duration.between(Instant.now(), end);
    }

    static Instant read(String text, Instant now, ZoneId zone) {
        Matcher span = SPAN.matcher(text);
        Instant end;
        if (span.matches()) {
            double seconds = Double.parseDouble(span.group(1)) * SECONDS.get(span.group(2));
            end = now.plusNanos((long) (1e9 * Math.min(seconds, 1e9)));
        } else {
            end = moment(text, zone);
        }
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException("--until " + text + ": this time is over");
        }
        return end;
    }

    private static Instant moment(String text, ZoneId zone) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            try {
                return LocalDateTime.parse(text).atZone(zone).toInstant();
            } catch (DateTimeException _) {
                throw new IllegalArgumentException("--until " + text
                        + ": write a span, such as 90s, 110min, 6h or 2d, or a time, such as 2026-12-01T06:00");
            }
        }
    }
}
