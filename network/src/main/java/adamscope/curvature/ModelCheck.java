package adamscope.curvature;

import adamscope.formula.PlainText;
import adamscope.tensor.Place;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Whether a loss is a function of θ: its curvature means something only then.
///
/// A model with dropout gives another loss and another gradient at each evaluation; one with batch statistics gives
/// each sample a loss that depends on its batch, so that the curvature of a minibatch is not a part of that of the
/// whole.
///
/// @param deterministic whether two evaluations at the same θ had the same bits, loss and gradient
/// @param separable     whether the loss of a batch is the mean of its samples' losses
/// @param difference    of the two losses
public record ModelCheck(boolean deterministic, boolean separable, double difference) {

    /// Evaluates the loss and its gradient twice.
    public static ModelCheck of(LossSurface surface, Tensor theta) {
        try (PointerScope _ = new PointerScope()) {
            Tensor first = theta.clone();
            Tensor second = theta.clone();
            double a = surface.gradient(theta, first);
            double b = surface.gradient(theta, second);
            boolean same = a == b && Arrays.equals(Place.numbers(first), Place.numbers(second));
            boolean undefined = Double.isNaN(a) && Double.isNaN(b);
            return new ModelCheck(same || undefined, surface.loss().separable(), Math.abs(a - b));
        }
    }

    /// Refuses a loss that is no function of θ.
    public void refuseRandom() {
        if (!deterministic) {
            throw new IllegalArgumentException("the model is not deterministic: two evaluations at the same parameters"
                    + " differ by " + new PlainText().number(difference)
                    + " in the loss (dropout is active?); put it into evaluation mode");
        }
    }

    /// What there is to know about it, for a reader; empty for a plain loss.
    public String remark() {
        if (!deterministic) {
            return "the model is not deterministic (dropout?): no curvature is measured";
        }
        return separable ? "" : "the model uses batch statistics: curvature is that of the batch as a whole";
    }
}
