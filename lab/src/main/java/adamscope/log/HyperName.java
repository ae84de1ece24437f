package adamscope.log;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// From the keys of a configuration to the names of hyper-parameters: `optimizer.betas` to `beta1` and `beta2`.
///
/// | key ends in | hyper-parameter |
/// | --- | --- |
/// | lr, learning_rate, max_lr, base_lr, peak_lr | lr |
/// | beta1, beta_1, adam_beta1, betas[0] | beta1 |
/// | beta2, beta_2, adam_beta2, betas[1] | beta2 |
/// | eps, epsilon, adam_eps, adam_epsilon | eps |
/// | parameters, num_parameters, n_params | parameters: how many there are |
/// | weight_decay, wd, adam_weight_decay | weight_decay |
/// | dtype, precision, torch_dtype; bf16, fp16 when true | significandBits: 53, 24, 11 (float16) or 8 (bfloat16) |
final class HyperName {
    /// Bits of the significand of the numbers that are trained with, the hidden one included; tells the types apart.
    static final String SIGNIFICAND_BITS = "significandBits";

    private static final Pattern SEPARATORS = Pattern.compile("[/.\\s:-]+");
    private static final Pattern LISTED = Pattern.compile("[\\[\\](){}\\s]+");

    private HyperName() {}

    /// The hyper-parameters that an entry sets; empty if it is none.
    ///
    /// @param key   with the keys around it: `optimizer/args/lr`
    /// @param value a number, a list of two, a word
    static Map<String, Double> hyper(String key, String value) {
        String[] path = SEPARATORS.split(key.strip().toLowerCase(Locale.ROOT));
        String last = path.length == 0 ? "" : path[path.length - 1];
        String parent = path.length < 2 ? "" : path[path.length - 2];
        String text = value.strip();
        return switch (last) {
            case "lr",
                    "learning_rate",
                    "learningrate",
                    "max_lr",
                    "base_lr",
                    "peak_lr",
                    "adam_lr",
                    "peak_learning_rate" -> number("lr", text);
            case "beta1", "beta_1", "b1", "adam_beta1", "adam_beta_1" -> number("beta1", text);
            case "beta2", "beta_2", "b2", "adam_beta2", "adam_beta_2" -> number("beta2", text);
            case "0" -> parent.endsWith("betas") ? number("beta1", text) : Map.of();
            case "1" -> parent.endsWith("betas") ? number("beta2", text) : Map.of();
            case "eps", "epsilon", "adam_eps", "adam_epsilon" ->
                parent.contains("norm") ? Map.of() : number("eps", text);
            case "weight_decay", "wd", "adam_weight_decay" -> number("weight_decay", text);
            case "parameters", "num_parameters", "n_parameters", "n_params", "num_params" -> number("parameters", text);
            case "betas", "adam_betas" -> both(text);
            case "dtype", "torch_dtype", "precision", "mixed_precision", "compute_dtype", "autocast_dtype" ->
                bits(text);
            case "bf16" -> isTrue(text) ? bits("bfloat16") : Map.of();
            case "fp16" -> isTrue(text) ? bits("float16") : Map.of();
            default -> Map.of();
        };
    }

    private static Map<String, Double> number(String name, String text) {
        OptionalDouble number = Numbers.number(text);
        return number.isPresent() && Double.isFinite(number.getAsDouble())
                ? Map.of(name, number.getAsDouble())
                : Map.of();
    }

    private static Map<String, Double> both(String text) {
        String[] parts = LISTED.matcher(text).replaceAll("").split(",");
        if (parts.length != 2) {
            return Map.of();
        }
        OptionalDouble first = Numbers.number(parts[0]);
        OptionalDouble second = Numbers.number(parts[1]);
        return first.isPresent() && second.isPresent()
                ? Map.of("beta1", first.getAsDouble(), "beta2", second.getAsDouble())
                : Map.of();
    }

    private static Map<String, Double> bits(String text) {
        String type = text.toLowerCase(Locale.ROOT).replace("\"", "").replace("torch.", "");
        return switch (type) {
            case "float64", "double", "fp64", "64", "64-true" -> Map.of(SIGNIFICAND_BITS, 53.0);
            case "float32", "float", "fp32", "32", "32-true", "no", "tf32" -> Map.of(SIGNIFICAND_BITS, 24.0);
            case "float16", "half", "fp16", "16", "16-mixed", "16-true", "amp_fp16" -> Map.of(SIGNIFICAND_BITS, 11.0);
            case "bfloat16", "bf16", "bf16-mixed", "bf16-true", "amp_bf16" -> Map.of(SIGNIFICAND_BITS, 8.0);
            default -> Map.of();
        };
    }

    private static boolean isTrue(String text) {
        return text.equalsIgnoreCase("true") || text.equals("1");
    }
}
