package adamscope.paper;

import adamscope.figure.Axis;
import adamscope.figure.Figure;
import adamscope.figure.Mark;
import adamscope.figure.Panel;
import adamscope.report.Claim;
import adamscope.stability.ExponentialRateMap;
import adamscope.table.Column;
import adamscope.table.Table;
import java.util.List;

/// Paper 1, Fig. 4: the limit set of the map of Eq. 18 over the growth of the learning rate.
record Bifurcation() implements PaperFigure {
    private static final int POINTS = 60;
    private static final double LAST = 9.2;

    @Override
    public Caption caption() {
        return new Caption(
                "P1-fig4",
                "Degenerate polynomials, Fig. 4, Eq. 18 and Proposition 5.6",
                "The limit set of u ← γu(1−u)^(k−2) over γ: a fixed point, period doublings, chaos, and a sudden"
                        + " escape; x keeps converging all the time before that.",
                "k = 4 (not in the text at hand), 700 values of γ, 2,000 steps of transient, 60 points kept; Lyapunov"
                        + " exponent over 5,000 steps.",
                "200,000 steps of transient.");
    }

    @Override
    public List<Table> measure(Effort effort) {
        int values = 700;
        double[] gammas = Plane.spread(1.5, LAST, values);
        double[] gamma = new double[values * POINTS];
        double[] u = new double[values * POINTS];
        double[] exponents = new double[values];
        double[] rates = new double[values];
        for (int i = 0; i < values; i++) {
            ExponentialRateMap map = new ExponentialRateMap(4, gammas[i]);
            double now = 0.3;
            for (int t = 0; t < effort.size(2000, 200_000); t++) {
                now = map.next(now);
            }
            double lyapunov = 0;
            double rate = 0;
            for (int t = 0; t < 5000; t++) {
                if (t < POINTS) {
                    gamma[i * POINTS + t] = gammas[i];
                    u[i * POINTS + t] = Math.abs(now) < 10 ? now : Double.NaN;
                }
                lyapunov += Math.log(Math.abs(map.derivative(now)));
                rate += Math.log(Math.abs(1 - now));
                now = map.next(now);
            }
            exponents[i] = Double.isFinite(now) ? lyapunov / 5000 : Double.NaN;
            rates[i] = Double.isFinite(now) ? rate / 5000 : Double.NaN;
            effort.finished().accept(0.9 / values);
        }
        return List.of(
                new Table("orbits", List.of(new Column.Numbers("gamma", "", gamma), new Column.Numbers("u", "", u))),
                new Table(
                        "exponents",
                        List.of(
                                new Column.Numbers("gamma", "", gammas),
                                new Column.Numbers("lyapunov", "per step", exponents),
                                new Column.Numbers("rate", "per step", rates))),
                measured());
    }

    private static Table measured() {
        Measured measured = new Measured();
        double start = 2;
        int period = 1;
        for (int doubling = 0; doubling < 4; doubling++) {
            double gamma = doubling(period, start);
            measured.put("doubling " + doubling, gamma);
            period *= 2;
            start = gamma + 0.1 / period;
        }
        for (double k : new double[] {4, 6, 8, 10, 12}) {
            double worst = 0;
            for (double gamma = 1.2; gamma < 6; gamma += 0.37) {
                ExponentialRateMap map = new ExponentialRateMap(k, gamma);
                double h = 1e-6;
                double u = map.fixedPoint();
                double slope = (map.next(u + h) - map.next(u - h)) / (2 * h);
                worst = Math.max(worst, Math.abs(slope - map.multiplier()));
            }
            measured.put("multiplier error, k=" + k, worst);
        }
        measured.put("escape at 9.000", escape(9, 200_000));
        measured.put("escape at 9.001", escape(9.001, 200_000));
        ExponentialRateMap chaotic = new ExponentialRateMap(4, 9);
        double u = 0.3;
        double sum = 0;
        int steps = 2_000_000;
        for (int t = 0; t < steps; t++) {
            sum += Math.log(Math.abs(chaotic.derivative(u)));
            u = chaotic.next(u);
        }
        return measured.put("Lyapunov exponent at 9", sum / steps).table();
    }

    /// The step at which |u| passes 1e6, or −1.
    private static int escape(double gamma, int steps) {
        ExponentialRateMap map = new ExponentialRateMap(4, gamma);
        double u = 0.3;
        for (int t = 0; t < steps; t++) {
            if (Math.abs(u) > 1e6) {
                return t;
            }
            u = map.next(u);
        }
        return -1;
    }

