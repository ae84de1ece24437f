package adamscope.figure;

import java.util.List;
import java.util.Optional;

/// An axis of a panel: what is measured, in which unit, on which scale.
///
/// @param label the quantity with its unit, as it is printed
/// @param scale where a value lies
/// @param range the values at both ends; empty: what the marks need
/// @param ticks ticks to print instead of the computed ones; empty: computed
public record PanelAxis(String label, Scale scale, Optional<Range> range, List<Tick> ticks) {
    /// A tick that the figure's author chose, at a value of the axis.
    public record Tick(double value, String label) {}

    public PanelAxis {
        ticks = List.copyOf(ticks);
    }

    /// An axis on the given scale whose range follows the marks.
    public static PanelAxis of(String label, Scale scale) {
        return new PanelAxis(label, scale, Optional.empty(), List.of());
    }

    /// A linear axis whose range follows the marks.
    public static PanelAxis linear(String label) {
        return of(label, Scale.LINEAR);
    }

    /// A logarithmic axis for positive values.
    public static PanelAxis log10(String label) {
        return of(label, Scale.LOG10);
    }

    /// A logarithmic axis whose data are already log₁₀ of the values: reaches beyond the range of double.
    public static PanelAxis log10Values(String label) {
        return of(label, Scale.LOG10_VALUES);
    }

    /// The same axis from `lower` to `upper`, in values of the axis.
    public PanelAxis from(double lower, double upper) {
        return new PanelAxis(label, scale, Optional.of(new Range(lower, upper)), ticks);
    }

    /// The same axis with these ticks only.
    public PanelAxis withTicks(List<Tick> chosen) {
        return new PanelAxis(label, scale, range, chosen);
    }
}
