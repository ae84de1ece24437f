package adamscope.probe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What can be asked about the curvature at one step of a training.
public enum CurvatureQuestion {
    /// λ₁ of P^(−1/2)·H·P^(−1/2) and of H, the threshold of the rule, the growth factor a step.
    SHARPNESS,
    /// Several of the largest and of the smallest, certified, and a bound on the others.
    SPECTRUM,
    /// The spectral density of P^(−1/2)·H·P^(−1/2), its moments and trace.
    DENSITY,
    /// Mass near zero and local power-law exponent of each parameter tensor.
    DEGENERACY,
    /// Alignment of gradient and update with the top eigenvectors and the curvature along them.
    DIRECTIONS,
    /// ⟨gᵀHg⟩/⟨gᵀg⟩ over minibatches.
    BATCH_SHARPNESS,
    /// The multiple of the update at which the loss rises, from forward passes.
    CRITICAL_STEP,
    /// λ₁ of the Gauss–Newton operator.
    GAUSS_NEWTON,
    /// λ₁ of the covariance of minibatch gradients.
    GRADIENT_COVARIANCE;

    /// What is asked unless something else is.
    public static final List<CurvatureQuestion> DEFAULT = List.of(SHARPNESS, DIRECTIONS, CRITICAL_STEP);

    /// Its name on the command line.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The question of that name.
    ///
    /// @throws IllegalArgumentException if there is none; the message lists the names
    public static CurvatureQuestion named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--what = " + name + ": there is no such question; there are " + words()));
    }

    /// The question of that name, if there is one.
    public static Optional<CurvatureQuestion> find(String name) {
        return Arrays.stream(values())
                .filter(question -> question.word().equals(name))
                .findFirst();
    }

    /// All names.
    public static List<String> words() {
        return Arrays.stream(values()).map(CurvatureQuestion::word).toList();
    }
}
