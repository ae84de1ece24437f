package adamscope.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    /// 4 bits of exponent, 3 of fraction; no infinities, largest 448 (OCP 8-bit floating point, E4M3).
    F8_E4M3(1, ScalarType.Float8_e4m3fn),
    /// 5 bits of exponent, 2 of fraction: the upper half of half precision (OCP 8-bit floating point, E5M2).
    F8_E5M2(1, ScalarType.Float8_e5m2),
    /// Signed integers.
    I64(8, ScalarType.Long),
    /// Signed integers.
    I32(4, ScalarType.Int),
    /// Signed integers.
    I16(2, ScalarType.Short),
    /// Signed integers.
    I8(1, ScalarType.Char),
    /// Unsigned integers.
    U64(8, ScalarType.UInt64),
    /// Unsigned integers.
    U32(4, ScalarType.UInt32),
    /// Unsigned integers.
    U16(2, ScalarType.UInt16),
    /// Unsigned integers.
    U8(1, ScalarType.Byte),
    /// 0 or 1 in a byte.
    BOOL(1, ScalarType.Bool);

    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final Map<String, NumberFormat> NUMPY =
            Map.of("f8", F64, "f4", F32, "f2", F16, "i8", I64, "i4", I32, "i2", I16, "i1", I8, "u1", U8, "b1", BOOL);

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

    /// The number at a place of some bytes, little-endian; 64-bit integers are rounded.
    public double number(MemorySegment bytes, long at) {
        return switch (this) {
            case F64 -> bytes.get(DOUBLE, at);
            case F32 -> bytes.get(FLOAT, at);
            case F16 -> Float.float16ToFloat(bytes.get(SHORT, at));
            case BF16 -> Float.intBitsToFloat(bytes.get(SHORT, at) << 16);
            case F8_E4M3 -> e4m3(bytes.get(ValueLayout.JAVA_BYTE, at));
            case F8_E5M2 -> Float.float16ToFloat((short) (bytes.get(ValueLayout.JAVA_BYTE, at) << 8));
            case I64 -> bytes.get(LONG, at);
            case I32 -> bytes.get(INT, at);
            case I16 -> bytes.get(SHORT, at);
            case I8 -> bytes.get(ValueLayout.JAVA_BYTE, at);
            case U64 -> unsigned(bytes.get(LONG, at));
            case U32 -> bytes.get(INT, at) & 0xffffffffL;
            case U16 -> bytes.get(SHORT, at) & 0xffff;
            case U8 -> bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
            case BOOL -> bytes.get(ValueLayout.JAVA_BYTE, at) == 0 ? 0 : 1;
        };
    }

    /// ± 2^(e − 7)·(1 + f/8), 2⁻⁶·f/8 for e = 0; all ones are NaN.
    private static double e4m3(byte bits) {
        int exponent = (bits >> 3) & 15;
        int fraction = bits & 7;
        double size = exponent == 0 ? Math.scalb(fraction, -9) : Math.scalb(8 + fraction, exponent - 10);
        double number = exponent == 15 && fraction == 7 ? Double.NaN : size;
        return bits < 0 ? -number : number;
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
    }

    /// Whether these are floating-point numbers.
    public boolean real() {
        return switch (this) {
            case F64, F32, F16, BF16, F8_E4M3, F8_E5M2 -> true;
            case I64, I32, I16, I8, U64, U32, U16, U8, BOOL -> false;
        };
    }

    /// Its type in libtorch.
    public ScalarType type() {
        return type;
    }

    /// The format that safetensors calls so.
    public static Optional<NumberFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name))
                .findFirst();
    }

    /// The format that NumPy calls so, without the sign of the order of bytes: `f8`, `i4`.
    public static Optional<NumberFormat> ofNumPy(String name) {
        return Optional.ofNullable(NUMPY.get(name));
    }

    /// The names of [#ofNumPy(String)], in order.
    public static List<String> namesOfNumPy() {
        return NUMPY.keySet().stream().sorted().toList();
    }

    /// The format that holds numbers of a tensor's type without loss.
    ///
    /// @throws IllegalArgumentException for a type that has none
    public static NumberFormat of(ScalarType type) {
        return Arrays.stream(values())
                .filter(format -> format.type == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "tensors of type " + type + " cannot be stored; allowed are " + Arrays.toString(values())));
    }
}
