package adamscope.report;

import adamscope.diagnosis.SideBySide.Rates;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.figure.PanelAxis;
import adamscope.figure.Style;
import adamscope.statistics.Interval;
import adamscope.statistics.RateCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Learning-rate curves: the loss reached over the learning rate, one curve for each optimizer.
public final class RateFigure {
    /// Curves that are drawn at most.
    static final int MOST = 8;

    private RateFigure() {}

    /// The curves in one panel: line and points, the mean over seeds; band, from the smallest to the largest loss of a
    /// seed; a mark where the best learning rate lies. Rates at which a run diverged are left out of line and band.
    public static Panel panel(String title, String reached, List<Rates> curves) {
        List<Mark> bands = new ArrayList<>();
        List<Mark> lines = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST, curves.size()); i++) {
            Rates rates = curves.get(i);
            RateCurve curve = rates.curve();
            Style style = Style.ofSeries(i);
            double[] mean = finite(curve.mean());
            if (curve.seeds().length > 1) {
                bands.add(new Mark.Band(
                        "",
                        curve.rates(),
                        extreme(curve, mean, false),
                        extreme(curve, mean, true),
                        Optional.of(style)));
            }
            lines.add(new Mark.Line(rates.label(), curve.rates(), mean, Optional.of(style)));
            lines.add(new Mark.Points("", curve.rates(), mean, Optional.of(style)));
        }
        List<Mark> marks = new ArrayList<>(bands);
        marks.addAll(lines);
        boolean positive = curves.stream()
                .flatMapToDouble(rates -> Arrays.stream(rates.curve().losses()).flatMapToDouble(Arrays::stream))
                .allMatch(loss -> !(loss < 0));
        return new Panel(
                title,
                PanelAxis.log10("learning rate lr"),
                positive ? PanelAxis.log10(reached) : PanelAxis.linear(reached),
                marks);
    }

    private static double[] finite(double[] values) {
        return Arrays.stream(values)
                .map(v -> Double.isFinite(v) ? v : Double.NaN)
                .toArray();
    }

    private static double[] extreme(RateCurve curve, double[] mean, boolean largest) {
        return IntStream.range(0, mean.length)
                .mapToDouble(i -> {
                    var losses = Arrays.stream(curve.losses())
                            .mapToDouble(of -> of[i])
                            .filter(Double::isFinite);
                    return Double.isNaN(mean[i])
                            ? Double.NaN
                            : (largest ? losses.max() : losses.min()).orElse(Double.NaN);
                })
                .toArray();
    }

    /// Where the best learning rate lies, as a sentence: `best lr = 0.0031 (0.0024 to 0.004)`.
    public static String best(RateCurve curve) {
        RateCurve.Best best = curve.best();
        if (Double.isNaN(best.rate())) {
            return "every learning rate diverged";
        }
        String loss = ", loss " + ShortNumber.of(curve.mean()[curve.lowest()], 4) + " there";
        if (!curve.inside()) {
            boolean first = curve.lowest() == 0;
            return String.format(
                    Locale.ROOT,
                    "best lr = %s, the %s that was tried%s: a better one may lie %s it",
                    number(best.rate()),
                    first ? "smallest" : "largest",
                    loss,
                    first ? "below" : "above");
        }
        if (best.interval().isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "best lr ≈ %s%s; of some seeds the best is at an end of the range or beside a run that diverged, so"
                            + " no interval is given",
                    number(best.rate()),
                    loss);
        }
        Interval interval = best.interval().get();
        return String.format(
                Locale.ROOT,
                "best lr ≈ %s, between %s and %s (%s)%s",
                number(best.rate()),
                number(interval.low()),
                number(interval.high()),
                best.seeds() > 1
                        ? "95 % interval over " + best.seeds() + " seeds"
                        : "the rates beside the best; one seed",
                loss);
    }

    private static String number(double value) {
        return ShortNumber.of(value, 3);
    }
}
