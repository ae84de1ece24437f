package adamscope.diagnosis;

import adamscope.regime.SpikeEvent;
import java.util.ArrayList;
import java.util.List;

/// Rises of one run held against those of another.
///
/// @param steps    onsets of the rises of the first run within the steps of both
/// @param shared   those at which the second rises too, or stands out by half of the height
/// @param others   rises of the second within the steps of both
/// @param expected how many of the first would fall on one of the second by chance
record SharedRises(List<Long> steps, List<Long> shared, int others, double expected) {

    static SharedRises of(Diagnosis one, Diagnosis other, PairedLogs pair) {
        long from = pair.step(0);
        long to = pair.step(pair.rows() - 1);
        List<SpikeEvent> first = within(one, from, to);
        List<SpikeEvent> second = within(other, from, to);
        List<Long> shared = new ArrayList<>();
        double covered = 0;
        for (SpikeEvent event : second) {
            covered += rowsBetween(pair, event.onset(), event.peak()) + 2;
        }
        double expected = 0;
        for (SpikeEvent event : first) {
            expected += Math.min(1, covered / pair.rows());
            boolean together = second.stream().anyMatch(each -> overlap(pair, event, each))
                    || !event.broken() && PairedLogs.standsOut(other.curve(), event.peak(), event.height());
            if (together) {
                shared.add(event.onset());
            }
        }
        return new SharedRises(first.stream().map(SpikeEvent::onset).toList(), shared, second.size(), expected);
    }

    private static List<SpikeEvent> within(Diagnosis diagnosis, long from, long to) {
        return diagnosis.events().stream()
                .map(EventDiagnosis::event)
                .filter(event -> event.onset() >= from && event.onset() <= to)
                .toList();
    }

    private static boolean overlap(PairedLogs pair, SpikeEvent a, SpikeEvent b) {
        return rowsBetween(pair, Math.min(a.onset(), b.onset()), Math.max(a.onset(), b.onset())) <= 1
                || rowsBetween(pair, Math.min(a.peak(), b.peak()), Math.max(a.peak(), b.peak())) == 0;
    }

    private static int rowsBetween(PairedLogs pair, long from, long to) {
        return row(pair, to) - row(pair, from);
    }

    private static int row(PairedLogs pair, long step) {
        int low = 0;
        int high = pair.rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pair.step(middle) < step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Whether so many shared rises are more than chance: the expected number of an event that rare is below a
    /// thousandth.
    boolean beyondChance() {
        int k = shared.size();
        double tail = 1;
        for (int i = 1; i <= k; i++) {
            // The mean of falling products bounds the tail of a sum of independent hits: E^k/k!.
            tail *= expected / i;
        }
        return k > 0 && tail < 1e-3;
    }
}
