package adamscope.flow;

import adamscope.formula.PlainText;
import java.util.Locale;

/// Decay rates per unit of time ηt in place of decays per step: β₂ = 1 − aη, β₁ = 1 − bη.
///
/// Along a line of constant a and b the iteration tends to the flow with these rates as η → 0; the defaults of
/// Adam at η = 10⁻³ are a = 1, b = 100. [Ma, Wu & E, section 2]
///
/// @param a rate at which the average squared gradient forgets
/// @param b rate at which the average gradient forgets
public record MemoryRates(double a, double b) {

    public MemoryRates {
        requirePositive("a", a);
        requirePositive("b", b);
    }

    /// (1 − β)/η, the rate of one decay.
    ///
    /// @throws IllegalArgumentException if β lies outside [0, 1) or η is not positive
    public static double rate(String name, double beta, double lr) {
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException(name + " = " + new PlainText().number(beta) + " is outside [0, 1)");
        }
        requirePositive("lr", lr);
        return (1 - beta) / lr;
    }

    /// 1 − rate·η, the decay of one rate at which something forgets.
    ///
    /// @throws IllegalArgumentException if it would be negative: the learning rate is too large for the rate
    public static double decay(String name, double rate, double lr) {
        requirePositive("the rate of " + name, rate);
        return factor(name, rate, lr);
    }

    /// The same for a rate that may be negative, such as that of a learning rate that grows.
    static double factor(String name, double rate, double lr) {
        requirePositive("lr", lr);
        double beta = 1 - rate * lr;
        if (!(beta >= 0)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s = 1 - %s*%s = %s is negative; lr has to be at most %s",
                    name,
                    new PlainText().number(rate),
                    new PlainText().number(lr),
                    new PlainText().number(beta),
                    new PlainText().number(1 / rate)));
        }
        return beta;
    }

    /// β₁ = 1 − bη.
    public double beta1(double lr) {
        return decay("beta1", b, lr);
    }

    /// β₂ = 1 − aη.
    public double beta2(double lr) {
        return decay("beta2", a, lr);
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " = " + new PlainText().number(value) + " is outside (0, inf)");
        }
    }
}
