package adamscope.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// How far a task has come, on standard error, once it has taken more than two seconds.
///
/// On a terminal one line is redrawn; elsewhere a plain line is written now and then. Work may be reported from any
/// thread.
///
/// ```java
/// try (Progress progress = console.progress("phase diagram", cells, "cells")) {
///     sweep.run(progress::advance);
/// }
/// ```
public final class Progress implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration REDRAWN = Duration.ofMillis(250);
    private static final Duration LINE = Duration.ofSeconds(10);

    private final PrintStream err;
    private final boolean terminal;
    private final String task;
    private final long total;
    private final String unit;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final ScheduledExecutorService clock;
    private boolean shown;
    private volatile String note = "";

    /// A task of `total` units, such as `"cells"`, that begins now.
    Progress(PrintStream err, boolean terminal, String task, long total, String unit) {
        this.err = err;
        this.terminal = terminal;
        this.task = task;
        this.total = total;
        this.unit = unit;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("progress").factory());
        long between = (terminal ? REDRAWN : LINE).toMillis();
        clock.scheduleAtFixedRate(this::show, QUIET.toMillis(), between, TimeUnit.MILLISECONDS);
    }

    /// Reports that so many more units are done.
    public void advance(long more) {
        done.addAndGet(more);
    }

    /// What is shown behind the count from now on, such as `loss 0.31`.
    public void note(String text) {
        note = text;
    }

    /// Ends the display; says how long the task took if it was ever shown.
    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            if (shown) {
                String last = "%s: %d of %d %s in %s%s"
                        .formatted(
                                task,
                                done.get(),
                                total,
                                unit,
                                readable(System.nanoTime() - start),
                                note.isEmpty() ? "" : ", " + note);
                err.print(terminal ? "\r\033[K" + last + "\n" : last + "\n");
                err.flush();
            }
        }
    }

    private synchronized void show() {
        if (clock.isShutdown()) {
            return;
        }
        shown = true;
        String line =
                line(task, done.get(), total, unit, System.nanoTime() - start) + (note.isEmpty() ? "" : ", " + note);
        err.print(terminal ? "\r\033[K" + line : line + "\n");
        err.flush();
    }

    /// `phase: 25%, 1000 of 4000 cells, 100/s, 30 s left`
    static String line(String task, long done, long total, String unit, long nanos) {
        double rate = done / (nanos * 1e-9);
        String left = done == 0 ? "" : ", %s left".formatted(readable((long) ((total - done) / rate * 1e9)));
        return String.format(
                Locale.ROOT,
                "%s: %d%%, %d of %d %s, %.3g/s%s",
                task,
                total == 0 ? 100 : 100 * done / total,
                done,
                total,
                unit,
                rate,
                left);
    }

    /// `42 s`, `3 min 20 s`, `2 h 5 min`
    static String readable(long nanos) {
        long seconds = Math.round(nanos * 1e-9);
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
