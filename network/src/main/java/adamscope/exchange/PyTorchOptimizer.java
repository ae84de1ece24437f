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
///
/// @param hyper values of the rule's hyper-parameters that are known
/// @param decay λ that is added to the gradient, g + λ·x: `weight_decay` of `Adam`
public record PyTorchOptimizer(OptimizerRule rule, Map<String, Double> hyper, double decay) {
    private static final String AMSGRAD = "amsgrad-corrected.opt";
    private static final String DECAY = "weight_decay";

    public PyTorchOptimizer {
        hyper = Map.copyOf(hyper);
        rule.values(hyper);
    }

    /// What the metadata of a state file say; a file without them holds a state of Adam.
    ///
    /// @param source names the file in errors
    /// @throws IllegalArgumentException for an optimizer that has no rule here
    static PyTorchOptimizer of(Map<String, String> metadata, String source) {
        String name = metadata.getOrDefault("optimizer", "Adam");
        boolean amsgrad = metadata.getOrDefault("amsgrad", "false").equals("true");
        boolean decoupled = name.equals("AdamW");
        if (!decoupled && !name.equals("Adam") || decoupled && amsgrad) {
            throw new IllegalArgumentException(source + ": the optimizer " + name + (amsgrad ? " with amsgrad" : "")
                    + " has no rule here; allowed are Adam, Adam with amsgrad, AdamW");
        }
        OptimizerRule rule = amsgrad ? amsgrad() : Catalogue.shipped(decoupled ? "adamw" : "adam");
        Map<String, Double> hyper = new LinkedHashMap<>();
        for (String key : rule.hyperNames()) {
            if (metadata.containsKey(key)) {
                hyper.put(key, number(metadata, key, source));
            }
        }
        double decay = !decoupled && metadata.containsKey(DECAY) ? number(metadata, DECAY, source) : 0;
        return new PyTorchOptimizer(rule, hyper, decay);
    }

    static double number(Map<String, String> metadata, String key, String source) {
        try {
            return Double.parseDouble(metadata.get(key));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    source + ": metadata " + key + " = '" + metadata.get(key) + "', expected a number", e);
        }
    }

    /// Whether the rule stands in the catalogue.
    public boolean shipped() {
        return Catalogue.NAMES.contains(rule.name());
    }

    private static OptimizerRule amsgrad() {
        try (InputStream file = PyTorchOptimizer.class.getResourceAsStream(AMSGRAD)) {
            return RuleReader.read(AMSGRAD, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
