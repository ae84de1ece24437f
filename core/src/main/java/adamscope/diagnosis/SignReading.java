package adamscope.diagnosis;

import static adamscope.diagnosis.LogRows.fall;
import static adamscope.diagnosis.LogRows.firstOf;
import static adamscope.diagnosis.LogRows.largest;
import static adamscope.diagnosis.LogRows.lastOf;
import static adamscope.diagnosis.LogRows.log10;
import static adamscope.diagnosis.LogRows.middle;

import adamscope.regime.LossCurve;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import adamscope.regime.SpikeEvent;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Reads the [Signs] of one event from the rows around it.
final class SignReading {
    private static final int BEFORE = 100;
    static final int NEAR = 12;
    /// Hardly a β₂ in use is above it: what g² alone makes of v where β₂ is not known.
    private static final double LARGEST_DECAY = 0.9999;

    /// Rows after a peak from which on a loss that is still up has stayed up.
    private static final int SEEN = 5;

    private final RunLog log;
    private final LossCurve curve;
    private final SpikeEvent event;
    private final Circumstances circumstances;
    private final DerivedMoment moment;
    private final int onset;
    private final int peak;
    private final int calm;

    SignReading(DiagnosedLog read, SpikeEvent event) {
        this.log = read.log();
        this.curve = read.curve();
        this.event = event;
        this.circumstances = read.known();
        this.moment = read.moment();
        this.onset = log.row(event.onset());
        this.peak = Math.max(onset, log.row(event.peak()));
        this.calm = Math.max(0, onset - BEFORE);
    }

    Signs signs() {
        double[] gradient = numbers(Quantity.GRADIENT_NORM);
        double[] step = numbers(Quantity.STEP_NORM);
        double[] measured = numbers(Quantity.ROOT_SECOND_MOMENT_NORM);
        double[] root = moment.derived() ? moment.root() : measured;
        double[] lr = numbers(Quantity.LR);
        double[] ratio = first(Quantity.stepRatio(99), Quantity.stepRatio(50));
        int quiet = Math.max(calm + 1, onset - NEAR);
        int lead = lead(gradient);
        int before = Math.max(calm + 1, Math.min(quiet, onset - lead));
        double sharp = largest(scaledSharpness(), Math.max(0, onset - 30), peak + 1);
        ScaleReading scale = new ScaleReading(numbers(Quantity.LOSS_SCALE), event, onset, peak);
        return new Signs(
                peak - onset + 1,
                firstRowShare(),
                rowSteps(),
                stayed(),
                log10(largest(gradient, Math.max(0, onset - 2), peak + 1) / middle(gradient, calm, before)),
                lead,
                log10(largest(step, Math.max(0, onset - NEAR), peak + 1) / middle(step, calm, before)),
                log10(largest(step, Math.max(0, onset - NEAR), onset) / middle(step, calm, before)),
                log10(middle(coupling(root, gradient), calm, before)),
                log10(middle(numbers(Quantity.couplingRatio(90)), calm, before)),
                decayShare(root, before),
                lossFall(before),
                2 * fall(Arrays.stream(gradient).map(Math::log10).toArray(), log.steps(), calm, before),
                sharp,
                log10(sharp / firstOf(scaledSharpness(), calm, onset)),
                log10(lastOf(numbers(Quantity.SHARPNESS), calm, onset + 1)
                        / firstOf(numbers(Quantity.SHARPNESS), calm, onset)),
                log10(middle(root, Math.max(calm, before - 5), before) / firstOf(root, calm, onset)),
                log10(largest(lr, Math.max(0, onset - NEAR), peak + 1)
                        / least(middle(lr, Math.max(0, calm - BEFORE), quiet), lastOf(lr, calm, quiet))),
                climbing(lr),
                largest(ratio, Math.max(0, onset - NEAR), peak + 1),
                log10(largest(ratio, Math.max(0, onset - NEAR), onset + 1) / middle(ratio, calm, before)),
                impossible(gradient, measured),
                scale.change(),
                scale.changes(),
                scale.halvings(),
                warmUp(lr),
                largest(numbers(Quantity.ATTENTION_LOGIT_MAX), calm, onset + 1),
                logitGrowth(),
                moved(step),
                stateFall(measured, gradient),
                moment);
    }

