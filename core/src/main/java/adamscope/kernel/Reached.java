package adamscope.kernel;

import java.util.EnumMap;
import java.util.Map;

/// What lanes have come to after a step, each quantity read once for all of them, when it is first asked for.
///
/// It holds until the lanes are advanced or dropped.
final class Reached {
    private final Lanes lanes;
    private final int step;
    private final Magnitudes[] components;
    private final Map<Lanes.Record, Magnitudes> recorded = new EnumMap<>(Lanes.Record.class);

    /// @param step       steps that the lanes have run
    /// @param components how many the state has
    Reached(Lanes lanes, int step, int components) {
        this.lanes = lanes;
        this.step = step;
        this.components = new Magnitudes[components];
    }

    /// Steps that the lanes have run.
    int step() {
        return step;
    }

    Magnitudes recorded(Lanes.Record record) {
        return recorded.computeIfAbsent(record, lanes::recorded);
    }

    Magnitudes component(int index) {
        if (components[index] == null) {
            components[index] = lanes.component(index);
        }
        return components[index];
    }

    /// Every component.
    Magnitudes[] state() {
        for (int c = 0; c < components.length; c++) {
            component(c);
        }
        return components;
    }
}
