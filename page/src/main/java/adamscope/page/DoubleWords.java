package adamscope.page;

/// The two words of 32 bits of a double: in a browser numbers of 64 bits are slow, and [Browser] has other ones.
final class DoubleWords {
    private static final long LOW = 0xFFFFFFFFL;

    private DoubleWords() {}

    /// Sign, exponent and the upper 20 bits of the mantissa.
    static int high(double a) {
        return (int) (Double.doubleToRawLongBits(a) >> Integer.SIZE);
    }

    /// The lower 32 bits of the mantissa.
    static int low(double a) {
        return (int) Double.doubleToRawLongBits(a);
    }

    /// The number with these words.
    static double of(int high, int low) {
        return Double.longBitsToDouble((long) high << Integer.SIZE | low & LOW);
    }

    /// a with another upper word.
    static double withHigh(double a, int high) {
        return of(high, low(a));
    }

    /// a with its lower word 0.
    static double upper(double a) {
        return of(high(a), 0);
    }
}
