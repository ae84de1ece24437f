package adamscope.inspection;

import adamscope.diagnosis.Inequality;
import adamscope.formula.PlainText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What the step counts say.
final class StepFaults {
    private StepFaults() {}

    static List<Fault> of(List<ParameterReading> readings) {
        List<Fault> faults = new ArrayList<>();
        Map<Double, Integer> votes = new HashMap<>();
        for (ParameterReading reading : readings) {
            reading.state().step().ifPresent(step -> votes.merge(step, 1, Integer::sum));
            impossible(reading).ifPresent(faults::add);
            withoutStep(reading).ifPresent(faults::add);
        }
        if (votes.size() > 1) {
            double usual = votes.entrySet().stream()
                    .max(Map.Entry.<Double, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .orElseThrow()
                    .getKey();
            for (ParameterReading reading : readings) {
                differs(reading, usual, votes.get(usual)).ifPresent(faults::add);
            }
        }
        return faults;
    }

    private static Optional<Fault> impossible(ParameterReading reading) {
        double step = reading.state().step().orElse(0);
        if (step >= 0 && step == Math.rint(step) && Double.isFinite(step)) {
            return Optional.empty();
        }
        double off = Double.isNaN(step) ? 1 : step < 0 ? -step : step - Math.floor(step);
        return Optional.of(fault(
                FaultKind.STEP_COUNT,
                reading,
                new Inequality(
                        "distance of the step count " + new PlainText().number(step) + " from a whole number from 0 on",
                        Double.isFinite(off) ? off : Double.POSITIVE_INFINITY,
                        ">",
                        "none",
                        0,
                        "steps are counted"),
                "bias correction 1 − βᵗ is wrong with it"));
    }

    private static Optional<Fault> withoutStep(ParameterReading reading) {
        double step = reading.state().step().orElse(1);
        long full = reading.counts().entrySet().stream()
                .filter(count -> count.getKey() != Role.WEIGHTS)
                .mapToLong(count -> count.getValue().nonZero())
                .sum();
        if (step != 0 || full == 0) {
            return Optional.empty();
        }
        return Optional.of(fault(
                FaultKind.STATE_WITHOUT_STEP,
                reading,
                new Inequality(
                        "numbers of the states that are not 0",
                        full,
                        ">",
                        "before the first step all are 0",
                        0,
                        "states begin at 0"),
                anew(reading.state().rule())));
    }

    /// What bias correction does to a full state whose count begins anew.
    private static String anew(StateRule rule) {
        double factor = Math.sqrt(1 - rule.or("beta2", Double.NaN)) / (1 - rule.or("beta1", Double.NaN));
        return rule.corrected() && factor > 0
                ? "bias correction begins anew on full averages: the next step is about " + ValueFaults.shown(factor)
                        + " times the right one"
                : "the count was lost";
    }

    private static Optional<Fault> differs(ParameterReading reading, double usual, int voters) {
        if (reading.state().step().isEmpty() || reading.state().step().getAsDouble() == usual) {
            return Optional.empty();
        }
        double step = reading.state().step().getAsDouble();
        return Double.isNaN(step) || Double.isNaN(usual)
                ? Optional.empty()
                : Optional.of(fault(
                        FaultKind.STEPS_DIFFER,
                        reading,
                        new Inequality(
                                "its steps",
                                step,
                                step < usual ? "<" : ">",
                                "steps of " + voters + " other parameter" + (voters == 1 ? "" : "s"),
                                usual,
                                "one step is made by all parameters together"),
                        "right only where the parameter joined later or was left out of steps"));
    }

    private static Fault fault(FaultKind kind, ParameterReading reading, Inequality inequality, String says) {
        return new Fault(kind, reading.name(), "step", inequality, 1, 1, OptionalLong.empty(), says);
    }
}
