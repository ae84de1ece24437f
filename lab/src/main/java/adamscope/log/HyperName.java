package adamscope.log;

import adamscope.diagnosis.Circumstances;
import adamscope.diagnosis.DerivedMoment;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// From the keys of a configuration to the names of hyper-parameters: `optimizer.betas` to `beta1` and `beta2`.
///
/// | key ends in | hyper-parameter |
/// | --- | --- |
/// | lr, learning_rate, max_lr, base_lr, peak_lr | lr |
/// | beta1, beta_1, adam_beta1, betas[0], one_minus_beta1 | beta1 |
/// | beta2, beta_2, adam_beta2, betas[1], one_minus_beta2 | beta2 |
/// | eps, epsilon, adam_eps, adam_epsilon | eps |
/// | parameters, num_parameters, n_params | parameters: how many there are |
/// | weight_decay, wd, adam_weight_decay | weight_decay |
/// | batch, batch_size if full | batchShare: 1 |
/// | loss, criterion if cross-entropy | crossEntropy: 1 |
/// | max_grad_norm, grad_clip, clip_grad, gradient_clip_val, gradient_clipping, clip_norm… | clipNorm: at which norm |
/// | state_dtype, param_dtype; precision 32 or `16-true`; dtype of 32 or 64 bits | significandBits: 53, 24, 11, 8 |
/// | mixed_precision, precision, amp, autocast_dtype, dtype of 16 bits; bf16, fp16 if true | computeSignificandBits |
///
/// 11 bits are float16, 8 bfloat16. Autocast is the format of computing: parameters and states stay in float32.
final class HyperName {
    /// Bits of the significand of the numbers that are trained with, the hidden one included; tells the types apart.
    static final String SIGNIFICAND_BITS = "significandBits";

    /// The same of the numbers in which gradients are computed under autocast.
    static final String COMPUTE_BITS = "computeSignificandBits";

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
            case "max_grad_norm",
                    "grad_clip",
                    "clip_grad",
                    "clip_grad_norm",
                    "grad_clip_norm",
                    "gradient_clip_norm",
                    "gradient_clip_val",
                    "gradient_clip",
                    "gradient_clipping",
                    "clip_norm",
                    "global_clipnorm" -> positive(DerivedMoment.CLIP, text);
            case "loss", "criterion", "loss_fn", "loss_function" -> crossEntropy(text);
            // A simulation of a formula has no batches.
            case "kind" -> text.equals("simulation") ? Map.of(Circumstances.BATCH_SHARE, 1.0) : Map.of();
            case "batch", "batch_size" ->
                text.equalsIgnoreCase("full") ? Map.of(Circumstances.BATCH_SHARE, 1.0) : Map.of();
            case "betas", "adam_betas" -> both(text);
            case "one_minus_beta1", "one_minus_beta_1" -> complement("beta1", text);
            case "one_minus_beta2", "one_minus_beta_2" -> complement("beta2", text);
            case "state_dtype", "optimizer_dtype", "param_dtype", "exp_avg_sq_dtype" -> bits(SIGNIFICAND_BITS, text);
            case "dtype", "torch_dtype", "params_dtype", "model_dtype" -> model(text);
            case "precision" -> precision(text);
            case "mixed_precision", "compute_dtype", "autocast_dtype", "amp_dtype", "half_precision_backend" ->
                bits(COMPUTE_BITS, text);
            case "bf16", "use_bf16" -> isTrue(text) ? bits(COMPUTE_BITS, "bfloat16") : Map.of();
            case "enabled" ->
                isTrue(text) && (parent.equals("fp16") || parent.equals("bf16"))
                        ? bits(COMPUTE_BITS, parent)
                        : Map.of();
            case "fp16", "use_fp16", "amp", "use_amp", "fp16_run" ->
                isTrue(text) ? bits(COMPUTE_BITS, "float16") : bits(COMPUTE_BITS, text);
            default -> Map.of();
        };
    }

    private static Map<String, Double> number(String name, String text) {
        OptionalDouble number = WrittenNumber.number(text);
        return number.isPresent() && Double.isFinite(number.getAsDouble())
                ? Map.of(name, number.getAsDouble())
                : Map.of();
    }

    private static Map<String, Double> crossEntropy(String text) {
        String word = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return word.contains("crossentropy") && !word.contains("binary")
                ? Map.of(Circumstances.CROSS_ENTROPY, 1.0)
                : Map.of();
    }

    /// Nought and less mean that nothing is clipped.
    private static Map<String, Double> positive(String name, String text) {
        Map<String, Double> number = number(name, text);
        return number.getOrDefault(name, 0.0) > 0 ? number : Map.of();
    }

    private static Map<String, Double> both(String text) {
        String[] parts = LISTED.matcher(text).replaceAll("").split(",");
        if (parts.length != 2) {
            return Map.of();
        }
        OptionalDouble first = WrittenNumber.number(parts[0]);
        OptionalDouble second = WrittenNumber.number(parts[1]);
        return first.isPresent() && second.isPresent()
                ? Map.of("beta1", first.getAsDouble(), "beta2", second.getAsDouble())
                : Map.of();
    }

    /// Of a model in 16 bits it is open in which format the states are: nanoGPT, Megatron and DeepSpeed keep float32.
    private static Map<String, Double> model(String text) {
        Map<String, Double> whole = bits(SIGNIFICAND_BITS, text);
        return whole.getOrDefault(SIGNIFICAND_BITS, 0.0) >= 24 ? whole : bits(COMPUTE_BITS, text);
    }

    /// Lightning: 16, 16-mixed and bf16-mixed are autocast, 32 and 16-true are not.
    private static Map<String, Double> precision(String text) {
        boolean whole = text.toLowerCase(Locale.ROOT).endsWith("-true") || text.matches("\\D*(32|64)\\D*|double|float");
        return bits(whole ? SIGNIFICAND_BITS : COMPUTE_BITS, text);
    }

    private static Map<String, Double> complement(String name, String text) {
        OptionalDouble number = WrittenNumber.number(text);
        return number.isPresent() && Double.isFinite(number.getAsDouble())
                ? Map.of(name, 1 - number.getAsDouble())
                : Map.of();
    }

    private static Map<String, Double> bits(String name, String text) {
        String type = text.toLowerCase(Locale.ROOT).replaceAll("[\"']", "").replace("torch.", "");
        return switch (type) {
            case "float64", "double", "fp64", "64", "64-true" -> Map.of(name, 53.0);
            case "float32", "float", "fp32", "32", "32-true", "tf32" -> Map.of(name, 24.0);
            case "float16", "half", "fp16", "16", "16-mixed", "16-true", "amp_fp16" -> Map.of(name, 11.0);
            case "bfloat16", "bf16", "bf16-mixed", "bf16-true", "amp_bf16" -> Map.of(name, 8.0);
            default -> Map.of();
        };
    }

    private static boolean isTrue(String text) {
        return text.equalsIgnoreCase("true") || text.equals("1");
    }
}
