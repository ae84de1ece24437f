package adamscope.run;

import adamscope.probe.ValidationProbe;
import adamscope.table.Table;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// How a training did on samples that it did not see.
///
/// @param finalLoss       at the last look
/// @param bestLoss        the least of all looks
/// @param bestStep        the first step that had it
/// @param finalAccuracy   of classes; NaN without
/// @param bestAccuracy    the largest of all looks
/// @param finalPerplexity of texts; NaN without
public record ValidationFound(
        double finalLoss,
        double bestLoss,
        double bestStep,
        double finalAccuracy,
        double bestAccuracy,
        double finalPerplexity) {
    /// Of the columns at averaged parameters.
    static final String AVERAGED = "Averaged";

    /// From the rows of the probes; empty where nothing is measured so.
    ///
    /// @param suffix of the columns: empty, or [#AVERAGED]
    static Optional<ValidationFound> of(Table probes, String suffix) {
        String loss = ValidationProbe.LOSS + suffix;
        if (!has(probes, loss)) {
            return Optional.empty();
        }
        double[] losses = probes.numbers(loss);
        double[] accuracies = numbers(probes, ValidationProbe.ACCURACY + suffix);
        int best = best(losses);
        return Optional.of(new ValidationFound(
                last(losses),
                best < 0 ? Double.NaN : losses[best],
                best < 0 ? Double.NaN : probes.numbers("step")[best],
                last(accuracies),
                most(accuracies),
                last(numbers(probes, ValidationProbe.PERPLEXITY + suffix))));
    }

    private static boolean has(Table table, String name) {
        return table.columns().stream().anyMatch(column -> column.name().equals(name));
    }

    private static double[] numbers(Table table, String name) {
        return has(table, name) ? table.numbers(name) : new double[0];
    }

    /// The row of the least number; −1 if there is none.
    private static int best(double... values) {
        return IntStream.range(0, values.length)
                .filter(i -> !Double.isNaN(values[i]))
                .reduce((a, b) -> values[b] < values[a] ? b : a)
                .orElse(-1);
    }

    private static double most(double... values) {
        double[] turned = values.clone();
        java.util.Arrays.setAll(turned, i -> -values[i]);
        int best = best(turned);
        return best < 0 ? Double.NaN : values[best];
    }

    /// The last number; NaN if there is none.
    static double last(double... values) {
        for (int i = values.length - 1; i >= 0; i--) {
            if (!Double.isNaN(values[i])) {
                return values[i];
            }
        }
        return Double.NaN;
    }

    /// As JSON; what was not measured is left out.
    Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("finalLoss", finalLoss);
        document.put("bestLoss", bestLoss);
        document.put("bestStep", Double.isNaN(bestStep) ? null : (Object) (long) bestStep);
        put(document, "finalAccuracy", finalAccuracy);
        put(document, "bestAccuracy", bestAccuracy);
        put(document, "finalPerplexity", finalPerplexity);
        return document;
    }

    private static void put(Map<String, Object> document, String name, double value) {
        if (!Double.isNaN(value)) {
            document.put(name, value);
        }
    }

    /// For a person.
    public String words() {
        String accuracy =
                Double.isNaN(finalAccuracy) ? "" : String.format(Locale.ROOT, ", accuracy %.4g", finalAccuracy);
        String perplexity =
                Double.isNaN(finalPerplexity) ? "" : String.format(Locale.ROOT, ", perplexity %.4g", finalPerplexity);
        String best = Double.isNaN(bestLoss)
                ? "never a number"
                : String.format(Locale.ROOT, "least %.6g at step %.0f", bestLoss, bestStep);
        return String.format(Locale.ROOT, "validation loss %.6g%s%s; %s", finalLoss, accuracy, perplexity, best);
    }
}
