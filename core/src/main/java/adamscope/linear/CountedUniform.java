package adamscope.linear;

/// Uniform numbers as a function of a seed and a counter: the same on every machine, thread and in every order.
///
/// SplitMix64 (Steele, Lea & Flood 2014) at the counter of the seed's stream.
public final class CountedUniform {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private CountedUniform() {}

    /// 64 random bits that belong to this counter.
    public static long bits(long seed, long counter) {
        return CountedNormal.mixed(CountedNormal.mixed(seed + GOLDEN) + counter * GOLDEN);
    }

    /// A number in [0, 1) that belongs to this counter.
    public static double number(long seed, long counter) {
        return (bits(seed, counter) >>> 11) * 0x1p-53;
    }

    /// A whole number from 0 to `bound` − 1; no number is more likely than another by more than `bound`·2⁻⁶⁴.
    public static long below(long bound, long seed, long counter) {
        return Math.unsignedMultiplyHigh(bits(seed, counter), bound);
    }

    /// The numbers 0 to `count` − 1 in an order that is a function of the seed, each order equally likely (Fisher &
    /// Yates).
    public static long[] order(int count, long seed) {
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            int j = (int) below(i + 1L, seed, i);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
