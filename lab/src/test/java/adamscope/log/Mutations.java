package adamscope.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Damage to the bytes of a file: a function of seed and run.
final class Mutations {
    private static final byte[][] WORDS = {
        "\"".getBytes(StandardCharsets.UTF_8),
        "{".getBytes(StandardCharsets.UTF_8),
        "[[[[".getBytes(StandardCharsets.UTF_8),
        ",".getBytes(StandardCharsets.UTF_8),
        "\n".getBytes(StandardCharsets.UTF_8),
        "1e999".getBytes(StandardCharsets.UTF_8),
        "NaN".getBytes(StandardCharsets.UTF_8),
        "-9223372036854775808".getBytes(StandardCharsets.UTF_8),
        "99999999999999999999999".getBytes(StandardCharsets.UTF_8),
        {0},
        {-1, -1, -1, -1},
        {0x7f, -1, -1, -1, -1, -1, -1, -1},
        "step".getBytes(StandardCharsets.UTF_8),
        "loss".getBytes(StandardCharsets.UTF_8),
        "\\u0000".getBytes(StandardCharsets.UTF_8)
    };

    private Mutations() {}

    static byte[] mutated(byte[] whole, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = whole.clone();
        int times = 1 + random.nextInt(8);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(200));
            bytes = switch (random.nextInt(7)) {
                case 0 -> flipped(bytes, at, random);
                case 1 -> Arrays.copyOf(bytes, at);
                case 2 -> joined(bytes, at, WORDS[random.nextInt(WORDS.length)], at);
                case 3 -> joined(bytes, at, new byte[0], at + length);
                case 4 -> joined(bytes, at + length, Arrays.copyOfRange(bytes, at, at + length), at + length);
                case 5 -> joined(bytes, at, new byte[length], at + length);
                case 6 -> joined(bytes, at, noise(length, random), at + length);
                default -> throw new IllegalStateException("one of seven");
            };
        }
        return bytes;
    }

    static byte[] noise(int length, SplittableRandom random) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] flipped(byte[] bytes, int at, SplittableRandom random) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    /// The bytes up to `to`, something, the bytes from `from` on.
    private static byte[] joined(byte[] bytes, int to, byte[] middle, int from) {
        byte[] all = Arrays.copyOf(bytes, to + middle.length + bytes.length - from);
        System.arraycopy(middle, 0, all, to, middle.length);
        System.arraycopy(bytes, from, all, to + middle.length, bytes.length - from);
        return all;
    }
}
