package adamscope.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Tells of a process that does little but collect garbage: with hardly any memory left a run would crawl on for hours,
/// and never come to the [OutOfMemoryError] that says so.
final class MemoryWatch {
    private static final int SECONDS_A_LOOK = 10;
    private static final int LOOKS = 2;
    private static final double MOST = 0.8;

    private final Consumer<String> exhausted;
    private int bad;

    MemoryWatch(Consumer<String> exhausted) {
        this.exhausted = exhausted;
    }

    /// Looks as long as the process lives.
    ///
    /// @param exhausted hears, in words, what the time went into
    static void begin(Consumer<String> exhausted) {
        Thread.ofPlatform().daemon().name("memory").start(new MemoryWatch(exhausted)::watch);
    }

    private void watch() {
        long begin = System.nanoTime();
        long before = 0;
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(SECONDS_A_LOOK);
                long collecting = collecting();
                long now = System.nanoTime();
                look(collecting - before, now - begin);
                before = collecting;
                begin = now;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) {
            exhausted.accept(e.getMessage());
        }
    }

    /// @param collecting nanoseconds of the span
    void look(long collecting, long span) {
        bad = collecting > MOST * span ? bad + 1 : 0;
        if (bad == LOOKS) {
            exhausted.accept("nearly all of the last " + SECONDS_A_LOOK * LOOKS + " s went into collecting garbage");
        }
    }

    /// Nanoseconds in which the process stood still for it.
    private static long collecting() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        return TimeUnit.MILLISECONDS.toNanos(collectors.stream()
                // Those that collect beside the program count whole cycles, and what stands still apart.
                .filter(collector -> !collector.getName().endsWith("Cycles"))
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum());
    }
}
