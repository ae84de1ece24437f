package adamscope.linear;

/// Standard normal numbers as a function of a seed and a counter: the same on every machine, thread and in every order.
///
/// Two uniform numbers come from SplitMix64 (Steele, Lea & Flood 2014) at the counters 2c and 2c + 1 of the seed's
/// stream; Box & Muller (1958) make one normal number of them, √(−2 ln u)·cos(2πw), with `StrictMath`.
public final class CountedNormal {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private CountedNormal() {}

    /// The number that belongs to this counter.
    public static double number(long seed, long counter) {
        long stream = mixed(seed + GOLDEN);
        double u = ((mixed(stream + 2 * counter * GOLDEN) >>> 11) + 1) * 0x1p-53;
        double w = (mixed(stream + (2 * counter + 1) * GOLDEN) >>> 11) * 0x1p-53;
        return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * w);
    }

    static long mixed(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