    private double[] numbers(String quantity) {
        return log.numbers(quantity).orElseGet(() -> nothing());
    }

    private double[] first(String quantity, String otherwise) {
        return log.has(quantity) ? numbers(quantity) : numbers(otherwise);
    }

    private double[] nothing() {
        double[] nothing = new double[log.rows()];
        Arrays.fill(nothing, Double.NaN);
        return nothing;
    }

    /// What lr was: its level, or where a schedule had lowered it to.
    private static double least(double level, double last) {
        return Double.isNaN(last) ? level : Math.min(level, last);
    }

    /// Rows that hold other quantities but no loss hide nothing of it.
    private long rowSteps() {
        int at = curve.at(event.onset());
        return at <= 0 ? 1 : event.onset() - curve.steps()[at - 1];
    }

    private double firstRowShare() {
        int from = Math.max(1, curve.at(event.onset()));
        int to = curve.at(event.peak());
        double largest = Double.NaN;
        for (int i = from; i <= to && i < curve.points(); i++) {
            double rise = curve.log10Loss()[i] - curve.log10Loss()[i - 1];
            largest = Double.isNaN(largest) ? rise : Math.max(largest, rise);
        }
        return event.broken() ? 1 : largest / event.height();
    }

    private int stayed() {
        int from = curve.at(event.peak());
        for (int i = from; i < curve.points(); i++) {
            if (curve.log10Loss()[i] <= event.level() + event.height() / 2) {
                return i - from;
            }
        }
        return curve.points() - from > SEEN ? -1 : Signs.NOT_SEEN;
    }

    /// Rows before the onset from which on ‖g‖ stays above its level by more than its own scatter.
    private int lead(double[] gradient) {
        double[] logs = Arrays.stream(gradient).map(Math::log10).toArray();
        int until = Math.max(calm, onset - 40);
        double level = middle(logs, calm, until);
        double[] deviations = IntStream.range(calm, until)
                .mapToDouble(row -> Math.abs(logs[row] - level))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (deviations.length < 10) {
            return 0;
        }
        double bound = level + Math.max(0.1, 4 * deviations[deviations.length / 2]);
        int row = onset;
        while (row > until && logs[row - 1] > bound) {
            row--;
        }
        return onset - row;
    }

    private double decayShare(double[] root, int before) {
        double beta2 = circumstances.or("beta2", Double.NaN);
        int reach = Double.isNaN(beta2) ? BEFORE : (int) Math.clamp(1 / (1 - beta2), 20, 400);
        int from = Math.max(0, before - reach);
        int lowest = -1;
        int first = -1;
        for (int row = from; row < Math.max(before, from + 1) && row < root.length; row++) {
            if (root[row] > 0) {
                first = first < 0 ? row : first;
                lowest = lowest < 0 || root[row] <= root[lowest] ? row : lowest;
            }
        }
        if (first < 0 || lowest <= first) {
            return first < 0 || Double.isNaN(beta2) ? Double.NaN : 0;
        }
        double steps = log.steps()[lowest] - log.steps()[first];
        return Math.log(root[lowest] / root[first]) / (steps * 0.5 * Math.log(beta2));
    }

    private double lossFall(int before) {
        int from = curve.at(log.steps()[calm]);
        int to = Math.min(curve.points(), curve.at(log.steps()[Math.min(before, log.rows() - 1)]));
        return fall(curve.log10Loss(), curve.steps(), from, to);
    }

    private double[] scaledSharpness() {
        double[] sharpness = numbers(Quantity.PRECONDITIONED_SHARPNESS);
        double fixed = circumstances.or("lr", Double.NaN);
        double[] lr = log.has(Quantity.LR) ? numbers(Quantity.LR) : null;
        return IntStream.range(0, sharpness.length)
                .mapToDouble(row -> sharpness[row] * (lr == null ? fixed : lr[row]))
                .toArray();
    }

    private boolean climbing(double[] lr) {
        double now = lastOf(lr, 0, onset + 1);
        double earlier = lastOf(lr, 0, Math.max(1, onset - NEAR));
        return now > earlier * 1.01 && now >= largest(lr, 0, onset + 1) * 0.999;
    }

