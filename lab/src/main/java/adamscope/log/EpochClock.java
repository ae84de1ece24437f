package adamscope.log;

import java.util.HashMap;
import java.util.Map;

/// One count of steps out of an epoch and a place in it, for logs whose iterations start anew in each epoch.
///
/// An epoch's steps follow those of the epoch before: by its length where the log tells it (`50/7330`), else at the
/// distance that rows had before. Iterations that go on from epoch to epoch are left as they are. An epoch that is met
/// again keeps its place, so that a resumed run goes back.
final class EpochClock {
    private static final int MOST_EPOCHS = 1 << 20;

    private final Map<Long, Long> offsets = new HashMap<>();
    private long epoch;
    private long iteration;
    private long last;
    private long spacing = 1;
    private boolean begun;

    /// @param atEpoch the epoch, or -1 if it is not known
    /// @param at      iteration as the log has it
    /// @param length  of an epoch, or -1 if it is not known
    long step(long atEpoch, long at, long length) {
        if (!begun) {
            begun = true;
            epoch = atEpoch;
            offsets.put(atEpoch, 0L);
        } else if (atEpoch >= 0 && atEpoch != epoch) {
            enter(atEpoch, at, length);
        } else if (atEpoch < 0 && at < iteration && length > 0 && iteration + 2 * spacing > length) {
            // A bar begins again after its end: the next pass.
            offsets.merge(epoch, length, Long::sum);
        }
        long step = offsets.getOrDefault(epoch, 0L) + at;
        if (at > iteration && step > last) {
            spacing = step - last;
        }
        iteration = at;
        last = step;
        return step;
    }

    private void enter(long next, long at, long length) {
        if (!offsets.containsKey(next) && offsets.size() < MOST_EPOCHS) {
            long before = offsets.getOrDefault(epoch, 0L);
            boolean again = at <= iteration && next > epoch;
            long passed = length > 0 ? before + length * (next - epoch) : last + spacing - at;
            offsets.put(next, again ? passed : before);
        }
        epoch = next;
    }
}
