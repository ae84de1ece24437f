package adamscope.regime;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a loss curve did as a whole.
///
/// The outcome of a simulated run ([adamscope.dynamics.Outcome]) knows the state of the optimizer; this one has only a
/// log.
public sealed interface CurveOutcome {

    /// The word for it in tables and JSON.
    default String word() {
        return switch (this) {
            case Smooth _ -> "smooth";
            case Oscillating _ -> "oscillating";
            case Spiking _ -> "spiking";
            case NotLearning _ -> "not-learning";
            case Diverging _ -> "diverging";
            case Stalled _ -> "stalled";
            case TooShort _ -> "too-short";
            case NoNumbers _ -> "no-numbers";
        };
    }

    /// One sentence for a person, in steps.
    default String sentence() {
        return sentence("step");
    }

    /// One sentence for a person.
    ///
    /// @param unit what the log counts: `step`, `epoch`
    default String sentence(String unit) {
        return switch (this) {
            case Smooth(double decades) ->
                decades >= 0
                        ? String.format(
                                Locale.ROOT,
                                "the loss fell by %.3g decades without a rise that stands out of its noise",
                                decades)
                        : String.format(
                                Locale.ROOT, "the loss drifted up by %.3g decades without a sudden rise", -decades);
            case Oscillating(double decades, double period) ->
                Double.isNaN(period)
                        ? String.format(
                                Locale.ROOT,
                                "the loss swings by about %.2g decades without a period: neighbouring losses move"
                                    + " together, as noise of batches does not, and no rise stands out of the swing",
                                decades)
                        : String.format(
                                Locale.ROOT,
                                "the loss swings by about %.2g decades every %.3g points, without spikes",
                                decades,
                                period);
            case Spiking(int rises, double largest) ->
                (rises == 1 ? "one rise, " : String.format(Locale.ROOT, "%d rises, the largest ", rises))
                        + (Double.isInfinite(largest)
                                ? "to no number"
                                : String.format(Locale.ROOT, "of %.3g decades", largest));
            case NotLearning(double decades) ->
                String.format(
                        Locale.ROOT,
                        "from the first losses to the last the loss %s by %.2g %%, without a rise that stands out of"
                                + " its noise",
                        decades < 0 ? "rose" : "fell",
                        100 * Math.abs(Math.expm1(-decades * Math.log(10))));
            case Diverging(long step, boolean broken) ->
                broken
                        ? "the loss left its level at " + unit + " " + step + " and was no number in the end"
                        : "the loss rose at " + unit + " " + step + " and was not back when the log ended";
            case Stalled(long step, String why) -> "from " + unit + " " + step + " the loss stands still: " + why;
            case TooShort(int points) ->
                points == 1
                        ? "only one loss, too few for a verdict"
                        : "only " + points + " losses, too few for a verdict";
            case NoNumbers(long step) ->
                "no loss is a number, from " + unit + " " + step
                        + " on: the run was broken before its first logged value, or another series is the loss";
        };
    }

    /// No rise out of the noise.
    ///
    /// @param decades fall of log₁₀ loss from the first to the last tenth
    record Smooth(double decades) implements CurveOutcome {}

    /// No rise, and no fall either.
    record NotLearning(double decades) implements CurveOutcome {}

    /// No rise out of the noise, which is not noise but a swing.
    ///
    /// @param decades distance between a tenth and nine tenths of the swing
    /// @param period  in points; NaN for a swing without one
    record Oscillating(double decades, double period) implements CurveOutcome {}

    /// Rises, after which the run went on.
    record Spiking(int rises, double largest) implements CurveOutcome {}

    /// A rise without return, or a loss without a number at the end.
    ///
    /// @param broken whether the last losses are no numbers
    record Diverging(long step, boolean broken) implements CurveOutcome {}

    /// The loss reached the end of the number format, or does not change at all.
    record Stalled(long step, String why) implements CurveOutcome {}

    /// Not one loss is a number.
    record NoNumbers(long step) implements CurveOutcome {}

    /// Fewer points than a verdict needs.
    record TooShort(int points) implements CurveOutcome {}

    /// Rows from an onset to the end of a log below which nothing is known of a return.
    int LASTING = 3;

