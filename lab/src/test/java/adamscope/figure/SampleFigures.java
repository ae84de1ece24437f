package adamscope.figure;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// Synthetic figures with the shapes of the real ones, for tests and for looking at.
public final class SampleFigures {
    private SampleFigures() {}

    public static double[] steps(double from, double to, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> from + (to - from) * i / (count - 1))
                .toArray();
    }

    public static double[] over(double[] x, DoubleUnaryOperator f) {
        return java.util.Arrays.stream(x).map(f).toArray();
    }

    private static double[] grid(double[] x, double[] y, DoubleBinaryOperator f) {
        int across = x.length - 1;
        return IntStream.range(0, across * (y.length - 1))
                .mapToDouble(c -> f.applyAsDouble(
                        (x[c % across] + x[c % across + 1]) / 2, (y[c / across] + y[c / across + 1]) / 2))
                .toArray();
    }

    /// Log₁₀ of a loss over β₁ × β₂, deep below the range of double, with a hole, an infinity and two boundaries.
    public static Panel phase() {
        double[] edges = steps(0, 0.99, 257);
        double[] loss = grid(
                edges,
                edges,
                (b1, b2) -> Math.hypot(b1 - 0.85, b2 - 0.1) < 0.08
                        ? Double.NaN
                        : b2 > b1 * b1 ? -4000 * (1 - b2) * (1 + 0.3 * b1) : -12 - 4 * Math.sin(40 * b1) * b2);
        loss[256 * 250] = Double.NEGATIVE_INFINITY;
        double[] b1 = steps(0, 0.99, 300);
        return Panel.of(
                "(a) Sustained minimum loss",
                PanelAxis.linear("β₁, per step").from(0, 0.99),
                PanelAxis.linear("β₂, per step").from(0, 0.99),
                new Mark.HeatMap(edges, edges, loss, ColourScale.of("minimum loss", Scale.LOG10_VALUES)),
                Mark.line("Theorem 4.1: existence", b1, over(b1, b -> b * b)),
                Mark.line("Theorem 6.1: stability", b1, over(b1, b -> Math.pow(b, 4) * 0.97)),
                new Mark.Note("I", 0.3, 0.7),
                new Mark.Note("II", 0.75, 0.45),
                new Mark.Note("III", 0.6, 0.06));
    }

    /// Kinds of outcome over β₁ × β₂.
    public static Panel kinds() {
        double[] edges = steps(0, 0.99, 65);
        int[] kinds = IntStream.range(0, 64 * 64)
                .map(c -> {
                    double x = edges[c % 64];
                    double y = edges[c / 64];
                    return y > x * x ? 0 : y > Math.pow(x, 4) ? 1 : x > 0.9 ? -1 : 2 + (c % 64 / 20);
                })
                .toArray();
        double[] b1 = steps(0, 0.99, 300);
        return Panel.of(
                "(b) Outcome",
                PanelAxis.linear("β₁, per step").from(0, 0.99),
                PanelAxis.linear("β₂, per step").from(0, 0.99),
                new Mark.CategoryMap(
                        edges,
                        edges,
                        kinds,
                        List.of(
                                "converged",
                                "spiking",
                                "cycling",
                                "diverged",
                                "left the representable range",
                                "undecided")),
                Mark.line("existence", b1, over(b1, b -> b * b)));
    }

    /// A loss from 1 to 10⁻⁴⁰⁰⁰ with the predicted slope.
    public static Panel loss() {
        double[] t = steps(0, 20000, 20001);
        return Panel.of(
                "(c) Loss",
                PanelAxis.linear("step"),
                PanelAxis.log10Values("loss"),
                Mark.line("β₂ = 0.91", t, over(t, s -> -0.2 * s)),
                Mark.line(
                        "β₂ = 0.895",
                        t,
                        over(t, s -> s < 8000 ? -0.17 * s : -1360 + 300 * Math.abs(Math.sin(s / 700)))),
                Mark.line("β₂ = 0.8", t, over(t, s -> -60 + 30 * Math.sin(s / 90))),
                Mark.line(
                        "predicted slope",
                        new double[] {0, 20000},
                        new double[] {-100, -4100},
                        Style.of(Style.Ink.BLACK, Style.Dash.DASHED)));
    }

    /// v against g², both on logarithmic axes.
    public static Panel coupling() {
        double[] g = over(steps(-12, 0, 4000), u -> Math.pow(10, u));
        Random random = new Random(7);
        return Panel.of(
                "(d) Second moment",
                PanelAxis.log10("g², loss²/parameter²"),
                PanelAxis.log10("v, loss²/parameter²"),
                Mark.points("run", g, over(g, s -> 2.1 * s * Math.pow(10, 0.25 * random.nextGaussian()))),
                Mark.line("v = g²", g, g, Style.of(Style.Ink.BLACK, Style.Dash.SOLID)));
    }

    /// Preconditioned sharpness against its threshold.
    public static Panel sharpness() {
        double[] t = steps(0, 800, 81);
        Random random = new Random(3);
        return Panel.of(
                "(e) Preconditioned sharpness",
                PanelAxis.linear("step"),
                PanelAxis.linear("λ₁ of P^-½ H P^-½, step/parameter"),
                Mark.line(
                        "largest eigenvalue",
                        t,
                        over(t, s -> 190000 * 0.94 * (1 - Math.exp(-s / 60)) * (1 + 0.05 * random.nextGaussian()))),
                new Mark.HorizontalReference("threshold 38/η", 190000),
                new Mark.VerticalReference("first reached", 160));
    }

    /// Quantiles of a ratio as bands around the median.
    public static Panel quantiles() {
        double[] t = steps(1, 800, 2000);
        DoubleUnaryOperator median = s -> 0.3 + 5 * Math.exp(-s / 100);
        return Panel.of(
                "(f) Coupling ratio",
                PanelAxis.log10("step"),
                PanelAxis.log10("v/g², dimensionless"),
                Mark.band(
                        "5 % to 95 %",
                        t, over(t, s -> median.applyAsDouble(s) / 30), over(t, s -> median.applyAsDouble(s) * 30)),
                Mark.band(
                        "25 % to 75 %",
                        t, over(t, s -> median.applyAsDouble(s) / 4), over(t, s -> median.applyAsDouble(s) * 4)),
                Mark.line("median", t, over(t, median)));
    }

    public static Figure all() {
        return new Figure(
                "samples",
                "Training dynamics of Adam",
                "Six panels with the shapes of the real figures",
                3,
                List.of(phase(), kinds(), loss(), coupling(), sharpness(), quantiles()));
    }

    /// Panels that try to break the drawing.
    public static Figure hard() {
        double[] none = {};
        double[] nan = {Double.NaN, Double.NaN};
        double[] t = steps(0, 1000, 1001);
        double[] decay = over(steps(0.2, 4, 50), p -> 1 - Math.pow(10, -p));
        double[] spike = over(t, s -> s == 500 ? 1e6 : 1 + 0.001 * s);
        double[] log = over(steps(-6, 0, 41), u -> Math.pow(10, u));
        double[] flat = steps(0, 3, 4);
        PanelAxis x = PanelAxis.linear("x");
        PanelAxis y = PanelAxis.linear("y");
        return new Figure(
                "hard",
                "",
                "Panels without data, with gaps and infinities",
                4,
                List.of(
                        Panel.of("empty", x, y, Mark.line("nothing", none, none)),
                        Panel.of("all NaN", PanelAxis.log10("x"), PanelAxis.log10("y"), Mark.line("absent", nan, nan)),
                        Panel.of("one point", x, y, Mark.line("one", new double[] {2}, new double[] {3})),
                        Panel.of(
                                "infinite and gaps",
                                x,
                                PanelAxis.log10("loss"),
                                Mark.line("loss", new double[] {0, 1, 2, 3, 4, 5, 6}, new double[] {
                                    1, Double.POSITIVE_INFINITY, 3, Double.NaN, 0, -1, 2
                                })),
                        Panel.of(
                                "one-step spike",
                                PanelAxis.linear("step"),
                                PanelAxis.log10("loss"),
                                Mark.line("loss", t, spike)),
                        Panel.of(
                                "decay rates",
                                PanelAxis.of("β₂, per step", Scale.ONE_MINUS_LOG10),
                                PanelAxis.linear("rate, per step"),
                                Mark.line("rate", decay, over(decay, b -> 1e-7 * (1 - b)))),
                        Panel.of(
                                "logarithmic map",
                                PanelAxis.log10("η, parameter/step"),
                                y,
                                new Mark.HeatMap(
                                        log,
                                        flat,
                                        grid(log, flat, (a, b) -> a * b),
                                        ColourScale.of("a × b", Scale.LOG10).in(ColourMap.DIVERGING))),
                        Panel.of(
                                "all cells NaN",
                                x,
                                y,
                                new Mark.HeatMap(
                                        flat,
                                        flat,
                                        over(new double[9], z -> Double.NaN),
                                        ColourScale.of("nothing", Scale.LINEAR)))));
    }
}
