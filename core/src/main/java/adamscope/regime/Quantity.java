package adamscope.regime;

import java.util.List;
import java.util.Locale;

/// The names under which a [RunLog] holds what was measured; one name for one quantity, whoever wrote the log.
///
/// g is the gradient, m its moving average, v the moving average of g², θ the parameters.
public final class Quantity {
    /// Step of the optimizer, from 0 or 1; the only column of integers.
    public static final String STEP = "step";

    /// Training loss that the optimizer sees.
    public static final String LOSS = "loss";

    /// log₁₀ of the training loss, for runs that double cannot hold; read where `loss` is absent.
    public static final String LOG10_LOSS = "log10Loss";

    /// Loss of the batch of this step, where `loss` is that of the whole training set.
    public static final String BATCH_LOSS = "batchLoss";

    /// Loss of held-out samples.
    public static final String VALIDATION_LOSS = "validationLoss";

    /// Learning rate of this step.
    public static final String LR = "lr";

    /// ‖g‖.
    public static final String GRADIENT_NORM = "gradientNorm";

    /// ‖m‖.
    public static final String AVERAGE_GRADIENT_NORM = "averageGradientNorm";

    /// ‖√v‖, so √Σv.
    public static final String ROOT_SECOND_MOMENT_NORM = "rootSecondMomentNorm";

    /// ‖Δθ‖.
    public static final String STEP_NORM = "stepNorm";

    /// ‖θ‖.
    public static final String WEIGHT_NORM = "weightNorm";

    /// Largest algebraic eigenvalue of P^{-1/2} H P^{-1/2}.
    public static final String PRECONDITIONED_SHARPNESS = "preconditionedSharpness";

    /// Largest algebraic eigenvalue of H.
    public static final String SHARPNESS = "sharpness";

    /// Largest attention logit of the network.
    public static final String ATTENTION_LOGIT_MAX = "attentionLogitMax";

    /// Factor on the loss in mixed precision.
    public static final String LOSS_SCALE = "lossScale";

    /// Passes over the data so far, with a fraction where the log has one. No measurement, but another axis.
    public static final String EPOCH = "epoch";

    /// Tokens seen so far, another axis.
    public static final String TOKENS = "tokens";

    /// Samples seen so far, another axis.
    public static final String SAMPLES = "samples";

    /// Columns that count what has passed and measure nothing.
    public static final List<String> COUNTERS = List.of(EPOCH, TOKENS, SAMPLES);

    /// Percentiles of v/g² over coordinates that a log may hold, as `couplingRatio50`.
    public static final List<Integer> LEVELS = List.of(1, 10, 50, 90, 99);

    /// Every name, in the order of a table.
    public static final List<String> ALL = List.of(
            LOSS,
            LOG10_LOSS,
            BATCH_LOSS,
            VALIDATION_LOSS,
            LR,
            GRADIENT_NORM,
            AVERAGE_GRADIENT_NORM,
            ROOT_SECOND_MOMENT_NORM,
            STEP_NORM,
            WEIGHT_NORM,
            couplingRatio(1),
            couplingRatio(10),
            couplingRatio(50),
            couplingRatio(90),
            couplingRatio(99),
            stepRatio(50),
            stepRatio(99),
            PRECONDITIONED_SHARPNESS,
            SHARPNESS,
            ATTENTION_LOGIT_MAX,
            LOSS_SCALE);

    private Quantity() {}

    /// The name of a percentile of v/g² over coordinates.
    public static String couplingRatio(int percent) {
        return String.format(Locale.ROOT, "couplingRatio%02d", percent);
    }

    /// The name of a percentile of |m|/√v over coordinates.
    public static String stepRatio(int percent) {
        return String.format(Locale.ROOT, "stepRatio%02d", percent);
    }

    /// The name of a quantity of one parameter group, or of one term of the loss.
    public static String ofGroup(String quantity, String group) {
        return quantity + "/" + group;
    }
}
