package adamscope.probe;

import adamscope.table.Column;
import java.util.stream.DoubleStream;

/// One quantity that a training measures: a column of its tables.
///
/// @param name  as [adamscope.regime.Quantity] calls it; by layer `name/block`
/// @param unit  empty for a pure number
/// @param count whether its values are whole numbers
public record Measured(String name, String unit, boolean count) {
    private static final String LOSS = "loss";

    /// A real number, in the unit of the quantity of that name.
    public static Measured number(String name) {
        return new Measured(name, unit(name), false);
    }

    /// A whole number without unit.
    public static Measured count(String name) {
        return new Measured(name, "", true);
    }

    /// A column of these values.
    public Column column(double[] values) {
        return count
                ? new Column.Integers(
                        name,
                        unit,
                        DoubleStream.of(values).mapToLong(value -> (long) value).toArray())
                : new Column.Numbers(name, unit, values);
    }

    private static String unit(String name) {
        return switch (name.replaceFirst("/.*", "")) {
            case LOSS, "validationLoss", "validationLossAveraged" -> LOSS;
            case "gradientNorm", "averageGradientNorm", "rootSecondMomentNorm" -> "loss per parameter";
            case "stepNorm" -> "parameter";
            case "sharpness", "sharpnessResidual", "sharpnessError" -> "loss per parameter²";
            case "preconditionedSharpness",
                    "preconditionedSharpnessResidual",
                    "preconditionedSharpnessError",
                    "threshold",
                    "rivalSharpness" -> "1/learning rate";
            default -> "";
        };
    }
}
