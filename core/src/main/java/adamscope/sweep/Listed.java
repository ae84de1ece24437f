package adamscope.sweep;

import adamscope.formula.PlainText;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/// A quantity that takes the values of a list, in the order given.
public record Listed(String name, List<Double> values) implements Coordinate {

    public Listed {
        values = List.copyOf(values);
        if (values.size() < 2) {
            throw new IllegalArgumentException(
                    "axis " + name + ": " + values.size() + " values given; an axis has at least 2"
                            + (values.isEmpty() ? "" : Axis.oneValue(name, values.getFirst())));
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "axis " + name + ": the value " + new PlainText().number(value) + " is not finite");
            }
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("axis " + name + ": a value stands twice in " + values);
        }
    }

    @Override
    public double least() {
        return Collections.min(values);
    }

    @Override
    public double greatest() {
        return Collections.max(values);
    }
}
