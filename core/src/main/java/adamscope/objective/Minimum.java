package adamscope.objective;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/// The least value of an objective, from which its losses are measured.
///
/// @param value  the least value, or the greatest lower bound where it is approached only; 0 where none is known
/// @param origin how it is known
/// @param at     where it is taken; empty where that is not known, or nowhere
public record Minimum(double value, Origin origin, List<Double> at) {

    /// How a minimum is known.
    public enum Origin {
        /// The user named it.
        NAMED("as named"),
        /// No loss can be less, and some loss is as low, both by the formula.
        CLOSED_FORM("from the formula"),
        /// No loss can be less by the formula; it is approached, and reached nowhere that was looked at.
        LOWER_BOUND("a bound that the formula approaches"),
        /// The lowest point where the derived gradient vanishes, of those that descents from many starts found.
        CRITICAL_POINT("the lowest critical point found"),
        /// The lowest loss that descents from many starts reached; the gradient jumps or does not vanish there.
        DESCENT("the lowest loss that descents from many starts reached"),
        /// None is known: the loss falls without bound, or descents end nowhere.
        UNKNOWN("unknown");

        private final String words;

        Origin(String words) {
            this.words = words;
        }

        /// How it is known, in words.
        public String words() {
            return words;
        }
    }

    public Minimum {
        at = List.copyOf(at);
    }

    /// Whether there is a value to measure from.
    public boolean isKnown() {
        return origin != Origin.UNKNOWN;
    }

    /// A loss in words, to ten digits.
    public static String written(double value) {
        return Double.isFinite(value)
                ? plain(new BigDecimal(value).round(new MathContext(10)).stripTrailingZeros())
                : Double.toString(value);
    }

    private static String plain(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        return value.signum() == 0
                ? "0"
                : exponent > 9 || exponent < -5 ? value.toString().replace("E", "e") : value.toPlainString();
    }
}
