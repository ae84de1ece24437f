package adamscope.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
        Supplier<Duration> left = left(given, Clock.systemDefaultZone(), System::nanoTime);
        Thread.ofPlatform().daemon().name("until").start(() -> {
            for (Duration now = left.get(); now.isPositive(); now = left.get()) {
                LockSupport.parkNanos(now.compareTo(Duration.ofNanos(LOOK_NANOS)) > 0 ? LOOK_NANOS : now.toNanos());
            }
            interruption.requeue();
        });
    }

    /// What is left whenever it is asked: of a span, whatever becomes of the clock; to a moment, by the clock, which
    /// may be set meanwhile.
    ///
    /// @param ticking nanoseconds of a clock that nobody sets
    static Supplier<Duration> left(String text, Clock clock, LongSupplier ticking) {
        Instant now = clock.instant();
        Instant end = read(text, now, clock.getZone());
        if (SPAN.matcher(text).matches()) {
            Duration whole = Duration.between(now, end);
            long begin = ticking.getAsLong();
            return () -> whole.minusNanos(ticking.getAsLong() - begin);
        }
        return () -> Duration.between(clock.instant(), end);
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