    /// log₁₀ 2, decades of a swing that counts although it has no period.
    double FACTOR_2 = Math.log10(2);

    /// The outcome of a curve with its rises.
    static CurveOutcome of(LossCurve curve, List<SpikeEvent> events) {
        int points = curve.points();
        if (points == 0 && curve.zeros().length == 0 && curve.broken().length > 0) {
            return new NoNumbers(curve.broken()[0]);
        }
        if (curve.broken().length > 0
                && (points == 0 || curve.broken()[curve.broken().length - 1] > curve.steps()[points - 1])) {
            return new Diverging(events.isEmpty() ? curve.broken()[0] : beginOfTheEnd(events), true);
        }
        if (points + curve.zeros().length < LossCurve.FEWEST && events.isEmpty()) {
            return new TooShort(points);
        }
        Optional<CurveOutcome> stalled = stalled(curve);
        if (points == 0) {
            return stalled.orElseThrow();
        }
        double[] y = curve.log10Loss();
        double end = MiddleValue.of(y, points - Math.max(1, points / 20), points);
        if (!events.isEmpty()) {
            SpikeEvent last = events.getLast();
            boolean lasting = last.recovery().isEmpty()
                    && points - curve.at(last.onset()) >= LASTING
                    && end > last.level() + last.height() / 2;
            if (!lasting && stalled.isPresent()) {
                return stalled.get();
            }
            return lasting
                    ? new Diverging(last.onset(), false)
                    : new Spiking(
                            events.size(),
                            events.stream()
                                    .mapToDouble(SpikeEvent::height)
                                    .max()
                                    .orElseThrow());
        }
        return stalled.or(() -> swing(y)).or(() -> knee(curve)).orElseGet(() -> smooth(y));
    }

    /// A fall that ended in the first half of the run.
    private static Optional<CurveOutcome> knee(LossCurve curve) {
        return ShapeSearch.stall(curve, List.of())
                .filter(stall -> curve.at(stall.step()) <= curve.points() / 2)
                .map(stall -> new Stalled(
                        stall.step(),
                        String.format(
                                Locale.ROOT,
                                "it had fallen by %.3g decades, and %s by %.2g in all of the rest",
                                stall.before(),
                                stall.after() < 0 ? "rises" : "falls",
                                Math.abs(stall.after()))));
    }

    /// The fall from the first losses to the last ones, a few of each, so that one noisy row decides nothing.
    private static CurveOutcome smooth(double[] y) {
        int few = Math.clamp(y.length / 10, 1, 5);
        int tenth = Math.max(1, y.length / 10);
        double fall = MiddleValue.of(y, 0, few) - MiddleValue.of(y, y.length - few, y.length);
        double slow = MiddleValue.of(y, 0, tenth) - MiddleValue.of(y, y.length - tenth, y.length);
        double level = MiddleValue.of(y, y.length / 2, y.length);
        double[] off = Arrays.stream(y, y.length / 2, y.length)
                .map(v -> Math.abs(v - level))
                .toArray();
        double noise = MiddleValue.of(off, 0, off.length);
        boolean still = slow < LEARNED && fall < Math.max(LEARNED, 3 * noise);
        return still && y.length >= 10 * LossCurve.FEWEST ? new NotLearning(slow) : new Smooth(fall);
    }

    /// Decades below which a loss has not fallen: one per cent.
    double LEARNED = Math.log10(1.01);

    /// The rise that led to the end without numbers: the last one that did not come back.
    private static long beginOfTheEnd(List<SpikeEvent> events) {
        long onset = events.getLast().onset();
        for (int i = events.size() - 2;
                i >= 0 && events.get(i).recovery().isEmpty() && events.get(i).height() > 0.3;
                i--) {
            onset = events.get(i).onset();
        }
        return onset;
    }

