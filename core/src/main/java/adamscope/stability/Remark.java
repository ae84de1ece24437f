package adamscope.stability;

import adamscope.formula.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where a statement of a paper needs a condition or does not hold, with the numbers that show it.
///
/// @param where the statement
/// @param text  what is the case, one sentence or two
public record Remark(String where, String text) {
    /// log₁₀ of the smallest v that double still multiplies rightly.
    private static final double LEAST_V = -307.7;

    private static final int HIGHEST_DEGREE = 24;

    /// What a reader of the theory has to know at these hyper-parameters.
    ///
    /// @param lr η, for levels that depend on it
    public static List<Remark> at(PowerLawTheory theory, double lr) {
        List<Remark> remarks = new ArrayList<>();
        switch (theory.regime()) {
            case I -> {
                start(theory, remarks);
                cycle(theory, remarks);
                growth(theory, remarks);
            }
            case II -> {
                flips(theory, remarks);
                depth(theory, remarks);
            }
            case III -> level(theory, lr, remarks);
        }
        return List.copyOf(remarks);
    }

    private static void start(PowerLawTheory theory, List<Remark> remarks) {
        if (theory.beta1() == 0) {
            remarks.add(new Remark(
                    "Theorem 5.7",
                    "convergence is from starts with lr·|x0|^(k-2)/sqrt(v0) < 1 (v0 holding the first gradient), not"
                            + " from every start"));
        }
    }

    private static void cycle(PowerLawTheory theory, List<Remark> remarks) {
        TwoCycle cycle = new TwoCycle(TwoCycle.Momentum.HEAVY_BALL, theory.degree(), theory.beta1(), theory.beta2());
        if (cycle.stable()) {
            remarks.add(new Remark(
                    "Theorems 4.1 and 5.7",
                    text(
                            "the oscillation x = ±%.6g·lr is stable too (spectral radius %.4f): some starts end there,"
                                    + " such as x0 = 0.51·lr for rmsprop with k = 4, beta2 = 0.1",
                            cycle.amplitudeOverLr(), cycle.spectralRadius())));
        }
    }

    private static void growth(PowerLawTheory theory, List<Remark> remarks) {
        for (double k = theory.degree() + 2; k <= HIGHEST_DEGREE; k += 2) {
            PowerLawTheory higher = new PowerLawTheory(k, theory.beta1(), theory.beta2());
            if (!higher.stable()) {
                remarks.add(new Remark(
                        "Remark 4.2",
                        text(
                                "the stable region does not grow with k here: spectral radius %.3f at k = %s, %.3f at"
                                        + " k = %s; only inequality (8) is monotone, not (8) with (9)",
                                theory.spectralRadius(),
                                new PlainText().number(theory.degree()),
                                higher.spectralRadius(),
                                new PlainText().number(k))));
                return;
            }
        }
    }

    private static void flips(PowerLawTheory theory, List<Remark> remarks) {
        if (theory.det() >= 1 || theory.beta1() != 0) {
            return;
        }
        ExponentialRateMap map = ExponentialRateMap.ofBeta2(theory.degree(), theory.beta2());
        remarks.add(new Remark(
                "Eqs. 9 and 20",
                text(
                        "past the flip the loss still converges at the same mean rate, through cycles and chaos, down"
                                + " to beta2 = %.6g",
                        Math.pow(ExponentialRateMap.crisisGamma(map.degree()), -2))));
    }

    private static void depth(PowerLawTheory theory, List<Remark> remarks) {
        HenonReduction henon = new HenonReduction(theory);
        double k = theory.degree();
        double lambda = Math.log10(theory.w());
        double floor = k / (2 * (k - 2)) * (LEAST_V + 2 * lambda) - Math.log10(k);
        if (henon.jacobian() > 1 && henon.spikeDepth() < floor) {
            remarks.add(new Remark(
                    "\"machine precision\"",
                    text(
                            "the first spike comes after a loss of about 1e%.0f, below what double can hold: direct"
                                    + " double runs look converged here; use scaled arithmetic",
                            henon.spikeDepth())));
        }
    }

    private static void level(PowerLawTheory theory, double lr, List<Remark> remarks) {
        double k = theory.degree();
        remarks.add(new Remark(
                "Section 6.1",
                text(
                        "the loss stays near L(lr/2) = 1e%.1f, and v/g^2 near 1, only without momentum; with k = 4,"
                                + " lr = 1e-3 (level 1e-13.8) the median loss is 1e-17.4 at (0.9, 0.8) and 1e-9.3 at"
                                + " (0.9, 0.2), and the median of v/g^2 is about 20 at (0.9, 0.8)",
                        k * Math.log10(lr / 2) - Math.log10(k))));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