    private double impossible(double[] gradient, double[] root) {
        double beta2 = circumstances.or("beta2", Double.NaN);
        double least = Double.NaN;
        double[] quantile = numbers(Quantity.couplingRatio(1));
        // The first row of a log may follow states that it does not hold.
        for (int row = Math.max(1, calm); row <= Math.min(peak, log.rows() - 1); row++) {
            // Whether a row holds the gradient that v took in last or the one after it is the logger's choice.
            double last = Math.min(gradient[row], gradient[row - 1]);
            double whole = root[row] * root[row] / (last * last);
            for (double ratio : new double[] {whole, quantile[row]}) {
                if (Double.isFinite(ratio)) {
                    least = Double.isNaN(least) ? ratio : Math.min(least, ratio);
                }
            }
        }
        return least / (1 - beta2);
    }

    /// A warm-up ends where lr first reaches its largest value, if it began below half of it and took ten rows.
    private int warmUp(double[] lr) {
        double highest = largest(lr, 0, onset + 1);
        double first = firstOf(lr, 0, onset + 1);
        if (!(first < highest / 2)) {
            return -1;
        }
        int row = 0;
        while (row <= onset && !(lr[row] >= 0.999 * highest)) {
            row++;
        }
        return row < 10 || row > onset ? -1 : onset - row;
    }

    private double logitGrowth() {
        double[] logit = numbers(Quantity.ATTENTION_LOGIT_MAX);
        return log10(largest(logit, calm, onset + 1) / middle(logit, 0, Math.max(1, Math.min(onset, log.rows() / 10))));
    }

    /// The triangle inequality |‖θ'‖ − ‖θ‖| ≤ ‖θ' − θ‖, where it fails.
    private double moved(double[] step) {
        double[] weight = numbers(Quantity.WEIGHT_NORM);
        double largest = Double.NaN;
        for (int row = Math.max(1, onset - 2); row <= Math.min(peak, weight.length - 1); row++) {
            boolean next = log.steps()[row] == log.steps()[row - 1] + 1;
            // Whether a row holds the step that led to it or the step from it is the logger's choice.
            double taken = Math.max(step[row], step[row - 1]);
            double excess = (Math.abs(weight[row] - weight[row - 1]) - taken) / taken;
            if (next && Double.isFinite(excess)) {
                largest = Double.isNaN(largest) ? excess : Math.max(largest, excess);
            }
        }
        return largest;
    }

    /// The steepest fall of ‖√v‖ from a row to the next, by step, after which v filled again: one that stays below what
    /// the gradients give it was rounded, not reset.
    private double stateFall(double[] root, double[] gradient) {
        double least = Double.NaN;
        for (int row = Math.max(1, onset - NEAR); row <= Math.min(peak, root.length - 1); row++) {
            double fall = Math.log10(root[row] / root[row - 1]) / (log.steps()[row] - log.steps()[row - 1]);
            if (!Double.isNaN(fall) && (fall > -0.1 || fills(root, gradient, row))) {
                least = Double.isNaN(least) ? fall : Math.min(least, fall);
            }
        }
        return least;
    }

    private boolean fills(double[] root, double[] gradient, int row) {
        double share = 1 - circumstances.or("beta2", LARGEST_DECAY);
        for (int next = row + 1; next <= Math.min(row + NEAR, root.length - 1); next++) {
            double last = Math.min(gradient[next], gradient[next - 1]);
            if (Double.isNaN(last) || root[next] * root[next] >= 0.9 * share * last * last) {
                return true;
            }
        }
        return false;
    }

    /// Σv/Σg² by row, of the gradient that enters v; a v that was derived from the start is bias-corrected.
    private double[] coupling(double[] root, double[] gradient) {
        double clip = moment.clip().orElse(Double.POSITIVE_INFINITY);
        double beta2 =
                moment.derived() && circumstances.corrected() && log.steps()[0] <= 1 ? circumstances.or("beta2", 0) : 0;
        return IntStream.range(0, root.length)
                .mapToDouble(row -> {
                    double entered = Math.min(gradient[row], clip);
                    double corrected = 1 - Math.pow(beta2, 1.0 + log.steps()[row] - log.steps()[0]);
                    return root[row] * root[row] / corrected / (entered * entered);
                })
                .toArray();
    }
}
