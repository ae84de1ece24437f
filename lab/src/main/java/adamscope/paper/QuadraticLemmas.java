package adamscope.paper;

import static adamscope.paper.Measurement.text;

import adamscope.report.Claim;
import adamscope.stability.ExponentialSchedule;
import adamscope.table.Table;

/// Paper 1, Lemmas F.1 and F.2: descent on x²/2 with a learning rate that grows exponentially, as differential
/// equations, with and without momentum.
final class QuadraticLemmas {
    private static final double[][] MOMENTUM = {{0.1, 0.005, 400}, {0.1, 0.02, 250}, {0.3, 0.05, 120}};

    private QuadraticLemmas() {}

    /// @param growth 1: the learning rate grows as in the lemmas; 0: it does not
    static Table measured(double growth) {
        SingleNumbers measured = new SingleNumbers();
        for (double[] lemma : MOMENTUM) {
            measured.put("F.2 slope " + lemma[0] + " " + lemma[1], envelope(lemma, growth));
        }
        for (int t = 10; t <= 50; t += 10) {
            measured.put("F.1 at " + t, firstOrder(t, growth));
        }
        return measured.table();
    }

    /// ln x(t) of x' = −0.05·e^(0.1t)·x by Runge–Kutta of order 4 with step 1e-3; x = e^(−74) at most.
    private static double firstOrder(double until, double growth) {
        double h = 1e-3;
        double x = 1;
        for (int i = 0; i < Math.round(until / h); i++) {
            double t = i * h;
            double a = -0.05 * Math.exp(0.1 * growth * t);
            double b = -0.05 * Math.exp(0.1 * growth * (t + h / 2));
            double c = -0.05 * Math.exp(0.1 * growth * (t + h));
            double k1 = a * x;
            double k2 = b * (x + h / 2 * k1);
            double k3 = b * (x + h / 2 * k2);
            double k4 = c * (x + h * k3);
            x += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        }
        return Math.log(x);
    }

    /// The slope of the envelope of x'' + (μ−α)x' + μe^(αt)x = 0, amplitude √(x² + (x' + (μ−α)x/2)²/(μe^(αt))).
    private static double envelope(double[] lemma, double growth) {
        double mu = lemma[0];
        double alpha = lemma[1] * growth;
        double until = lemma[2];
        double h = 2e-3;
        double x = 1;
        double p = 0;
        int steps = (int) Math.round(until / h);
        double[] times = new double[steps / 50];
        double[] amplitudes = new double[steps / 50];
        for (int i = 0; i < steps; i++) {
            double t = i * h;
            if (i % 50 == 0 && i / 50 < times.length) {
                times[i / 50] = t;
                double turned = p + (mu - alpha) / 2 * x;
                amplitudes[i / 50] = 0.5 * Math.log(x * x + turned * turned / (mu * Math.exp(alpha * t)));
            }
            double friction = mu - alpha;
            double begin = mu * Math.exp(alpha * t);
            double middle = mu * Math.exp(alpha * (t + h / 2));
            double end = mu * Math.exp(alpha * (t + h));
            double k1x = p;
            double k1p = -friction * p - begin * x;
            double k2x = p + h / 2 * k1p;
            double k2p = -friction * k2x - middle * (x + h / 2 * k1x);
            double k3x = p + h / 2 * k2p;
            double k3p = -friction * k3x - middle * (x + h / 2 * k2x);
            double k4x = p + h * k3p;
            double k4p = -friction * k4x - end * (x + h * k3x);
            x += h / 6 * (k1x + 2 * k2x + 2 * k3x + k4x);
            p += h / 6 * (k1p + 2 * k2p + 2 * k3p + k4p);
        }
        return new Curve(times, amplitudes).fittedSlope(0.4 * until, until);
    }

    static Claim first(Tables tables) {
        double worst = 0;
        for (int t = 10; t <= 50; t += 10) {
            worst = Math.max(
                    worst, Math.abs(new ExponentialSchedule(2, 0.05, 0.1, 1).logAt(t) - tables.value("F.1 at " + t)));
        }
        return Register.of("P1-40")
                .ran("η₀ = 0.05, α = 0.1, t = 10 to 50; Runge–Kutta of order 4, h = 1e-3; ln x")
                .got("difference", worst)
                .claim("0", text("at most %.1e", worst), "");
    }

    static Claim second(Tables tables) {
        double worst = 0;
        for (double[] lemma : MOMENTUM) {
            double measured = tables.value("F.2 slope " + lemma[0] + " " + lemma[1]);
            worst = Math.max(worst, Math.abs(measured + lemma[0] / 2 - lemma[1] / 4));
        }
        return Register.of("P1-41")
                .ran("(μ, α) = (0.1, 0.005), (0.1, 0.02), (0.3, 0.05); fitted slope of the amplitude")
                .got("difference", worst)
                .claim("0", text("at most %.1e", worst), "");
    }
}
