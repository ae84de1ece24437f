package adamscope.page;

/// sin and cos with the bits of `StrictMath` up to 2²⁰·π/2: the steps of fdlibm (Sun 1995), in its order.
final class Angles {
    private static final int MAGNITUDE = 0x7FFFFFFF;
    private static final int EXPONENT_PLACE = 20;
    private static final int QUARTER = 0x3FE921FB;
    private static final int TABLED = 32;
    /// π/2 in pieces of 33 bits, each with what is left behind it.
    private static final double[] PIECE = {0x1.921fb544p0, 0x1.0b4611a6p-34, 0x1.3198a2ep-69};

    private static final double[] LEFT = {0x1.0b4611a626331p-34, 0x1.3198a2e037073p-69, 0x1.b839a252049c1p-104};

    /// Bits lost before another piece is taken.
    private static final int[] LOST = {16, 49};

    /// a = turns·π/2 + high + low.
    private record Reduced(int turns, double high, double low) {}

    private Angles() {}

    /// Whether an angle is small enough.
    static boolean covers(double a) {
        return (DoubleWords.high(a) & MAGNITUDE) <= 0x413921FB;
    }

    static double sin(double a) {
        Reduced angle = reduced(a);
        return switch (angle.turns & 3) {
            case 0 -> sine(angle);
            case 1 -> cosine(angle);
            case 2 -> -sine(angle);
            default -> -cosine(angle);
        };
    }

    static double cos(double a) {
        Reduced angle = reduced(a);
        return switch (angle.turns & 3) {
            case 0 -> cosine(angle);
            case 1 -> -sine(angle);
            case 2 -> -cosine(angle);
            default -> sine(angle);
        };
    }

    private static Reduced reduced(double a) {
        int size = DoubleWords.high(a) & MAGNITUDE;
        if (size <= QUARTER) {
            return new Reduced(0, a, 0);
        }
        Reduced positive = size < 0x4002D97C ? oneTurn(Math.abs(a), size) : turns(Math.abs(a), size);
        return a < 0 ? new Reduced(-positive.turns, -positive.high, -positive.low) : positive;
    }

    /// Below 3π/4.
    private static Reduced oneTurn(double a, int size) {
        boolean near = size == 0x3FF921FB;
        double z = near ? a - PIECE[0] - PIECE[1] : a - PIECE[0];
        double left = near ? LEFT[1] : LEFT[0];
        double high = z - left;
        return new Reduced(1, high, z - high - left);
    }

    private static Reduced turns(double a, int size) {
        int n = (int) (a * 0x1.45f306dc9c883p-1 + 0.5);
        double r = a - n * PIECE[0];
        double w = n * LEFT[0];
        double high = r - w;
        boolean mayCancel = n >= TABLED || size == DoubleWords.high(n * (Math.PI / 2));
        for (int piece = 1; mayCancel && piece < PIECE.length; piece++) {
            int lost = (size >> EXPONENT_PLACE) - (DoubleWords.high(high) >> EXPONENT_PLACE & 0x7FF);
            if (lost <= LOST[piece - 1]) {
                break;
            }
            double t = r;
            w = n * PIECE[piece];
            r = t - w;
            w = n * LEFT[piece] - (t - r - w);
            high = r - w;
        }
        return new Reduced(n, high, r - high - w);
    }

    private static double sine(Reduced angle) {
        double x = angle.high;
        if ((DoubleWords.high(x) & MAGNITUDE) < 0x3E400000) {
            return x;
        }
        double z = x * x;
        double v = z * x;
        double r = 0x1.111111110f8a6p-7
                + z
                        * (-0x1.a01a019c161d5p-13
                                + z
                                        * (0x1.71de357b1fe7dp-19
                                                + z * (-0x1.ae5e68a2b9cebp-26 + z * 0x1.5d93a5acfd57cp-33)));
        double third = -0x1.5555555555549p-3;
        return angle.turns == 0 ? x + v * (third + z * r) : x - (z * (0.5 * angle.low - v * r) - angle.low - v * third);
    }

    private static double cosine(Reduced angle) {
        double x = angle.high;
        int size = DoubleWords.high(x) & MAGNITUDE;
        if (size < 0x3E400000) {
            return 1;
        }
        double z = x * x;
        double r = z
                * (0x1.555555555554cp-5
                        + z
                                * (-0x1.6c16c16c15177p-10
                                        + z
                                                * (0x1.a01a019cb1590p-16
                                                        + z
                                                                * (-0x1.27e4f809c52adp-22
                                                                        + z
                                                                                * (0x1.1ee9ebdb4b1c4p-29
                                                                                        + z
                                                                                                * -0x1.8fae9be8838d4p-37)))));
        // r·z, not z·r: TeaVM writes a·(b·c) as a·b·c
        double low = r * z - x * angle.low;
        if (size < 0x3FD33333) {
            return 1 - (0.5 * z - low);
        }
        double part = size > 0x3FE90000 ? 0.28125 : DoubleWords.of(size - 0x00200000, 0);
        return 1 - part - (0.5 * z - part - low);
    }
}
