package adamscope.objective;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

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

    /// That losses are measured from it, and how it is known: a clause without its full stop; empty where it is 0.
    public Optional<String> measuredFrom() {
        if (!isKnown()) {
            return Optional.of(
                    "the loss has no minimum that is known: runs are judged by its magnitude and its gradient");
        }
        return value == 0
                ? Optional.empty()
                : Optional.of("losses are measured from a minimum of " + written(value) + ", " + origin.words());
    }

    /// A loss in words, to ten digits.
    public static String written(double value) {
        return Double.isFinite(value)
                ? plain(new BigDecimal(value).round(new MathContext(10)).stripTrailingZeros())
                : Double.isNaN(value) ? "no number" : value < 0 ? "-inf" : "inf";
    }

    private static String plain(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        return value.signum() == 0
                ? "0"
                : exponent > 9 || exponent < -5 ? value.toString().replace("E", "e") : value.toPlainString();
    }
}
