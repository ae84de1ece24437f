package adamscope.kernel;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/// Takes lanes out of a tile once the rest of their run is known: to the bit where their state has come back, so that
/// they repeat a cycle for ever; along straight lines where they converge as a theory says; not at all where they have
/// left the range of double.
final class Settling {
    /// The share of lanes that must be settled before the others are moved together.
    private static final int WORTH_MOVING = 8;

    private static final int RUNNING = 0;
    private static final int SETTLED = -1;

    private final TileFold fold;
    private final int windows;
    private final int leastPeriod;
    private final Expected expected;
    private final boolean early;
    private final Cycles cycles;
    private final boolean expects;

    /// Windows after which some lane settles in a cycle.
    private final BitSet planned = new BitSet();

    private int[] settlesAt;
    private int[] period;
    private int settled;

    /// @param windows     windows of the whole run
    /// @param leastPeriod a period, in windows, must be a multiple of it so that all records repeat; 0 if only lanes
    /// out
    ///                    of range may be taken out
    Settling(TileFold fold, Expected expected, int windows, int leastPeriod) {
        this.early = leastPeriod > 0;
        this.fold = fold;
        this.cycles = new Cycles(fold.isPlain());
        this.expected = expected;
        this.expects = early && Arrays.stream(expected.lossSlope()).anyMatch(slope -> slope < 0);
        int lanes = expected.lossSlope().length;
        this.windows = windows;
        this.leastPeriod = leastPeriod;
        this.settlesAt = new int[lanes];
        this.period = new int[lanes];
    }

    /// Looks at the lanes after a window.
    ///
    /// @param window the number of windows that have ended
    void afterWindow(Reached run, int window) {
        int[] found = early ? cycles.periods(run.state(), window) : null;
        for (int at = 0; found != null && at < found.length; at++) {
            if (found[at] > 0 && settlesAt[at] == RUNNING) {
                plan(at, window - found[at], leastCommonMultiple(found[at], leastPeriod), window);
            }
        }
        if (!fold.hasLeftRange() && !expects && !planned.get(window)) {
            return;
        }
        for (int at = 0; at < settlesAt.length; at++) {
            boolean known = settlesAt[at] != SETTLED
                    && (fold.settleIfOutOfRange(run, at)
                            || early && fold.settleIfAsExpected(run, at, expected)
                            || settlesAt[at] == window && repeats(run, at));
            if (known) {
                settlesAt[at] = SETTLED;
                settled++;
            }
        }
    }

    private boolean repeats(Reached run, int at) {
        fold.settle(run, at, period[at]);
        return true;
    }

    /// The lane settles after a whole number of periods before the end of the run, at least one of them seen.
    private void plan(int at, int begun, int lasts, int window) {
        int seen = Math.max(begun + lasts, window);
        int when = seen + Math.floorMod(windows - seen, lasts);
        if (when < windows) {
            settlesAt[at] = when;
            planned.set(when);
            period[at] = lasts;
        }
    }

    private static int leastCommonMultiple(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return a / x * b;
    }

    /// Whether no lane needs to run on.
    boolean isDone() {
        return settled == settlesAt.length;
    }

    /// Moves the lanes that run on together, where it pays.
    void moveTogether(Lanes run) {
        if (isDone() || settled * WORTH_MOVING < settlesAt.length) {
            return;
        }
        int[] kept = running();
        run.keep(kept);
        cycles.keep(kept);
        fold.keep(kept);
        settlesAt = Magnitudes.kept(settlesAt, kept);
        period = Magnitudes.kept(period, kept);
        settled = 0;
    }

    /// The lanes that are not settled.
    int[] running() {
        return IntStream.range(0, settlesAt.length)
                .filter(at -> settlesAt[at] != SETTLED)
                .toArray();
    }
}
