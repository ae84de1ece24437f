package adamscope.data;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// How files store one number, little-endian; each has a type of tensors of its own.
public enum NumberFormat {
    /// IEEE double precision.
    F64(8, ScalarType.Double),
    /// IEEE single precision.
    F32(4, ScalarType.Float),
    /// IEEE half precision, 11 bits.
    F16(2, ScalarType.Half),
    /// The upper half of single precision, 8 bits.
    BF16(2, ScalarType.BFloat16),
    /// Signed integers.
    I64(8, ScalarType.Long),
    /// Signed integers.
    I32(4, ScalarType.Int),
    /// Signed integers.
    I16(2, ScalarType.Short),
    /// Signed integers.
    I8(1, ScalarType.Char),
    /// Unsigned integers.
    U8(1, ScalarType.Byte),
    /// 0 or 1 in a byte.
    BOOL(1, ScalarType.Bool);

    private final int bytes;
    private final ScalarType type;

    NumberFormat(int bytes, ScalarType type) {
        this.bytes = bytes;
        this.type = type;
    }

    /// Bytes of one number.
    public int bytes() {
        return bytes;
    }

    ScalarType type() {
        return type;
    }

    /// The format that safetensors calls so.
    static Optional<NumberFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name))
                .findFirst();
    }

    /// The format that holds numbers of a tensor's type without loss.
    ///
    /// @throws IllegalArgumentException for a type that has none
    static NumberFormat of(ScalarType type) {
        return Arrays.stream(values())
                .filter(format -> format.type == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "tensors of type " + type + " cannot be stored; allowed are " + Arrays.toString(values())));
    }
}
