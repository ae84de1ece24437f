package adamscope.inspection;

import adamscope.diagnosis.FloatFormat;
import adamscope.diagnosis.Inequality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/// What was found in a checkpoint.
///
/// @param faults    what is wrong, the surest and widest first
/// @param layers    every parameter with state, in the order of the file
/// @param next      ‖Δθ‖ of the next step from these m and v over all parameters; empty if it is not known
/// @param usual     lr·√n, the length of a step in which every coordinate moves by lr
/// @param checked   what was looked for
/// @param unchecked what was not, and why
public record PostMortem(
        OptimizerState state,
        Optional<String> against,
        List<Fault> faults,
        List<Layer> layers,
        OptionalDouble next,
        OptionalDouble usual,
        List<String> checked,
        List<String> unchecked) {

    public PostMortem {
        faults = List.copyOf(faults);
        layers = List.copyOf(layers);
        checked = List.copyOf(checked);
        unchecked = List.copyOf(unchecked);
    }

    /// Reads every number once.
    ///
    /// @param earlier an earlier checkpoint of the run
    /// @param dtype   the format in which the states go on; empty: that of the file
    /// @param passed  hears how many numbers were read, parameter by parameter
    public static PostMortem of(
            OptimizerState state, Optional<OptimizerState> earlier, Optional<FloatFormat> dtype, LongConsumer passed) {
        Map<String, ParameterState> before = earlier.map(OptimizerState::byName).orElse(Map.of());
        List<ParameterReading> readings = new ArrayList<>();
        for (ParameterState parameter : state.parameters()) {
            Optional<ParameterState> known = Optional.ofNullable(before.get(parameter.name()));
            readings.add(ParameterReading.of(parameter, known, dtype));
            passed.accept(parameter.tensors().values().stream()
                    .mapToLong(TensorNumbers::count)
                    .sum());
        }
        List<Fault> faults = new ArrayList<>();
        readings.forEach(reading -> faults.addAll(ValueFaults.of(reading)));
        faults.addAll(StepFaults.of(readings));
        readings.forEach(reading -> faults.addAll(MomentFaults.of(reading)));
        faults.addAll(TwinFaults.of(readings));
        faults.addAll(ScaleFaults.of(readings));
        faults.addAll(ChangeFaults.of(readings));
        earlier.ifPresent(known -> faults.addAll(sets(state, known)));
        faults.sort(Comparator.comparing((Fault fault) -> fault.kind().standing())
                .thenComparing(Fault::kind)
                .thenComparing(Comparator.comparingDouble(Fault::share).reversed()));
        Map<String, Integer> perParameter = new HashMap<>();
        faults.forEach(fault -> perParameter.merge(fault.parameter(), 1, Integer::sum));
        List<Layer> layers = readings.stream()
                .filter(reading -> reading.state().hasState())
                .map(reading -> Layer.of(reading, perParameter.getOrDefault(reading.name(), 0)))
                .toList();
        Coverage coverage = Coverage.of(state, readings, earlier.isPresent());
        return new PostMortem(
                state,
                earlier.map(OptimizerState::source),
                faults,
                layers,
                length(readings, true),
                length(readings, false),
                coverage.checked(),
                coverage.unchecked());
    }

    private static List<Fault> sets(OptimizerState now, OptimizerState earlier) {
        List<Fault> faults = new ArrayList<>();
        Map<String, ParameterState> here = now.byName();
        Map<String, ParameterState> there = earlier.byName();
        earlier.parameters().stream()
                .filter(each -> !here.containsKey(each.name()))
                .forEach(each -> faults.add(set(each, 0, "gone since the earlier checkpoint")));
        now.parameters().stream()
                .filter(each -> !there.containsKey(each.name()))
                .forEach(each -> faults.add(set(each, 1, "not in the earlier checkpoint")));
        return faults;
    }

    private static Fault set(ParameterState parameter, int now, String says) {
        return new Fault(
                FaultKind.PARAMETERS_DIFFER,
                parameter.name(),
                "",
                new Inequality(
                        "parameters of that name now",
                        now,
                        now == 0 ? "<" : ">",
                        "before",
                        1 - now,
                        "a run keeps its parameters"),
                1,
                1,
                OptionalLong.empty(),
                says);
    }

    /// √Σ lr²·(m̂/(√v̂+ε))², or √Σ lr².
    private static OptionalDouble length(List<ParameterReading> readings, boolean next) {
        double squares = 0;
        long counted = 0;
        for (ParameterReading reading : readings) {
            double lr = reading.state().rule().or("lr", Double.NaN);
            if (reading.moments().isPresent() && reading.count(Role.FIRST).isPresent() && lr >= 0) {
                MomentCount count = reading.moments().get();
                squares += lr * lr * (next ? count.steps() : count.count());
                counted += count.count();
            }
        }
        return counted == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares));
    }
}
