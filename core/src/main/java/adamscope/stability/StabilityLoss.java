package adamscope.stability;

import org.hipparchus.complex.Complex;

/// How a fixed point or a periodic orbit loses stability: where its leading multiplier leaves the unit circle.
public enum StabilityLoss {
    /// At −1: the period doubles.
    FLIP("flip"),
    /// As a complex pair: a rotation sets in (Neimark–Sacker).
    ROTATION("rotation"),
    /// At +1: the fixed point meets another one.
    FOLD("fold");

    private final String word;

    StabilityLoss(String word) {
        this.word = word;
    }

    /// The word for it in tables and JSON.
    public String word() {
        return word;
    }

    /// The kind that belongs to a leading multiplier.
    static StabilityLoss of(Complex leading) {
        if (leading.getImaginary() != 0) {
            return ROTATION;
        }
        return leading.getReal() < 0 ? FLIP : FOLD;
    }
}
