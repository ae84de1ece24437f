package adamscope.serve;

import java.util.ArrayList;
import java.util.List;

/// A curve that grows without end in a room that does not: neighbouring points become one stretch, of which the lowest
/// and the highest are drawn, so that no spike is lost.
final class LiveCurve {
    /// Stretches; twice as many points are drawn.
    static final int ROOM = 1024;

    private final List<LowAndHigh> stretches = new ArrayList<>(ROOM);
    private long width = 1;
    private long inLast;

    /// @param lowAt where the lowest value is; NaN values where there is no number
    private record LowAndHigh(double lowAt, double low, double highAt, double high) {
        LowAndHigh with(LowAndHigh next) {
            if (Double.isNaN(next.low)) {
                return this;
            }
            if (Double.isNaN(low)) {
                return next;
            }
            boolean lower = next.low < low;
            boolean higher = next.high > high;
            return new LowAndHigh(
                    lower ? next.lowAt : lowAt, lower ? next.low : low,
                    higher ? next.highAt : highAt, higher ? next.high : high);
        }
    }

    void clear() {
        stretches.clear();
        width = 1;
        inLast = 0;
    }

    void add(double step, double value) {
        double drawn = Double.isFinite(value) ? value : Double.NaN;
        LowAndHigh point = new LowAndHigh(step, drawn, step, drawn);
        if (!stretches.isEmpty() && inLast < width) {
            stretches.set(stretches.size() - 1, stretches.getLast().with(point));
            inLast++;
            return;
        }
        if (stretches.size() == ROOM) {
            halve();
        }
        stretches.add(point);
        inLast = 1;
    }

    private void halve() {
        for (int i = 0; i < ROOM / 2; i++) {
            stretches.set(i, stretches.get(2 * i).with(stretches.get(2 * i + 1)));
        }
        stretches.subList(ROOM / 2, ROOM).clear();
        width *= 2;
    }

    /// The points as `x` and `y`; no number is null, which JSON has.
    void into(List<Double> x, List<Double> y) {
        for (LowAndHigh each : stretches) {
            boolean lowFirst = each.lowAt <= each.highAt;
            x.add(lowFirst ? each.lowAt : each.highAt);
            y.add(number(lowFirst ? each.low : each.high));
            if (each.lowAt != each.highAt) {
                x.add(lowFirst ? each.highAt : each.lowAt);
                y.add(number(lowFirst ? each.high : each.low));
            }
        }
    }

    private static Double number(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
