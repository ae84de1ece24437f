package adamscope.probe;

import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.model.Criterion;
import adamscope.model.HeldOut;
import adamscope.model.NetworkLoss;
import adamscope.rule.TensorRule;
import adamscope.rule.TunedSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// How a network does on samples that its training does not see, after step 1, every so many steps and at the end:
/// `validationLoss`, of classes `validationAccuracy`, of texts `validationPerplexity`, the exponential of the loss.
///
/// The same with `Averaged` at averaged parameters: those that the rule names by its line `evaluate = …`, or their
/// exponential average.
public final class ValidationProbe implements Probe {
    /// The mean of the criterion.
    public static final String LOSS = "validationLoss";

    /// The share whose largest output is that of their class.
    public static final String ACCURACY = "validationAccuracy";

    /// e to the mean loss of a token.
    public static final String PERPLEXITY = "validationPerplexity";

    private static final String AVERAGE = "average";

    /// Samples that pass through memory at once.
    private static final int PIECE = 1000;

    /// What is measured beside the loss.
    private enum Beside {
        NOTHING,
        ACCURACY,
        PERPLEXITY
    }

    private final Validation plan;
    private final NetworkLoss loss;
    private final HeldOut held;
    private final Beside beside;
    private final boolean ruleSays;
    private final Optional<Tensor> average;

    private ValidationProbe(Validation plan, NetworkLoss loss, boolean ruleSays) {
        this.plan = plan;
        this.loss = loss;
        this.held = loss.held().orElseThrow();
        this.beside = beside(held);
        this.ruleSays = ruleSays;
        this.average = plan.ema().map(_ -> loss.place().zeros(loss.parameters()));
    }

    /// Of a training whose loss holds samples out.
    ///
    /// @throws IllegalArgumentException from the source, where both the rule and `ema` say what is averaged
    public static Probe.Source source(Validation plan) {
        return (BatchLoss loss, TunedSchedule tuned) -> {
            boolean ruleSays = tuned.rule().evaluation().isPresent();
            if (ruleSays && plan.ema().isPresent()) {
                throw new IllegalArgumentException("validation: ema = "
                        + plan.ema().get() + ": " + tuned.rule().name()
                        + " says by its line evaluate = … where it is evaluated; leave ema out");
            }
            return new ValidationProbe(plan, (NetworkLoss) loss, ruleSays);
        };
    }

    private static Beside beside(HeldOut held) {
        if (held.criterion() instanceof Criterion.TokenCrossEntropy) {
            return Beside.PERPLEXITY;
        }
        return isOneHot(held.samples().targets()) ? Beside.ACCURACY : Beside.NOTHING;
    }

    /// Whether each target is one of at least two classes.
    private static boolean isOneHot(Tensor targets) {
        if (targets.dim() != 2 || targets.size(1) < 2) {
            return false;
        }
        try (PointerScope _ = new PointerScope()) {
            Scalar one = new Scalar(1.0);
            boolean bits =
                    targets.mul(targets.sub(one)).eq(new Scalar(0.0)).all().item_bool();
            return bits && targets.sum(1).eq(one).all().item_bool();
        }
    }

    @Override
    public List<Measured> measured() {
        List<Measured> measured = new ArrayList<>(measured(""));
        if (ruleSays || average.isPresent()) {
            measured.addAll(measured("Averaged"));
        }
        return measured;
    }

    private List<Measured> measured(String where) {
        List<Measured> measured = new ArrayList<>(List.of(Measured.number(LOSS + where)));
        switch (beside) {
            case ACCURACY -> measured.add(Measured.number(ACCURACY + where));
            case PERPLEXITY -> measured.add(Measured.number(PERPLEXITY + where));
            case NOTHING -> {}
        }
        return measured;
    }

    @Override
    public boolean includes(long step) {
        return step == 1 || step % plan.every() == 0;
    }

    @Override
    public void moved(long step, Tensor theta) {
        average.ifPresent(mean -> {
            if (step == 1) {
                mean.copy_(theta);
            } else {
                double decay = plan.ema().orElseThrow();
                try (Scalar kept = new Scalar(decay);
                        Scalar added = new Scalar(1 - decay)) {
                    mean.mul_(kept).add_(theta, added);
                }
            }
        });
    }

    @Override
    public double[] measure(Stepped stepped) {
        return measured(stepped.theta(), stepped.rule());
    }

    @Override
    public Optional<double[]> last(Tensor theta, TensorRule rule) {
        return Optional.of(measured(theta, rule));
    }

    private double[] measured(Tensor theta, TensorRule rule) {
        try (PointerScope _ = new PointerScope()) {
            List<Double> row = new ArrayList<>(at(theta.detach()));
            if (ruleSays) {
                row.addAll(at(rule.evaluated(theta)));
            }
            average.ifPresent(mean -> row.addAll(at(mean)));
            return row.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    private List<Double> at(Tensor theta) {
        long all = held.samples().count();
        double sum = 0;
        long right = 0;
        // a batch normalisation without running means sees all of them at once
        for (Batch piece : new Batch.Consecutive(0, all).pieces(held.network().separable() ? PIECE : 0)) {
            try (PointerScope _ = new PointerScope()) {
                Tensor outputs =
                        held.network().output(theta, piece.of(held.samples().inputs()));
                Tensor targets = piece.of(held.samples().targets());
                double mean = held.criterion().mean(outputs, targets).item_double();
                sum += piece.count() == all ? mean : mean * piece.count() / all;
                right += beside == Beside.ACCURACY ? right(outputs, targets) : 0;
            }
        }
        return switch (beside) {
            // The largest of outputs that are no numbers is no class.
            case ACCURACY -> List.of(sum, Double.isNaN(sum) ? Double.NaN : (double) right / all);
            case PERPLEXITY -> List.of(sum, Math.exp(sum));
            case NOTHING -> List.of(sum);
        };
    }

    private static long right(Tensor outputs, Tensor targets) {
        return torch.argmax(outputs, new LongOptional(1), false)
                .eq(torch.argmax(targets, new LongOptional(1), false))
                .sum()
                .item_long();
    }

    @Override
    public Map<String, Tensor> memory() {
        return average.map(mean -> Map.of(AVERAGE, mean)).orElse(Map.of());
    }
}
