package adamscope.exchange;

import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The rule that does what an optimizer of PyTorch does.
///
/// | PyTorch | rule |
/// | --- | --- |
/// | `Adam` | `adam` |
/// | `Adam(amsgrad=True)` | `amsgrad-corrected`, which ships with this package |
/// | `AdamW` | `adamw` |
/// | `RMSprop` | `rmsprop` |
/// | `SGD`, with `momentum`, with `nesterov` too | `gd`, `heavy-ball`, `nesterov` |
/// | a class that [PyTorchClass] wrote | its own |
///
/// @param hyper values of the rule's hyper-parameters that are known
/// @param decay λ that is added to the gradient, g + λ·x: `weight_decay` of all but `AdamW`
public record PyTorchOptimizer(OptimizerRule rule, Map<String, Double> hyper, double decay) {
    private static final String AMSGRAD = "amsgrad-corrected.opt";
    private static final String DECAY = "weight_decay";

    /// The text of a rule, where an exported class made the steps.
    private static final String RULE = "rule_text";

    private static final String ALLOWED = "Adam, Adam with amsgrad, AdamW, RMSprop without momentum and not centered,"
            + " SGD without dampening; none of them with maximize";

    /// What PyTorch calls hyper-parameters that have another name here, by optimizer.
    private static final Map<String, Map<String, String>> NAMES =
            Map.of("SGD", Map.of("beta1", "momentum"), "RMSprop", Map.of("beta2", "alpha"));

    public PyTorchOptimizer {
        hyper = Map.copyOf(hyper);
        rule.values(hyper);
    }

    /// What the metadata of a state file say; a file without them holds a state of Adam.
    ///
    /// @param source names the file in errors
    /// @throws IllegalArgumentException for an optimizer that has no rule here
    static PyTorchOptimizer of(Map<String, String> metadata, String source) {
        if (metadata.containsKey(RULE)) {
            return exported(metadata, source);
        }
        String name = metadata.getOrDefault("optimizer", "Adam");
        OptimizerRule rule = rule(name, metadata, source);
        Map<String, Double> hyper = new LinkedHashMap<>();
        for (String own : rule.hyperNames()) {
            String key = inPyTorch(name, own);
            if (metadata.containsKey(key)) {
                hyper.put(own, number(metadata, key, source));
            }
        }
        double decay = !name.equals("AdamW") && metadata.containsKey(DECAY) ? number(metadata, DECAY, source) : 0;
        if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(source + ": metadata weight_decay = " + decay + " is outside [0, inf)");
        }
        return named(rule, hyper, decay, source);
    }

    /// The rule of a class that [PyTorchClass] wrote.
    private static PyTorchOptimizer exported(Map<String, String> metadata, String source) {
        OptimizerRule rule = RuleReader.read(
                source + ": metadata " + RULE, metadata.get(RULE).strip() + "\n");
        Map<String, Double> hyper = new LinkedHashMap<>();
        PythonRule.of(rule, true).names().forEach((own, python) -> {
            if (rule.hyperNames().contains(own) && metadata.containsKey(python)) {
                hyper.put(own, number(metadata, python, source));
            }
        });
        return named(rule, hyper, 0, source);
    }

    private static PyTorchOptimizer named(OptimizerRule rule, Map<String, Double> hyper, double decay, String source) {
        try {
            return new PyTorchOptimizer(rule, hyper, decay);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
    }

    private static OptimizerRule rule(String name, Map<String, String> metadata, String source) {
        boolean amsgrad = is(metadata, "amsgrad");
        boolean momentum = metadata.containsKey("momentum") && number(metadata, "momentum", source) != 0;
        boolean dampened = metadata.containsKey("dampening") && number(metadata, "dampening", source) != 0;
        if (is(metadata, "maximize")) {
            throw refused(source, name + " with maximize");
        }
        return switch (name) {
            case "Adam" -> amsgrad ? amsgrad() : Catalogue.shipped("adam");
            case "AdamW" -> {
                if (amsgrad) {
                    throw refused(source, "AdamW with amsgrad");
                }
                yield Catalogue.shipped("adamw");
            }
            case "RMSprop" -> {
                if (momentum || is(metadata, "centered")) {
                    throw refused(source, "RMSprop " + (momentum ? "with momentum" : "centered"));
                }
                yield Catalogue.shipped("rmsprop");
            }
            case "SGD" -> {
                if (dampened) {
                    throw refused(source, "SGD with dampening");
                }
                yield Catalogue.shipped(!momentum ? "gd" : is(metadata, "nesterov") ? "nesterov" : "heavy-ball");
            }
            default -> throw refused(source, name);
        };
    }

    private static boolean is(Map<String, String> metadata, String key) {
        return metadata.getOrDefault(key, "false").equals("true");
    }

    private static IllegalArgumentException refused(String source, String what) {
        return new IllegalArgumentException(
                source + ": the optimizer " + what + " has no rule here; allowed are " + ALLOWED);
    }

    /// What PyTorch calls a hyper-parameter of its optimizer `name`.
    private static String inPyTorch(String name, String own) {
        return NAMES.getOrDefault(name, Map.of()).getOrDefault(own, own);
    }

    /// What the metadata of a state file say about a rule with these hyper-parameters.
    static Map<String, String> metadata(OptimizerRule rule, Map<String, Double> hyper) {
        Map<String, String> metadata = new LinkedHashMap<>();
        String name = switch (rule.name()) {
            case "adam", "amsgrad-corrected" -> "Adam";
            case "adamw" -> "AdamW";
            case "rmsprop" -> "RMSprop";
            case "gd", "heavy-ball", "nesterov" -> "SGD";
            default -> "";
        };
        if (name.isEmpty()) {
            metadata.put("optimizer", PythonFile.className(rule));
            metadata.put(RULE, rule.text());
        } else {
            metadata.put("optimizer", name);
        }
        if (rule.name().equals("amsgrad-corrected")) {
            metadata.put("amsgrad", "true");
        }
        if (rule.name().equals("nesterov")) {
            metadata.put("nesterov", "true");
        }
        Map<String, String> python = PythonRule.of(rule, true).names();
        hyper.forEach((own, value) -> {
            metadata.put(inPyTorch(name, own), Double.toString(value));
            metadata.put(python.get(own), Double.toString(value));
        });
        return metadata;
    }

    static double number(Map<String, String> metadata, String key, String source) {
        double number;
        try {
            number = Double.parseDouble(metadata.get(key));
        } catch (NumberFormatException _) {
            number = Double.NaN;
        }
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException(
                    source + ": metadata " + key + " = '" + metadata.get(key) + "', expected a number");
        }
        return number;
    }

    /// Whether the rule stands in the catalogue.
    public boolean shipped() {
        return Catalogue.holds(rule);
    }

    private static OptimizerRule amsgrad() {
        try (InputStream file = PyTorchOptimizer.class.getResourceAsStream(AMSGRAD)) {
            return RuleReader.read(AMSGRAD, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
