package adamscope.diagnosis;

import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/// Along what runs are laid side by side.
public enum RunAxis {
    /// Steps of the optimizer.
    STEP("step t"),
    /// The sum of the learning rates of the steps so far, the time of the flow that a rule follows.
    TIME("time Ση"),
    /// Tokens seen so far.
    TOKENS("tokens");

    private final String label;

    RunAxis(String label) {
        this.label = label;
    }

    /// What stands at the axis.
    public String label() {
        return label;
    }

    /// The word in options.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Where the rows of a log lie.
    ///
    /// @throws IllegalArgumentException if the log does not tell
    public double[] positions(RunLog log) {
        double[] steps = Arrays.stream(log.steps()).asDoubleStream().toArray();
        return switch (this) {
            case STEP -> steps;
            case TIME -> times(log, steps);
            case TOKENS ->
                log.numbers(Quantity.TOKENS)
                        .filter(values -> log.has(Quantity.TOKENS))
                        .orElseThrow(() -> new IllegalArgumentException("--by tokens: " + log.name()
                                + " does not tell how many tokens it has seen; the others are step and time"));
        };
    }

    private static double[] times(RunLog log, double[] steps) {
        double[] rates = log.numbers(Quantity.LR).orElse(null);
        OptionalDouble fixed = log.hyper(Quantity.LR).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        if (fixed.isEmpty() && !log.has(Quantity.LR)) {
            throw new IllegalArgumentException(
                    "--by time: " + log.name() + " does not tell its learning rate; the others are step and tokens");
        }
        double[] times = new double[steps.length];
        double rate = fixed.orElse(0);
        for (int row = 0; row < steps.length; row++) {
            double before = rate;
            rate = rates == null || Double.isNaN(rates[row]) ? rate : rates[row];
            times[row] = row == 0
                    ? steps[0] * rate
                    : times[row - 1] + (steps[row] - steps[row - 1]) * (before == 0 ? rate : before);
        }
        return times;
    }
}
