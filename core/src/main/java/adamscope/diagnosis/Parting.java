package adamscope.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where a quantity of two runs parts.
///
/// @param quantity as the log's table names it
/// @param step     the first at which the values differ, or from which on their ratio has left its level
/// @param one      the value of the first run there
/// @param other    that of the second
/// @param exact    whether the two agreed to the last digit before; if not, the ratio left its level by eight median
///                 deviations and a tenth for five rows
public record Parting(String quantity, long step, double one, double other, boolean exact) {
    private static final double SAME = 1e-12;
    private static final int SETTLED = 20;
    private static final int LASTING = 5;
    private static final double LEAST = Math.log10(1.1);

    /// The quantities that part, the earliest first; those of runs that agreed to the last digit, else those whose
    /// ratio left its level.
    static List<Parting> of(PairedLogs pair) {
        List<Parting> exact = new ArrayList<>();
        List<Parting> lasting = new ArrayList<>();
        for (String quantity : pair.quantities()) {
            double[] a = pair.ofFirst(quantity);
            double[] b = pair.ofSecond(quantity);
            exactly(pair, quantity).ifPresent(exact::add);
            lastingly(pair, quantity, a, b).ifPresent(lasting::add);
        }
        List<Parting> chosen = agreed(pair) ? exact : lasting;
        return chosen.stream().sorted(Comparator.comparingLong(Parting::step)).toList();
    }

    /// Whether the losses of the first three common rows agree to the last digit.
    static boolean agreed(PairedLogs pair) {
        String loss = adamscope.regime.Quantity.LOSS;
        if (pair.rows() < 3 || !pair.quantities().contains(loss)) {
            return false;
        }
        double[] a = pair.ofFirst(loss);
        double[] b = pair.ofSecond(loss);
        return same(a[0], b[0]) && same(a[1], b[1]) && same(a[2], b[2]);
    }

    private static boolean same(double a, double b) {
        return same(a, b, SAME);
    }

    private static boolean same(double a, double b, double tolerance) {
        return Double.compare(a, b) == 0 || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
    }

    /// The first common step at which a quantity of two runs differs by more than a part of the larger; 0: in any bit.
    static Optional<Parting> first(PairedLogs pair, String quantity, double tolerance) {
        double[] a = pair.ofFirst(quantity);
        double[] b = pair.ofSecond(quantity);
        for (int row = 0; row < a.length; row++) {
            if (!same(a[row], b[row], tolerance)) {
                return Optional.of(new Parting(quantity, pair.step(row), a[row], b[row], true));
            }
        }
        return Optional.empty();
    }

    private static Optional<Parting> exactly(PairedLogs pair, String quantity) {
        return first(pair, quantity, SAME)
                .filter(parting -> parting.step() != pair.step(0) || quantity.equals(adamscope.regime.Quantity.LR));
    }

    private static Optional<Parting> lastingly(PairedLogs pair, String quantity, double[] a, double[] b) {
        int settled = Math.max(SETTLED, a.length / 10);
        if (a.length < settled + LASTING) {
            return Optional.empty();
        }
        double[] ratio = new double[a.length];
        Arrays.setAll(ratio, row -> Math.log10(a[row] / b[row]));
        double[] before = Arrays.stream(ratio, 0, settled)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (before.length < SETTLED / 2) {
            return Optional.empty();
        }
        double level = before[before.length / 2];
        double[] off =
                Arrays.stream(before).map(v -> Math.abs(v - level)).sorted().toArray();
        double bound = Math.max(LEAST, 8 * off[off.length / 2]);
        int since = 0;
        for (int row = settled; row < ratio.length; row++) {
            since = Math.abs(ratio[row] - level) > bound ? since + 1 : 0;
            if (since == LASTING) {
                int at = row - LASTING + 1;
                return Optional.of(new Parting(quantity, pair.step(at), a[at], b[at], false));
            }
        }
        return Optional.empty();
    }

    /// `lr at step 3000 (3e-4 against 6e-4)`.
    public String sentence() {
        return String.format(Locale.ROOT, "%s at step %d (%.4g against %.4g)", quantity, step, one, other);
    }
}
