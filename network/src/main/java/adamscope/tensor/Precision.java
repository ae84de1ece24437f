package adamscope.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/// How a number of a network is stored.
public enum Precision {
    /// IEEE single precision, 24 bits: what networks are trained in.
    FLOAT32(ScalarType.Float, 0x1p-24),
    /// IEEE double precision, 53 bits: bit for bit what the kernels of the core compute.
    FLOAT64(ScalarType.Double, 0x1p-53);

    private final ScalarType type;
    private final double roundoff;

    Precision(ScalarType type, double roundoff) {
        this.type = type;
        this.roundoff = roundoff;
    }

    ScalarType type() {
        return type;
    }

    /// Half the gap between 1 and the next larger number.
    public double roundoff() {
        return roundoff;
    }
}
