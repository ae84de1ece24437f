package adamscope.report;

import java.util.Locale;
import java.util.Map;

/// What the columns of a sweep are called in figures and tables of a page.
final class ColumnWords {
    private static final Map<String, String> TITLES = Map.of(
            "minLog10Loss", "least loss",
            "sustainedMinLog10Loss", "sustained minimum loss",
            "finalLog10Loss", "final loss",
            "medianLog10Coupling", "coupling ratio v/g², median over time",
            "maxLog10Coupling", "coupling ratio v/g², maximum",
            "ranSteps", "steps computed",
            "minLoss", "least loss");

    private ColumnWords() {}

    private static String words(String column) {
        return TITLES.getOrDefault(
                column, column.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT));
    }

    /// As the title of a panel.
    static String title(String column) {
        String words = words(column);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /// As the label of an axis.
    static String label(String column, String unit) {
        String label = column.contains("Log10") ? "log₁₀ of the " + words(column) : words(column);
        return unit.isEmpty() || unit.startsWith("log10") || label.endsWith(unit) ? label : label + " (" + unit + ")";
    }
}
