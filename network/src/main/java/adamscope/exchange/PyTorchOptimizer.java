package adamscope.exchange;

import adamscope.exchange.RuleLines.Flag;
import adamscope.formula.PlainText;
import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rule that does what an optimizer of PyTorch does.
///
/// | PyTorch | rule |
/// | --- | --- |
/// | `Adam` | `adam` |
/// | `AdamW`, `Adam(decoupled_weight_decay=True)` | `adamw` |
/// | `RMSprop` | `rmsprop` |
/// | `SGD`, with `momentum`, with `nesterov` too | `gd`, `heavy-ball`, `nesterov` |
/// | a class that [PyTorchClass] wrote | its own |
/// | the same with `amsgrad`, `maximize`, `centered`, `dampening`, … | a text of [RuleLines] |
///
/// @param hyper  values of the rule's hyper-parameters that are known
/// @param decay  λ that is added to the gradient, g + λ·x, where it is no hyper-parameter of the rule
/// @param groups what each group but the first has otherwise
/// @param said   what was assumed or understood, for a person
public record PyTorchOptimizer(
        OptimizerRule rule,
        Map<String, Double> hyper,
        double decay,
        List<Map<String, Double>> groups,
        List<String> said) {
    /// The text of a rule, where an exported class made the steps.
    static final String RULE = "rule_text";

    static final String DECAY = "weight_decay";
    private static final String DECOUPLED = "decoupled_weight_decay";
    private static final String ALLOWED =
            "Adam, AdamW, RMSprop and SGD with all their flags, and AdamW of transformers," + " apex and bitsandbytes";

    /// What PyTorch calls hyper-parameters that have another name here, by optimizer.
    private static final Map<String, Map<String, String>> NAMES =
            Map.of("SGD", Map.of("beta1", "momentum"), "RMSprop", Map.of("beta2", "alpha"));

    public PyTorchOptimizer {
        hyper = Map.copyOf(hyper);
        rule.values(hyper);
        groups = List.copyOf(groups);
        said = List.copyOf(said);
    }

    /// What the settings say.
    ///
    /// @param name   of the optimizer
    /// @param groups of its parameters, at least one
    /// @throws IllegalArgumentException for an optimizer that has no rule here, or groups that are of two kinds
    static PyTorchOptimizer of(String name, List<GroupSettings> groups, List<String> said) {
        if (groups.getFirst().has(RULE)) {
            return exported(groups, said);
        }
        List<String> told = new ArrayList<>(said);
        boolean decoupled = groups.stream().anyMatch(group -> group.is(DECOUPLED));
        String own = decoupled && name.equals("Adam") ? "AdamW" : name;
        Set<Flag> flags = flags(own, groups);
        GroupSettings first = groups.getFirst();
        double decay = first.has(DECAY) ? first.number(DECAY) : 0;
        boolean coupled = !own.equals("AdamW") && groups.stream().anyMatch(group -> group.counts(DECAY));
        boolean inRule = coupled && (groups.size() > 1 || flags.contains(Flag.MAXIMIZE));
        if (inRule) {
            flags.add(Flag.COUPLED_DECAY);
        }
        if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(first.source() + ": metadata weight_decay = "
                    + new PlainText().number(decay) + " is outside [0, inf)");
        }
        OptimizerRule rule = rule(own, flags, first.source());
        Map<String, Double> hyper = hyper(rule, own, first);
        List<String> assumed = rule.hyperParameters().stream()
                .filter(one -> !hyper.containsKey(one.name()))
                .map(one -> one.name() + " = " + new PlainText().number(one.defaultValue()))
                .toList();
        if (!assumed.isEmpty()) {
            told.add(first.source() + " does not say " + String.join(", ", assumed)
                    + ": assumed are the defaults; --set gives others");
        }
        List<Map<String, Double>> others = new ArrayList<>();
        for (GroupSettings group : groups.subList(1, groups.size())) {
            Map<String, Double> different = new LinkedHashMap<>(hyper(rule, own, group));
            different.entrySet().removeIf(entry -> entry.getValue().equals(hyper.get(entry.getKey())));
            others.add(different);
        }
        return named(new Parts(rule, hyper, coupled && !inRule ? decay : 0), others, told, first.source());
    }

    /// The rule of a class that [PyTorchClass] wrote.
    private static PyTorchOptimizer exported(List<GroupSettings> groups, List<String> said) {
        GroupSettings first = groups.getFirst();
        OptimizerRule rule = ruleOf(first.texts(), first.source());
        Map<String, String> python = PythonRule.of(rule, true).names();
        List<Map<String, Double>> hyper = groups.stream()
                .map(group -> {
                    Map<String, Double> values = new LinkedHashMap<>();
                    python.forEach((own, name) -> {
                        if (rule.hyperNames().contains(own) && group.has(name)) {
                            values.put(own, group.number(name));
                        }
                    });
                    return values;
                })
                .toList();
        hyper.subList(1, hyper.size())
                .forEach(values -> values.entrySet()
                        .removeIf(entry ->
                                entry.getValue().equals(hyper.getFirst().get(entry.getKey()))));
        return named(new Parts(rule, hyper.getFirst(), 0), hyper.subList(1, hyper.size()), said, first.source());
    }

    /// The rule whose text stands in the metadata.
    static OptimizerRule ruleOf(Map<String, String> metadata, String source) {
        return RuleReader.read(source + ": metadata " + RULE, metadata.get(RULE).strip() + "\n");
    }

    private record Parts(OptimizerRule rule, Map<String, Double> hyper, double decay) {}

    private static PyTorchOptimizer named(
            Parts parts, List<Map<String, Double>> groups, List<String> said, String source) {
        try {
            groups.forEach(parts.rule()::values);
            return new PyTorchOptimizer(parts.rule(), parts.hyper(), parts.decay(), groups, said);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Double> hyper(OptimizerRule rule, String name, GroupSettings settings) {
        Map<String, Double> hyper = new LinkedHashMap<>();
        for (String own : rule.hyperNames()) {
            String key = inPyTorch(name, own);
            if (settings.has(key)) {
                hyper.put(own, settings.number(key));
            }
        }
        return hyper;
    }

    private static OptimizerRule rule(String name, Set<Flag> flags, String source) {
        return switch (name) {
            case "Adam", "AdamW", "RMSprop", "SGD" -> RuleLines.of(name, flags);
            default ->
                throw new IllegalArgumentException(
                        source + ": the optimizer " + name + " has no rule here; allowed are " + ALLOWED);
        };
    }

    /// Flags are those of every group; a momentum of 0 in some of the groups is a value, not a flag.
    private static Set<Flag> flags(String name, List<GroupSettings> groups) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        Map<String, Flag> named = switch (name) {
            case "Adam", "AdamW" -> Map.of("amsgrad", Flag.AMSGRAD);
            case "RMSprop" -> Map.of("centered", Flag.CENTERED);
            case "SGD" -> Map.of("nesterov", Flag.NESTEROV);
            default -> Map.<String, Flag>of();
        };
        Map<String, Flag> all = new LinkedHashMap<>(named);
        all.put("maximize", Flag.MAXIMIZE);
        all.forEach((key, flag) -> {
            long set = groups.stream().filter(group -> group.is(key)).count();
            if (set > 0 && set < groups.size()) {
                throw new IllegalArgumentException(groups.getFirst().source() + ": " + key + " is true in " + set
                        + " of " + groups.size() + " groups; one rule must do for all");
            }
            if (set > 0) {
                flags.add(flag);
            }
        });
        boolean averages = name.equals("RMSprop") || name.equals("SGD");
        if (averages && groups.stream().anyMatch(group -> group.counts("momentum"))) {
            flags.add(Flag.MOMENTUM);
        }
        if (name.equals("SGD") && groups.stream().anyMatch(group -> group.counts("dampening"))) {
            flags.add(Flag.DAMPENING);
        }
        if (!flags.contains(Flag.MOMENTUM)) {
            flags.remove(Flag.NESTEROV);
            flags.remove(Flag.DAMPENING);
        }
        if (groups.getFirst().has("correct_bias")) {
            flags.add(Flag.DECAY_AFTER);
            if (!groups.getFirst().is("correct_bias")) {
                flags.add(Flag.UNCORRECTED);
            }
        }
        if (groups.getFirst().has("bias_correction") && !groups.getFirst().is("bias_correction")) {
            flags.add(Flag.UNCORRECTED);
        }
        return flags;
    }

    /// What PyTorch calls a hyper-parameter of its optimizer `name`.
    private static String inPyTorch(String name, String own) {
        return NAMES.getOrDefault(name, Map.of()).getOrDefault(own, own);
    }

    /// The class of PyTorch that a rule stands for; empty if there is none.
    private static String inPyTorch(OptimizerRule rule) {
        String name = rule.name();
        if (name.endsWith("-decay-after") || name.endsWith("-uncorrected")) {
            return "";
        }
        if (name.equals("gd") || name.equals("heavy-ball") || name.equals("nesterov") || name.startsWith("sgd-")) {
            return "SGD";
        }
        if (name.equals("adam") || name.equals("amsgrad-corrected") || name.startsWith("adam-")) {
            return "Adam";
        }
        if (name.equals("adamw") || name.startsWith("adamw-")) {
            return "AdamW";
        }
        return name.equals("rmsprop") || name.startsWith("rmsprop-") ? "RMSprop" : "";
    }

    /// What the metadata of a state file say about a rule with these hyper-parameters.
    static Map<String, String> metadata(OptimizerRule rule, Map<String, Double> hyper) {
        Map<String, String> metadata = new LinkedHashMap<>();
        String name = inPyTorch(rule);
        if (name.isEmpty()) {
            metadata.put("optimizer", PythonFile.className(rule));
            metadata.put(RULE, rule.text());
        } else {
            metadata.put("optimizer", name);
        }
        for (String flag : List.of("amsgrad", "nesterov", "maximize", "centered")) {
            if (List.of(rule.name().split("-", -1)).contains(flag)) {
                metadata.put(flag, "true");
            }
        }
        Map<String, String> python = PythonRule.of(rule, true).names();
        hyper.forEach((own, value) -> {
            metadata.put(inPyTorch(name, own), Double.toString(value));
            metadata.put(python.get(own), Double.toString(value));
        });
        return metadata;
    }

    /// Whether the rule stands in the catalogue.
    public boolean shipped() {
        return Catalogue.holds(rule);
    }
}
