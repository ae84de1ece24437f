package adamscope.page;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Bytes of a WebAssembly module, written one after another.
final class WasmBytes {
    private static final int SEVEN = 0x7F;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// Bytes as they are.
    WasmBytes raw(int... bytes) {
        for (int each : bytes) {
            out.write(each);
        }
        return this;
    }

    /// A number that is not negative, in as few bytes as it needs.
    WasmBytes unsigned(int number) {
        int rest = number;
        for (; rest > SEVEN; rest >>>= 7) {
            out.write(rest & SEVEN | MORE);
        }
        out.write(rest);
        return this;
    }

    /// A number that may be negative.
    WasmBytes signed(int number) {
        int rest = number;
        for (; rest < -64 || rest > 63; rest >>= 7) {
            out.write(rest & SEVEN | MORE);
        }
        out.write(rest & SEVEN);
        return this;
    }

    /// The eight bytes of a double.
    WasmBytes number(double number) {
        for (int half : new int[] {DoubleWords.low(number), DoubleWords.high(number)}) {
            raw(half, half >> 8, half >> 16, half >> 24);
        }
        return this;
    }

    /// A name.
    WasmBytes name(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        unsigned(bytes.length);
        out.write(bytes, 0, bytes.length);
        return this;
    }

    /// Other bytes with their length before them.
    WasmBytes sized(WasmBytes other) {
        unsigned(other.out.size());
        out.write(other.bytes(), 0, other.out.size());
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