    /// γ at which the orbit of that period, stable at `from`, reaches the multiplier −1.
    private static double doubling(int period, double from) {
        double u = 0.3;
        ExponentialRateMap first = new ExponentialRateMap(4, from);
        for (int t = 0; t < 20_000 * period; t++) {
            u = first.next(u);
        }
        double low = from;
        double high = from;
        double step = 0.02 / period;
        double guess = u;
        while (multiplier(period, high, guess) > -1 && high < LAST) {
            low = high;
            guess = orbit(period, high, guess);
            high += step;
        }
        while (high - low > 1e-10) {
            double middle = 0.5 * (low + high);
            if (multiplier(period, middle, guess) > -1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /// A point of the periodic orbit near `guess`, by Newton's method.
    private static double orbit(int period, double gamma, double guess) {
        ExponentialRateMap map = new ExponentialRateMap(4, gamma);
        double u = guess;
        for (int i = 0; i < 50; i++) {
            double end = u;
            double slope = 1;
            for (int t = 0; t < period; t++) {
                slope *= map.derivative(end);
                end = map.next(end);
            }
            u -= (end - u) / (slope - 1);
        }
        return u;
    }

    private static double multiplier(int period, double gamma, double guess) {
        ExponentialRateMap map = new ExponentialRateMap(4, gamma);
        double u = orbit(period, gamma, guess);
        double slope = 1;
        for (int t = 0; t < period; t++) {
            slope *= map.derivative(u);
            u = map.next(u);
        }
        return slope;
    }

    @Override
    public Figure draw(Tables tables) {
        double[] gamma = tables.numbers("exponents", "gamma");
        Axis axis = Axis.linear("γ").from(1.5, LAST);
        return new Figure(
                "P1-fig4",
                "",
                "Limit set and Lyapunov exponent of u ← γu(1−u)² over γ",
                1,
                List.of(
                        Panel.of(
                                "limit set",
                                axis,
                                Axis.linear("u").from(0, 1.4),
                                Mark.points("", tables.numbers("orbits", "gamma"), tables.numbers("orbits", "u")),
                                new Mark.VerticalReference("escape, γ = 9", 9)),
                        Panel.of(
                                "exponents",
                                axis,
                                Axis.linear("per step").from(-2.5, 1.5),
                                Mark.line("Lyapunov exponent", gamma, tables.numbers("exponents", "lyapunov")),
                                Mark.line("mean ln|x(t+1)/x(t)|", gamma, tables.numbers("exponents", "rate")),
                                new Mark.HorizontalReference("0", 0))));
    }

    @Override
    public List<Claim> claims(Tables tables) {
        double worst = 0;
        for (double k : new double[] {4, 6, 8, 10, 12}) {
            worst = Math.max(worst, tables.value("multiplier error, k=" + k));
        }
        double[] gamma = tables.numbers("exponents", "gamma");
        double[] rate = tables.numbers("exponents", "rate");
        double off = 0;
        for (int i = 0; i < gamma.length; i++) {
            if (gamma[i] < 9) {
                off = Math.max(off, Math.abs(rate[i] + 0.5 * Math.log(gamma[i])));
            }
        }
        double[] expected = {4, 5, 5.23498, 5.28641};
        double[] found = new double[4];
        boolean agree = tables.value("escape at 9.000") < 0 && tables.value("escape at 9.001") > 0;
        for (int i = 0; i < 4; i++) {
            found[i] = tables.value("doubling " + i);
            agree &= Math.abs(found[i] - expected[i]) < 1e-3;
        }
        return List.of(
                new Statement(
                                "P1-19",
                                "Degenerate polynomials, Proposition 5.6",
                                "The fixed point has multiplier (k−1) − (k−2)γ^(1/(k−2)), stable for γ below"
                                        + " (k/(k−2))^(k−2)",
                                "k = 4 to 12, γ = 1.2 to 6, central differences with h = 1e-6")
                        .atMost(1e-6, "absolute; h² and rounding over h", worst),
                new Statement(
                                "P1-20",
                                "Degenerate polynomials, Fig. 4",
                                "Period doublings, chaos, sudden escape",
                                "k = 4; doublings by Newton's method on the orbit and its multiplier −1")
                        .judged(
                                "doublings at 4, 5, 5.23498, 5.28641; bounded at γ = 9, escape above",
                                "1e-3",
                                Statement.format(
                                        "%.5f, %.5f, %.5f, %.5f; bounded at 9.000, at 9.001 escape after %.0f steps",
                                        found[0], found[1], found[2], found[3], tables.value("escape at 9.001")),
                                agree,
                                "|u| < 2 is enough for a step to lower the loss, but escape begins at"
                                        + " 1 + γ^(−1/(k−2)) = 4/3."),
                new Statement(
                                "P1-20",
                                "Degenerate polynomials, Fig. 4",
                                "x converges at the rate of the fixed point through cycles and chaos",
                                "700 values of γ below 9, mean of ln|1−u| over 5,000 steps against −ln γ/2")
                        .atMost(5e-3, "ln u wanders by about 10 over 5,000 steps", off),
                new Statement(
                                "P1-20",
                                "Degenerate polynomials, Fig. 4",
                                "The dynamics is chaotic before the escape",
                                "γ = 9, 2,000,000 steps")
                        .near(Math.log(3), 1e-3, "sampling", tables.value("Lyapunov exponent at 9")));
    }
}