    private static Optional<CurveOutcome> stalled(LossCurve curve) {
        int points = curve.points();
        long[] zeros = curve.zeros();
        if (zeros.length > 0 && (points == 0 || zeros[zeros.length - 1] > curve.steps()[points - 1])) {
            return Optional.of(new Stalled(points == 0 ? zeros[0] : curve.steps()[points - 1], vanishing(curve)));
        }
        double[] y = curve.log10Loss();
        int same = points - 1;
        while (same > 0 && y[same - 1] == y[points - 1]) {
            same--;
        }
        boolean still = points - same >= Math.max(LossCurve.FEWEST, points / 20);
        if (!still) {
            return Optional.empty();
        }
        String why = y[points - 1] < -300
                ? "it repeats one number at the end of the range of double (1e-308), which is underflow"
                : "it repeats the same digits, so the parameters do not move any more or the log holds too few digits";
        return Optional.of(new Stalled(curve.steps()[same], why));
    }

    /// What a loss that is printed as exactly 0 means, judged by the last numbers before and by their digits.
    private static String vanishing(LossCurve curve) {
        int points = curve.points();
        if (points == 0) {
            return "every loss is printed as exactly 0, which is no result of training: the run was broken, the log"
                    + " has too few digits, or another series is the loss";
        }
        double last = Math.pow(10, curve.log10Loss()[points - 1]);
        double unit = lastDigit(curve.log10Loss());
        if (last <= 50 * unit) {
            return String.format(
                    Locale.ROOT,
                    "it is printed as exactly 0 after %.3g: the log has too few digits (nothing below %.0e), the loss"
                            + " may still fall",
                    last,
                    unit);
        }
        return last > 1e-30
                ? String.format(
                        Locale.ROOT,
                        "it is printed as exactly 0 right after %.3g: some loggers print 0 where the loss is no number;"
                                + " look at the gradient norm and at the raw loss there",
                        last)
                : "it is printed as exactly 0, so it left the range of the number format; this is underflow, not"
                        + " convergence";
    }

    /// The largest power of ten, 0.1 at most and 1e-9 at least, of which every loss is a multiple; NaN for none.
    private static double lastDigit(double[] log10Loss) {
        for (double unit = 0.1; unit > 0.5e-9; unit /= 10) {
            boolean all = true;
            for (double y : log10Loss) {
                double multiple = Math.pow(10, y) / unit;
                all &= Math.abs(multiple - Math.rint(multiple)) < 1e-6 * Math.max(1, multiple);
            }
            if (all) {
                return unit;
            }
        }
        return Double.NaN;
    }

    /// A swing in the last half. Regular: the autocorrelation of what is left without trend returns to 0.6 or more.
    /// Irregular: it spans a factor 2 or more, and neighbours are correlated by five standard deviations 1/√n of what
    /// white noise would show.
    private static Optional<CurveOutcome> swing(double[] y) {
        int from = Math.max(y.length / 2, y.length - 4096);
        int n = y.length - from;
        if (n < 32) {
            return Optional.empty();
        }
        double[] left = new double[n];
        int half = Math.min(64, n / 4);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            int count = 0;
            for (int j = Math.max(0, i - half); j <= Math.min(n - 1, i + half); j++, count++) {
                sum += y[from + j];
            }
            left[i] = y[from + i] - sum / count;
        }
        double power = correlation(left, 0);
        if (!(power > 0)) {
            return Optional.empty();
        }
        double[] correlations = new double[half + 1];
        boolean dipped = false;
        for (int lag = 1; lag <= half; lag++) {
            double r = correlation(left, lag) / power;
            dipped |= r < 0.2;
            correlations[lag] = dipped ? r : 0;
        }
        double highest = Arrays.stream(correlations).max().orElseThrow();
        int best = 1;
        while (best < half && correlations[best] < 0.95 * highest) {
            best++;
        }
        while (best < half && correlations[best + 1] > correlations[best]) {
            best++;
        }
        double[] sorted = left.clone();
        Arrays.sort(sorted);
        double decades = sorted[9 * n / 10] - sorted[n / 10];
        if (highest > 0.6 && decades >= SpikeSearch.LEAST) {
            return Optional.of(new Oscillating(decades, best));
        }
        boolean together = correlation(left, 1) / power > 5 / Math.sqrt(n);
        return together && decades >= FACTOR_2 ? Optional.of(new Oscillating(decades, Double.NaN)) : Optional.empty();
    }

    private static double correlation(double[] values, int lag) {
        double sum = 0;
        for (int i = lag; i < values.length; i++) {
            sum += values[i] * values[i - lag];
        }
        return sum / (values.length - lag);
    }
}
