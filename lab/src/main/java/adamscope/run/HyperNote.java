package adamscope.run;

import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.DerivedMoment;
import adamscope.formula.PlainText;
import adamscope.log.LogReader;
import adamscope.optimizer.OptimizerRule;
import adamscope.regime.HyperSource;
import adamscope.regime.Quantity;
import adamscope.regime.RunLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The hyper-parameters that a diagnosis takes, each with its source, and those it has to assume.
final class HyperNote {
    private static final String OPTION = "--hyper";
    private static final String LR = "lr";

    private HyperNote() {}

    /// The log with the user's hyper-parameters over its own, and a remark on all of them.
    ///
    /// @param assumed whether nobody named the rule
    static RunLog taken(RunLog log, OptimizerRule rule, boolean assumed, Map<String, Double> given) {
        Map<String, Double> all = new LinkedHashMap<>(log.hyper());
        all.putAll(given);
        Map<String, HyperSource> sources = new LinkedHashMap<>(log.facts().sources());
        given.forEach((name, value) -> {
            List<String> others = new ArrayList<>();
            if (log.hyper().containsKey(name) && !log.hyper().get(name).equals(value)) {
                others.add(number(log.hyper().get(name))
                        + (sources.containsKey(name) ? " (" + sources.get(name).place() + ")" : ""));
            }
            sources.put(name, new HyperSource(OPTION, others));
        });
        constant(log, Quantity.LR).ifPresent(lr -> {
            if (all.putIfAbsent(LR, lr) == null) {
                sources.put(LR, new HyperSource("in every row", List.of()));
            }
        });
        List<String> remarks = new ArrayList<>(log.remarks());
        remarks.add(sentence(rule, log, all, sources)
                + (assumed ? "; the optimizer is taken to be " + rule.name() + " (--optimizer names another)" : ""));
        return new RunLog(log.name(), log.table(), all, remarks, log.facts().withSources(sources));
    }

    /// What a quantity is in every row that has it; a schedule has no one value.
    private static OptionalDouble constant(RunLog log, String quantity) {
        double[] values = Arrays.stream(log.numbers(quantity).orElse(new double[0]))
                .filter(value -> !Double.isNaN(value))
                .distinct()
                .toArray();
        return values.length == 1 ? OptionalDouble.of(values[0]) : OptionalDouble.empty();
    }

    private static String sentence(
            OptimizerRule rule, RunLog log, Map<String, Double> all, Map<String, HyperSource> sources) {
        List<String> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : rule.hyperNames()) {
            if (!all.containsKey(name) && name.equals(LR) && log.has(Quantity.LR)) {
                known.add("lr of each step (a column of the log)");
            } else if (!all.containsKey(name)) {
                unknown.add(name);
            } else if (sources.containsKey(name)) {
                HyperSource source = sources.get(name);
                known.add(name + " = " + number(all.get(name)) + " (" + source.place() + ")"
                        + (source.others().isEmpty() ? "" : ", not " + String.join(" nor ", source.others())));
            } else {
                known.add(name + " = " + number(all.get(name)));
            }
        }
        if (sources.containsKey(DerivedMoment.CLIP)) {
            known.add("gradients clipped at " + number(all.get(DerivedMoment.CLIP)) + " ("
                    + sources.get(DerivedMoment.CLIP).place() + ")");
        }
        if (sources.containsKey(Circumstances.BATCH_SHARE)) {
            known.add("full batch (" + sources.get(Circumstances.BATCH_SHARE).place() + ")");
        }
        for (String bits : List.of(LogReader.SIGNIFICAND_BITS, LogReader.COMPUTE_BITS)) {
            if (sources.containsKey(bits)) {
                known.add((bits.equals(LogReader.COMPUTE_BITS) ? "computed in " : "states in ") + format(all.get(bits))
                        + " (" + sources.get(bits).place() + ")");
            }
        }
        return "hyper-parameters: " + (known.isEmpty() ? "none of " + rule.name() : String.join(", ", known))
                + (unknown.isEmpty()
                        ? ""
                        : "; not known: " + String.join(", ", unknown) + ", of which defaults are assumed where a"
                                + " sentence needs them");
    }

    private static String format(double bits) {
        return switch ((int) bits) {
            case 8 -> "bfloat16";
            case 11 -> "float16";
            case 24 -> "float32";
            case 53 -> "float64";
            default -> "numbers of " + (int) bits + " bits";
        };
    }

    /// `0.95`, `3e-4`.
    private static String number(double value) {
        return new PlainText().number(value);
    }
}
