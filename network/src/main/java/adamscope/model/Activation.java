package adamscope.model;

import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The function between two layers: by coordinate, but for softmax.
public enum Activation {
    /// tanh z.
    TANH,
    /// max(0, z).
    RELU,
    /// z·Φ(z) with the normal distribution function Φ, not its tanh approximation.
    GELU,
    /// exp(zᵢ)/Σⱼ exp(zⱼ) over the units of the layer.
    SOFTMAX,
    /// z: a network that is linear in its inputs.
    IDENTITY;

    /// The activation of that name, in lower case.
    ///
    /// @throws IllegalArgumentException if there is none; the message lists the names
    public static Activation named(String name) {
        return Arrays.stream(values())
                .filter(activation -> activation.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no activation '" + name + "'; there are "
                        + Arrays.stream(values()).map(Activation::word).toList()));
    }

    /// Its name in experiments.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Tensor apply(Tensor z) {
        return switch (this) {
            case TANH -> z.tanh();
            case RELU -> torch.relu(z);
            case GELU -> torch.gelu(z);
            case SOFTMAX -> torch.softmax(z, -1);
            case IDENTITY -> z;
        };
    }
}
