package adamscope.diagnosis;

import adamscope.stability.PowerLawTheory;
import adamscope.stability.QuadraticTheory;
import adamscope.stability.StepBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Where hyper-parameters stand in the theory, without any log.
///
/// a = (1−β₂)/lr and b = (1−β₁)/lr are the rates of v and m in the time lr·t [adaptive gradient algorithms, section 3].
///
/// @param a     NaN without lr and beta2
/// @param b     NaN without lr and beta1
/// @param side  side of the (a, b) plane
/// @param regimes the regime on |x|^k for k = 4, 6, 8, where the rule is Adam or RMSProp
/// @param says  what theory says of these values, sentence by sentence
public record Position(
        double a, double b, Optional<Side> side, List<PowerLawTheory.Regime> regimes, List<String> says) {
    /// Degrees of [#regimes()].
    public static final List<Integer> DEGREES = List.of(4, 6, 8);

    /// The same with one more sentence.
    Position saying(String sentence) {
        List<String> more = new ArrayList<>(says);
        more.add(sentence);
        return new Position(a, b, side, regimes, List.copyOf(more));
    }

    /// Parts of the (a, b) plane.
    public enum Side {
        /// b > 4a: spikes, and fast convergence between them.
        SPIKES,
        /// a/2 ≤ b ≤ 4a: small oscillations.
        OSCILLATION,
        /// b < a/2, β₁² > β₂ as lr → 0: |m|/√v has no bound.
        DIVERGENCE
    }

    /// The position of what is known.
    public static Position of(Circumstances known) {
        double lr = known.or("lr", Double.NaN);
        double beta1 = known.or("beta1", Double.NaN);
        double beta2 = known.or("beta2", Double.NaN);
        double a = (1 - beta2) / lr;
        double b = (1 - beta1) / lr;
        List<String> says = new ArrayList<>();
        OptionalDouble threshold = known.threshold();
        if (threshold.isPresent()) {
            say(
                    says,
                    "%s is stable while lr·λ₁(P⁻¹H) < %.4g%s",
                    known.rule().name(),
                    threshold.getAsDouble(),
                    lr > 0
                            ? String.format(
                                    Locale.ROOT,
                                    ", so for a preconditioned sharpness below %.4g",
                                    threshold.getAsDouble() / lr)
                            : "");
        }
        Optional<Side> side = Optional.empty();
        List<PowerLawTheory.Regime> regimes = List.of();
        boolean adam =
                PowerLawTheory.appliesTo(known.rule()) || known.rule().name().equals("adamw");
        if (adam && beta1 >= 0 && beta2 > 0 && beta2 < 1) {
            Side found = beta1 * beta1 > beta2
                    ? Side.DIVERGENCE
                    : 1 - beta1 > 4 * (1 - beta2) ? Side.SPIKES : Side.OSCILLATION;
            side = Optional.of(found);
            regimes = DEGREES.stream()
                    .map(k -> new PowerLawTheory(k, beta1, beta2).regime())
                    .toList();
            describe(says, found, a, b);
            betas(says, beta1, beta2);
            say(
                    says,
                    "degenerate minima x^4, x^6, x^8: regimes %s (I converges, II converges and then spikes, III"
                            + " oscillates)",
                    regimes);
        }
        numbers(says, known);
        return new Position(a, b, side, regimes, List.copyOf(says));
    }

    private static void describe(List<String> says, Side side, double a, double b) {
        String place = Double.isNaN(a)
                ? ""
                : String.format(Locale.ROOT, " (a = (1−beta2)/lr = %.4g, b = (1−beta1)/lr = %.4g)", a, b);
        switch (side) {
            case SPIKES -> say(says, "b is more than four times a: the side of fast convergence with spikes%s", place);
            case OSCILLATION ->
                say(says, "a and b are alike: the side of small oscillations, spikes are rare%s", place);
            case DIVERGENCE -> say(says, "beta1² > beta2: the side of divergence, |m|/√v has no bound%s", place);
        }
    }

    private static void betas(List<String> says, double beta1, double beta2) {
        double bound = new StepBound(beta1, beta2).limit();
        if (Double.isFinite(bound)) {
            say(says, "no coordinate can move by more than %.4g·lr in a step", bound);
        }
        QuadraticTheory quadratic = new QuadraticTheory(beta1, beta2);
        say(
                says,
                "a quadratic minimum has no stable regime without noise: when the gradient is gone, lr/√v grows by"
                        + " %.4g %% a step, ten times in %.0f steps",
                100 * Math.expm1(quadratic.alpha()),
                Math.log(10) / quadratic.alpha());
    }

    private static void numbers(List<String> says, Circumstances known) {
        double eps = known.or("eps", Double.NaN);
        double beta2 = known.or("beta2", Double.NaN);
        known.format().ifPresent(format -> {
            if (eps > 0 && eps < format.least()) {
                say(says, "eps = %.3g is 0 in %s, whose smallest number is %.3g", eps, format.word(), format.least());
            }
            if (beta2 > 0 && 1 - beta2 < Math.scalb(1.0, -format.digits())) {
                say(
                        says,
                        "beta2·v rounds back to v in %s (1−beta2 = %.3g < %.3g): v cannot fall",
                        format.word(),
                        1 - beta2,
                        Math.scalb(1.0, -format.digits()));
            }
            if (beta2 > 0) {
                say(
                        says,
                        "gradients below %.3g leave nothing in a v that is kept in %s",
                        Math.sqrt(format.leastNormal() / (1 - beta2)),
                        format.word());
            }
        });
    }

    private static void say(List<String> says, String format, Object... values) {
        says.add(String.format(Locale.ROOT, format, values));
    }
}
