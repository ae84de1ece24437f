package adamscope.diagnosis;

import adamscope.regime.CurveOutcome;
import adamscope.regime.LossCurve;
import adamscope.regime.MiddleValue;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Why a loss stands still, as far as more than the loss is logged: a gradient of 0, or a preconditioner that is ε.
///
/// The step is lr·m/P with P = √v + ε ≥ ε, so the share of ε in P is ε‖Δθ‖/(lr‖m‖): 1 where nothing but ε is left, far
/// below 1 where √v rules. Where ‖m‖ or ‖Δθ‖ is not logged, ε/(ε + √(mean v)) stands for it, if the number of
/// parameters is known. Bias correction is over by then, and weight decay is left out.
final class Standstill {
    /// Share of ε in P from which ε and not v sets the step.
    private static final double FLOORED = 0.5;

    /// A fall at less than this part of the rate before is a standstill.
    private static final double STILL = 0.1;

    private static final String EPS = "eps";

    private Standstill() {}

    /// The outcome that the loss alone gave, or the standstill that the rest of the log explains.
    static CurveOutcome outcome(RunLog log, LossCurve curve, Circumstances known, CurveOutcome seen) {
        return switch (seen) {
            case CurveOutcome.Smooth _,
                    CurveOutcome.Oscillating _,
                    CurveOutcome.Stalled _,
                    CurveOutcome.NotLearning _ ->
                withoutGradient(log, curve)
                        .or(() -> floored(log, curve, known))
                        .or(() -> absorbed(log, known))
                        .orElse(seen);
            case CurveOutcome.Spiking _, CurveOutcome.Diverging _, CurveOutcome.TooShort _, CurveOutcome.NoNumbers _ ->
                seen;
        };
    }

    private static Optional<CurveOutcome> withoutGradient(RunLog log, LossCurve curve) {
        if (curve.points() < LossCurve.FEWEST || !log.has(Quantity.GRADIENT_NORM)) {
            return Optional.empty();
        }
        double[] gradient = log.numbers(Quantity.GRADIENT_NORM).orElseThrow();
        int since = gradient.length;
        while (since > 0 && !(Math.abs(gradient[since - 1]) > 0)) {
            since--;
        }
        boolean lasting = gradient.length - since >= Math.max(LossCurve.FEWEST, gradient.length / 20)
                && IntStream.range(since, gradient.length).anyMatch(row -> gradient[row] == 0);
        return lasting
                ? Optional.of(new CurveOutcome.Stalled(
                        log.steps()[since],
                        "the gradient is exactly 0 while the loss is not: it left the range of its number format, or"
                                + " the network does not depend on its parameters any more"))
                : Optional.empty();
    }

    private static Optional<CurveOutcome> floored(RunLog log, LossCurve curve, Circumstances known) {
        double eps = known.or(EPS, Double.NaN);
        if (!(eps > 0) || !known.rule().hyperNames().contains(EPS) || curve.points() < 10 * LossCurve.FEWEST) {
            return Optional.empty();
        }
        double[] share = shares(log, known, eps);
        int since = share.length;
        double least = 1;
        while (since > 0 && !(share[since - 1] <= FLOORED)) {
            since--;
            least = Double.isNaN(share[since]) ? least : Math.min(least, share[since]);
        }
        boolean measured = Arrays.stream(share, since, share.length).anyMatch(s -> s > FLOORED);
        if (!measured || share.length - since < share.length / 10 || since == share.length) {
            return Optional.empty();
        }
        long step = log.steps()[since];
        int at = curve.at(step);
        if (!still(curve.log10Loss(), at)) {
            return Optional.empty();
        }
        return Optional.of(new CurveOutcome.Stalled(
                step,
                String.format(
                                Locale.ROOT,
                                "eps = %.3g is %.0f %% or more of the preconditioner √v + eps from there on, so the"
                                        + " step lr·m/eps shrinks",
                                eps,
                                100 * least)
                        + String.format(
                                Locale.ROOT,
                                " with the gradient; an eps below %.2g, a hundredth of what √v was there, lets it go"
                                        + " on",
                                eps / 100)));
    }

    /// Weights in a short format take no update below half of their last digit, 2^(−digits) of their size.
    private static Optional<CurveOutcome> absorbed(RunLog log, Circumstances known) {
        if (known.format().isEmpty() || !log.has(Quantity.STEP_NORM) || !log.has(Quantity.WEIGHT_NORM)) {
            return Optional.empty();
        }
        FloatFormat format = known.format().get();
        double half = Math.scalb(1.0, -format.digits() - 1);
        double[] step = log.numbers(Quantity.STEP_NORM).orElseThrow();
        double[] weight = log.numbers(Quantity.WEIGHT_NORM).orElseThrow();
        double[] ratio = IntStream.range(0, step.length)
                .mapToDouble(row -> step[row] / weight[row])
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (ratio.length < LossCurve.FEWEST || ratio[ratio.length / 2] >= half) {
            return Optional.empty();
        }
        return Optional.of(new CurveOutcome.Stalled(
                log.steps()[0],
                String.format(
                        Locale.ROOT,
                        "‖Δθ‖/‖θ‖ is %.2g in the middle, below 2^-%d = %.2g: in %s most updates are rounded away; keep"
                                + " a float32 copy of the weights, or round stochastically",
                        ratio[ratio.length / 2],
                        format.digits() + 1,
                        half,
                        format.word())));
    }

    /// Whether the curve falls much slower after a point than before it, over as many points or all there are.
    private static boolean still(double[] y, int at) {
        int length = Math.min(at, y.length - at);
        if (length < LossCurve.FEWEST) {
            return false;
        }
        int n = Math.max(1, length / 8);
        double before = MiddleValue.of(y, at - length, at - length + n) - MiddleValue.of(y, at - n, at);
        double after =
                MiddleValue.of(y, y.length - length, y.length - length + n) - MiddleValue.of(y, y.length - n, y.length);
        return before > 0 && after < STILL * before;
    }

    /// The share of ε in the preconditioner, row by row; NaN where it is not known.
    private static double[] shares(RunLog log, Circumstances known, double eps) {
        double[] share = new double[log.rows()];
        Arrays.fill(share, Double.NaN);
        double parameters = log.hyper("parameters").orElse(Double.NaN);
        if (log.has(Quantity.STEP_NORM) && log.has(Quantity.AVERAGE_GRADIENT_NORM)) {
            double[] step = log.numbers(Quantity.STEP_NORM).orElseThrow();
            double[] average = log.numbers(Quantity.AVERAGE_GRADIENT_NORM).orElseThrow();
            double[] lr = log.numbers(Quantity.LR).orElse(null);
            double fixed = known.or("lr", Double.NaN);
            double last = fixed;
            for (int row = 0; row < share.length; row++) {
                last = lr != null && Double.isFinite(lr[row]) ? lr[row] : last;
                share[row] = average[row] > 0 && last > 0 ? eps * step[row] / (last * average[row]) : Double.NaN;
            }
        } else if (log.has(Quantity.ROOT_SECOND_MOMENT_NORM) && parameters > 0) {
            double[] root = log.numbers(Quantity.ROOT_SECOND_MOMENT_NORM).orElseThrow();
            Arrays.setAll(share, row -> eps / (eps + root[row] / Math.sqrt(parameters)));
        }
        return share;
    }
}
