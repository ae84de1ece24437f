package adamscope.diagnosis;

import adamscope.regime.RunLog;
import java.util.List;

/// What to change to which value, for one rise, and what that costs; each cause has its own.
final class Advice {
    private Advice() {}

    static List<String> of(Rise rise, List<Suspect> suspects) {
        Suspect first = suspects.getFirst();
        DynamicsAdvice dynamics = new DynamicsAdvice(rise);
        OutsideAdvice outside = new OutsideAdvice(rise);
        return switch (first.weight() >= EventDiagnosis.NAMED ? first.cause() : Cause.OTHER) {
            case PRECONDITIONER_LAG -> dynamics.lag();
            case SHARPNESS -> dynamics.sharpness();
            case SCHEDULE -> dynamics.schedule();
            case DIVERGENCE_REGIME -> dynamics.divergence();
            case LEARNING_RATE -> dynamics.learningRate();
            case BAD_BATCH -> outside.badBatch();
            case PRECISION -> outside.precision();
            case LOSS_SCALE -> outside.lossScale();
            case ARCHITECTURE -> outside.architecture();
            case OPTIMIZER_STATE -> outside.state();
            case RESTART -> outside.restart();
            case NAN_GRADIENT -> outside.nanGradient();
            case LOSS_TERM -> outside.lossTerm(first);
            case PERIODIC -> outside.periodic(first);
            case ABSORPTION -> outside.absorption();
            case OTHER -> outside.other(suspects);
        };
    }

    /// The largest value of a quantity from 30 steps before the onset to the peak.
    static double largest(Rise rise, String quantity) {
        RunLog log = rise.log();
        double[] values = log.numbers(quantity).orElse(new double[0]);
        long[] steps = log.steps();
        double largest = Double.NaN;
        for (int row = 0; row < values.length; row++) {
            if (steps[row] <= rise.event().peak()
                    && steps[row] >= rise.event().onset() - 30
                    && Double.isFinite(values[row])) {
                largest = Double.isNaN(largest) ? values[row] : Math.max(largest, values[row]);
            }
        }
        return largest;
    }
}
