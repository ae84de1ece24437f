package adamscope.kernel;

import java.util.Arrays;

/// Finds lanes whose state has come back to what it was, to the last bit: from there on they repeat for ever.
///
/// The state at the end of a window is compared with that at the end of an earlier one, which is the last power of two
/// (Brent 1980): a cycle that begins by window w and has a period of p windows is found by window 2·max(w, p) + p.
final class Cycles {
    private static final long MANTISSA = 0x800FFFFFFFFFFFFFL;

    private final boolean plain;
    private Magnitudes[] remembered = {};
    private int rememberedAt = -1;

    /// @param plain whether no number has an exponent of its own
    Cycles(boolean plain) {
        this.plain = plain;
    }

    /// For each lane the period in windows, or 0 where none is found yet; null if there is none at all.
    ///
    /// @param window the number of windows that have ended
    int[] periods(Magnitudes[] state, int window) {
        int[] periods = null;
        if (rememberedAt >= 0) {
            double[] now = state[0].mantissa();
            double[] then = remembered[0].mantissa();
            for (int lane = 0; lane < now.length; lane++) {
                if (!differ(now[lane], then[lane]) && isBack(state, lane)) {
                    periods = periods == null ? new int[now.length] : periods;
                    periods[lane] = window - rememberedAt;
                }
            }
        }
        if (Integer.bitCount(window) == 1) {
            rememberedAt = window;
            remembered = Arrays.stream(state)
                    .map(component -> new Magnitudes(
                            component.mantissa().clone(), component.exponent().clone()))
                    .toArray(Magnitudes[]::new);
        }
        return periods;
    }

    /// Whether two doubles without exponents differ: nearly always, which processors foresee, unlike which is greater.
    private boolean differ(double a, double b) {
        return plain && a != b && (a == a || b == b);
    }

    private boolean isBack(Magnitudes[] state, int lane) {
        for (int c = 0; c < state.length; c++) {
            double a = state[c].mantissa()[lane];
            double b = remembered[c].mantissa()[lane];
            if (differ(a, b)) {
                return false;
            }
            long now = Double.doubleToRawLongBits(a);
            long then = Double.doubleToRawLongBits(b);
            boolean same =
                    now == then && state[c].exponent()[lane] == remembered[c].exponent()[lane];
            // The same number may stand there with another power of two taken out.
            if (!same && (((now ^ then) & MANTISSA) != 0 || !state[c].at(lane).equals(remembered[c].at(lane)))) {
                return false;
            }
        }
        return true;
    }

    /// Forgets all lanes but these.
    void keep(int[] lanes) {
        for (int c = 0; c < remembered.length; c++) {
            remembered[c] = remembered[c].kept(lanes);
        }
    }
}
