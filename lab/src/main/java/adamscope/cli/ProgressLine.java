package adamscope.cli;

import adamscope.run.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// How far a task has come, on standard error, once it has taken more than two seconds.
///
/// On a terminal one line is redrawn; elsewhere a plain line is written now and then.
final class ProgressLine implements Progress {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration REDRAWN = Duration.ofMillis(250);
    private static final Duration LINE = Duration.ofSeconds(10);
    private static final Duration SURELY_LONGER = Duration.ofSeconds(5);

    /// To the start of the line, which is emptied; what is too long for the terminal is cut off and not wrapped.
    private static final String REDRAW = "\r\033[K\033[?7l";

    private static final String WRAP = "\033[?7h";

    private final PrintStream err;
    private final boolean terminal;
    private final String task;
    private final long total;
    private final String unit;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final ScheduledExecutorService clock;
    private boolean shown;
    private volatile long last = start;
    private volatile long before;
    private volatile Supplier<String> note = () -> "";

    /// A task of `total` units, such as `"cells"`, that begins now.
    ProgressLine(PrintStream err, boolean terminal, String task, long total, String unit) {
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

    @Override
    public void begin(long earlier) {
        before = earlier;
    }

    @Override
    public void advance(long more) {
        done.addAndGet(more);
        last = System.nanoTime();
    }

    @Override
    public void note(Supplier<String> text) {
        note = text;
    }

    /// The line so far, with its note.
    private String noted(String line) {
        String text = note.get();
        return text.isEmpty() ? line : line + ", " + text;
    }

    /// Ends the display; says how long the task took if it was ever shown.
    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            if (shown) {
                String last = noted(String.format(
                        Locale.ROOT,
                        "%s: %d of %d %s in %s",
                        task,
                        before + done.get(),
                        total,
                        unit,
                        readable(System.nanoTime() - start)));
                err.print(terminal ? REDRAW + last + WRAP + "\n" : last + "\n");
                err.flush();
            }
        }
    }

    private synchronized void show() {
        if (clock.isShutdown()) {
            return;
        }
        shown = true;
        long now = System.nanoTime();
        String line = noted(line(task, new Count(before, done.get(), total, unit, now - last), now - start));
        err.print(terminal ? REDRAW + line + WRAP : line + "\n");
        err.flush();
    }

    /// How far a task is.
    ///
    /// @param before units that an earlier run did
    /// @param done   units that this one did
    /// @param waited nanoseconds since the last of them
    record Count(long before, long done, long total, String unit, long waited) {}

    /// `phase: 25%, 1000 of 4000 cells, 100/s, 30 s left`
    static String line(String task, Count count, long nanos) {
        long all = count.before() + count.done();
        double seconds = nanos * 1e-9;
        String rate = count.done() == 0 ? "" : ", " + rate(count.done() / seconds);
        double left = (count.total() - all) * (nanos / (double) Math.max(1, count.done()));
        // the rate tells no more where the next unit takes longer than all that are left should
        String end = count.done() == 0 || count.waited() > SURELY_LONGER.toNanos() + left
                ? ""
                : ", " + readable((long) left) + " left";
        return String.format(
                Locale.ROOT,
                "%s: %d%%, %d of %d %s%s%s",
                task,
                count.total() == 0 ? 100 : 100 * all / count.total(),
                all,
                count.total(),
                count.unit(),
                rate,
                end);
    }

    /// `1234/s`, `12.3/s`, `8.1 s each`
    private static String rate(double each) {
        if (each >= 0.995) {
            return String.format(Locale.ROOT, each >= 99.95 ? "%.0f/s" : each >= 9.995 ? "%.1f/s" : "%.2f/s", each);
        }
        return String.format(Locale.ROOT, each <= 0.1 ? "%.0f s each" : "%.1f s each", 1 / each);
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
