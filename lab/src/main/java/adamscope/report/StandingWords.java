package adamscope.report;

import adamscope.linear.TrackedSpectrum.Standing;
import adamscope.regime.Quantity;
import adamscope.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What stands behind the eigenvalues on a page, in words.
public final class StandingWords {
    private static final String COLUMN = Quantity.PRECONDITIONED_SHARPNESS + "Standing";

    private static final String ERROR = Quantity.PRECONDITIONED_SHARPNESS + "Error";

    private StandingWords() {}

    /// A sentence about the preconditioned sharpness in these tables; empty where none has it.
    public static String of(List<Table> tables) {
        long[] counts = new long[Standing.values().length];
        long unnamed = 0;
        for (Table table : tables) {
            double[] values = numbers(table, Quantity.PRECONDITIONED_SHARPNESS);
            double[] standing = numbers(table, COLUMN);
            if (standing.length == 0 && numbers(table, ERROR).length == 0) {
                continue; // not what a probe left
            }
            for (int i = 0; i < values.length; i++) {
                if (Double.isNaN(values[i])) {
                    continue;
                }
                if (standing.length == 0) {
                    unnamed++;
                } else {
                    counts[(int) standing[i]]++;
                }
            }
        }
        long all = Arrays.stream(counts).sum();
        String known = String.format(
                Locale.ROOT,
                "Of %d values of λ₁(P⁻¹H) %d are certified (beyond the stated error with a probability of at most"
                    + " 1/1000, whatever the operator), %d probable (within the tolerance if nothing unseen has risen"
                    + " faster, since the last certificate, than the search allows for) and %d open (the error is"
                    + " above the tolerance).",
                all,
                counts[Standing.CERTIFIED.ordinal()],
                counts[Standing.PROBABLE.ordinal()],
                counts[Standing.OPEN.ordinal()]);
        String old =
                unnamed + " values of λ₁(P⁻¹H) are at best probable: their table is of a version without certificates.";
        return (all > 0 ? known : "") + (all > 0 && unnamed > 0 ? " " : "") + (unnamed > 0 ? old : "");
    }

    private static double[] numbers(Table table, String column) {
        return table.columns().stream().anyMatch(own -> own.name().equals(column))
                ? table.numbers(column)
                : new double[0];
    }
}
