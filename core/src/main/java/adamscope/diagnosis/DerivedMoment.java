package adamscope.diagnosis;

import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.Statement;
import adamscope.regime.Quantity;
import adamscope.regime.RowAxis;
import adamscope.regime.RunLog;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// ‖√v‖ where it was not logged, from the gradient norms.
///
/// Σv' = β₂Σv + (1−β₂)‖g‖², coordinate by coordinate and so in the sum: exact where v starts at 0 with the first row.
/// Where the log starts later, after a gap, a seam or a gradient that is no number, the average over the rows since
/// then, divided by 1−β₂ⁿ, stands for it, from n = 1/(1−β₂) rows on. A gradient that is clipped at c enters with
/// min(‖g‖, c).
///
/// @param root    ‖√v‖ by row, NaN where it is not known; empty if it was measured or cannot be derived
/// @param clip    the norm at which gradients were clipped, if it is known
/// @param refusal why nothing was derived although gradient norms are there; empty if something was, or was measured
public record DerivedMoment(double[] root, OptionalDouble clip, Optional<String> refusal) {
    /// Hyper-parameter of a log: the norm at which gradients are clipped.
    public static final String CLIP = "clipNorm";

    private static final String BETA2 = "beta2";

    private static DerivedMoment none(String why) {
        return new DerivedMoment(
                new double[0], OptionalDouble.empty(), Optional.of(why).filter(text -> !text.isEmpty()));
    }

    /// What follows from a log.
    static DerivedMoment of(RunLog log, Circumstances known) {
        if (log.has(Quantity.ROOT_SECOND_MOMENT_NORM) || !log.has(Quantity.GRADIENT_NORM)) {
            return none("");
        }
        double beta2 = known.or(BETA2, Double.NaN);
        if (!averages(known.rule()) || !(beta2 > 0 && beta2 < 1)) {
            return none(
                    averages(known.rule())
                            ? "beta2 is not known, so ‖√v‖ does not follow from the gradient norms"
                            : known.rule().name() + " keeps no β₂-average of g²");
        }
        if (log.facts().axis().manySteps() || !counted(log.facts().axis().unit())) {
            return none("rows are not steps, so ‖√v‖ does not follow from the gradient norms");
        }
        OptionalDouble clip = log.hyper(CLIP).stream()
                .mapToDouble(Double::doubleValue)
                .filter(c -> c > 0)
                .findFirst();
        double[] root = averaged(log, beta2, clip.orElse(Double.POSITIVE_INFINITY));
        long rows = Arrays.stream(log.numbers(Quantity.GRADIENT_NORM).orElseThrow())
                .filter(g -> !Double.isNaN(g))
                .count();
        return 2 * Arrays.stream(root).filter(Double::isFinite).count() >= rows
                ? new DerivedMoment(root, clip, Optional.empty())
                : none(String.format(
                        Locale.ROOT,
                        "‖√v‖ follows from the gradient norms only where those of every step are logged, %.0f in a row",
                        Math.ceil(1 / (1 - beta2))));
    }

    private static boolean counted(RowAxis.Unit unit) {
        return unit == RowAxis.Unit.STEP || unit == RowAxis.Unit.ROW;
    }

    /// Whether the rule moves v as Adam does.
    private static boolean averages(OptimizerRule rule) {
        Statement adams = Catalogue.shipped("adam").statements().stream()
                .filter(statement -> statement.name().equals("v"))
                .findFirst()
                .orElseThrow();
        return rule.statements().contains(adams);
    }

    private static double[] averaged(RunLog log, double beta2, double clip) {
        double[] gradient = log.numbers(Quantity.GRADIENT_NORM).orElseThrow();
        long[] steps = log.steps();
        double[] root = new double[gradient.length];
        Arrays.fill(root, Double.NaN);
        double sum = 0;
        double left = 1;
        boolean whole = steps.length > 0 && steps[0] <= 1;
        for (int row = 0; row < root.length; row++) {
            boolean next = row > 0
                    && steps[row] == steps[row - 1] + 1
                    && log.facts().seamsWithin(steps[row - 1], steps[row]).isEmpty();
            if (!Double.isFinite(gradient[row]) || row > 0 && !next) {
                sum = 0;
                left = 1;
                whole = false;
            }
            if (Double.isFinite(gradient[row])) {
                double entered = Math.min(gradient[row], clip);
                sum = beta2 * sum + (1 - beta2) * (entered * entered);
                left *= beta2;
                boolean enough = left <= Math.exp(-1);
                root[row] = whole ? Math.sqrt(sum) : enough ? Math.sqrt(sum / (1 - left)) : Double.NaN;
            }
        }
        return root;
    }

    /// Whether there is anything.
    public boolean derived() {
        return root.length > 0;
    }

    /// What is true of every sentence that rests on it.
    String words() {
        return derived() ? "from the gradient norms" + clipped() : "";
    }

    private String clipped() {
        return clip.isPresent()
                ? String.format(Locale.ROOT, ", clipped at %.3g", clip.getAsDouble())
                : ", if they were not clipped";
    }

    /// A remark on where ‖√v‖ comes from, or why it does not.
    Optional<String> remark(Circumstances known) {
        return derived()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "‖√v‖ is not logged; it is derived from the gradient norms of every step%s: Σv is the average"
                                + " of ‖g‖² with beta2 = %s",
                        clipped(),
                        Inequality.number(known.or(BETA2, Double.NaN))))
                : Optional.empty();
    }
}
