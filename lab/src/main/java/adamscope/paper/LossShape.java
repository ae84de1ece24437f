package adamscope.paper;

import adamscope.figure.Mark;
import adamscope.regime.LossCurve;
import adamscope.regime.SpikeEvent;
import adamscope.regime.SpikeSearch;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.List;

/// What the loss of a training did, in numbers: how deep, how many spikes, how rough. Heights are decades.
///
/// @param steps  the step of each loss
/// @param loss   L(θ_t); no number where the run had left the range
/// @param rises  what [SpikeSearch] finds on it
record LossShape(double[] steps, double[] loss, List<SpikeEvent> rises) {
    /// What counts as a large spike, in decades.
    static final double LARGE = 1;

    /// Of a training, at every step.
    static LossShape of(Table measurements) {
        double[] steps = measurements.numbers("step");
        double[] loss = measurements.numbers("loss");
        return new LossShape(steps, loss, SpikeSearch.events(curve(steps, loss)));
    }

    /// The only training of a group.
    static LossShape of(Tables tables, String group) {
        return of(TrainedRuns.only(tables, group));
    }

    /// The trainings of a group, in order.
    static List<LossShape> all(Tables tables, String group) {
        return TrainedRuns.steps(tables, group).values().stream()
                .map(LossShape::of)
                .toList();
    }

    private static LossCurve curve(double[] steps, double[] loss) {
        return LossCurve.of(Arrays.stream(steps).mapToLong(step -> (long) step).toArray(), loss);
    }

    double lastStep() {
        return steps[steps.length - 1];
    }

    /// Rises of at least so many decades that begin at or after a step.
    long spikes(double decades, double from) {
        return rises.stream()
                .filter(rise -> rise.height() >= decades && rise.onset() >= from)
                .count();
    }

    /// The tallest rise that begins at or after a step, in decades; 0 without one.
    double tallest(double from) {
        return rises.stream()
                .filter(rise -> rise.onset() >= from)
                .mapToDouble(SpikeEvent::height)
                .max()
                .orElse(0);
    }

    /// Decades climbed per thousand steps in rises from a step on.
    double roughness(double from) {
        double decades = rises.stream()
                .filter(rise -> rise.onset() >= from && !rise.broken())
                .mapToDouble(SpikeEvent::height)
                .sum();
        return 1000 * decades / (lastStep() - from);
    }

    /// Share of the steps from one to another at which a falling loss turns up or a rising one down.
    double turns(double from, double to) {
        int a = at(from);
        int b = at(to);
        int turns = 0;
        for (int i = a; i + 2 <= b; i++) {
            turns += (loss[i + 1] - loss[i]) * (loss[i + 2] - loss[i + 1]) < 0 ? 1 : 0;
        }
        return turns / (double) Math.max(1, b - a - 1);
    }

    /// Median loss from a step on; infinite if half of them are no numbers.
    double median(double from) {
        double[] late = late(from);
        Arrays.sort(late);
        return late[late.length / 2];
    }

    /// Mean loss from a step on.
    double mean(double from) {
        return Arrays.stream(late(from)).average().orElseThrow();
    }

    private double[] late(double from) {
        return Arrays.stream(loss, at(from), loss.length)
                .map(value -> Double.isNaN(value) ? Double.POSITIVE_INFINITY : value)
                .toArray();
    }

    /// The smallest loss.
    double lowest() {
        return Arrays.stream(loss).filter(Double::isFinite).min().orElse(Double.NaN);
    }

    /// Decades from the first loss down to one.
    double decadesTo(double reached) {
        return Math.log10(loss[0] / reached);
    }

    /// The first step with a loss below this; infinite if there is none.
    double firstBelow(double level) {
        for (int i = 0; i < loss.length; i++) {
            if (loss[i] < level) {
                return steps[i];
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    /// The loss at the first row at or after a step.
    double lossAt(double step) {
        return loss[at(step)];
    }

    private int at(double step) {
        int i = 0;
        while (i + 1 < steps.length && steps[i] < step) {
            i++;
        }
        return i;
    }

    Mark line(String name) {
        return Mark.line(name, steps, loss);
    }

    /// The rows from one step to another.
    Mark line(String name, double from, double to) {
        int a = at(from);
        int b = at(to) + 1;
        return Mark.line(name, Arrays.copyOfRange(steps, a, b), Arrays.copyOfRange(loss, a, b));
    }

    /// Over time η·t.
    Mark inTime(String name, double lr) {
        return Mark.line(name, Arrays.stream(steps).map(step -> lr * step).toArray(), loss);
    }
}
