package adamscope.regime;

import java.util.List;

/// How much a run spikes, comparable between runs of any length, loss and unit.
///
/// @param percentOfSteps    share of the steps between onset and recovery of a rise, in percent
/// @param eventsPerThousand rises per thousand steps
/// @param decadesPerThousand decades climbed in rises per thousand steps, infinite ones not counted
/// @param largest           the highest rise, in decades
public record SpikeScore(double percentOfSteps, double eventsPerThousand, double decadesPerThousand, double largest) {

    /// The score of a curve with its rises.
    public static SpikeScore of(LossCurve curve, List<SpikeEvent> events) {
        if (curve.points() < 2) {
            return new SpikeScore(0, 0, 0, 0);
        }
        long first = curve.steps()[0];
        long last = curve.steps()[curve.points() - 1];
        double span = Math.max(1, last - first);
        long covered = 0;
        long until = first;
        for (SpikeEvent event : events) {
            long from = Math.clamp(event.onset(), until, last);
            until = Math.clamp(event.recovery().orElse(event.peak() + event.climb()), from, last);
            covered += until - from;
        }
        double decades = events.stream()
                .mapToDouble(SpikeEvent::height)
                .filter(Double::isFinite)
                .sum();
        return new SpikeScore(
                100 * covered / span,
                1000 * events.size() / span,
                1000 * decades / span,
                events.stream().mapToDouble(SpikeEvent::height).max().orElse(0));
    }
}
