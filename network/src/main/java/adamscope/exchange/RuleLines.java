package adamscope.exchange;

import adamscope.optimizer.Catalogue;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.RuleReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The text of the rule that does what an optimizer of PyTorch with some flags does; without flags it is that of the
/// catalogue.
///
/// The order of operations is that of `torch/optim/{adam,adamw,rmsprop,sgd}.py` of PyTorch 1.13.
final class RuleLines {
    /// What changes a rule.
    enum Flag {
        /// −g in place of g.
        MAXIMIZE,
        /// g + λ·x in place of g.
        COUPLED_DECAY,
        /// The largest v so far.
        AMSGRAD,
        /// v less the square of the average gradient.
        CENTERED,
        /// An average of the steps, or of the gradients.
        MOMENTUM,
        /// A step ahead.
        NESTEROV,
        /// Less of each gradient but the first.
        DAMPENING,
        /// Decay of what the step made, and ε beside √v without its correction: `transformers.AdamW`.
        DECAY_AFTER,
        /// No bias correction.
        UNCORRECTED
    }

    private static final String LR = "hyper lr = 1e-3 in [0, inf) \"learning rate\" symbol η";
    private static final String BETA1 =
            "hyper beta1 = 0.9 in [0, 1) \"decay of the average gradient, per step\" symbol β₁";
    private static final String BETA2 =
            "hyper beta2 = 0.999 in [0, 1) \"decay of the average squared gradient, per step\" symbol β₂";
    private static final String EPS = "hyper eps = 1e-8 in [0, inf) \"floor of the root\" symbol ε";
    private static final String DECOUPLED =
            "hyper weight_decay = 0.01 in [0, inf) \"decoupled weight decay, times lr per step\" symbol λ";
    private static final String COUPLED =
            "hyper weight_decay = 0 in [0, inf) \"weight decay, added to the gradient\" symbol λ";

    private final Set<Flag> flags;
    private final List<String> lines = new ArrayList<>();

    private RuleLines(Set<Flag> flags) {
        this.flags = flags;
    }

    /// The rule of an optimizer.
    ///
    /// @param optimizer `Adam`, `AdamW`, `RMSprop` or `SGD`
    static OptimizerRule of(String optimizer, Set<Flag> flags) {
        String plain = switch (optimizer) {
            case "Adam" -> flags.isEmpty() ? "adam" : flags.equals(Set.of(Flag.UNCORRECTED)) ? "adam-uncorrected" : "";
            case "AdamW" -> flags.isEmpty() ? "adamw" : "";
            case "RMSprop" -> flags.isEmpty() ? "rmsprop" : "";
            case "SGD" ->
                flags.isEmpty()
                        ? "gd"
                        : flags.equals(Set.of(Flag.MOMENTUM))
                                ? "heavy-ball"
                                : flags.equals(Set.of(Flag.MOMENTUM, Flag.NESTEROV)) ? "nesterov" : "";
            default -> throw new IllegalArgumentException(optimizer);
        };
        return plain.isEmpty() ? new RuleLines(flags).rule(optimizer) : Catalogue.shipped(plain);
    }

    private boolean has(Flag flag) {
        return flags.contains(flag);
    }

    private OptimizerRule rule(String optimizer) {
        String name = name(optimizer, flags);
        lines.add("# PyTorch's " + optimizer + " as it was set: " + name + ".");
        lines.add("optimizer " + name);
        lines.add(LR);
        switch (optimizer) {
            case "Adam", "AdamW" -> adam(optimizer.equals("AdamW"));
            case "RMSprop" -> rmsprop();
            default -> sgd();
        }
        return RuleReader.read(name, String.join("\n", lines) + "\n");
    }

    /// The optimizer and its flags in one word: `adamw-amsgrad`.
    static String name(String optimizer, Set<Flag> flags) {
        StringBuilder name = new StringBuilder(optimizer.toLowerCase(java.util.Locale.ROOT));
        for (Flag flag : Flag.values()) {
            if (flags.contains(flag)) {
                name.append('-')
                        .append(flag.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            }
        }
        // amsgrad of the catalogue has no bias correction
        return name.toString().equals("adam-amsgrad") ? "amsgrad-corrected" : name.toString();
    }

    /// The gradient that the averages take in, under the name of a line if it is not g itself.
    private String gradient() {
        if (!has(Flag.MAXIMIZE) && !has(Flag.COUPLED_DECAY)) {
            return "g";
        }
        lines.add("h = " + (has(Flag.MAXIMIZE) ? "-g" : "g") + (has(Flag.COUPLED_DECAY) ? " + weight_decay*x" : ""));
        return "h";
    }

    private void coupled() {
        if (has(Flag.COUPLED_DECAY)) {
            lines.add(COUPLED);
        }
    }

    private void adam(boolean decoupled) {
        lines.addAll(List.of(BETA1, BETA2, EPS));
        if (decoupled) {
            lines.add(DECOUPLED);
        }
        coupled();
        lines.add("state m = 0 warm g, v = 0 warm g^2" + (has(Flag.AMSGRAD) ? ", vmax = 0 warm g^2" : ""));
        String g = gradient();
        lines.add("m <- beta1*m + (1 - beta1)*" + g);
        lines.add("v <- beta2*v + (1 - beta2)*" + g + "^2");
        String v = "v";
        if (has(Flag.AMSGRAD)) {
            lines.add("vmax <- max(vmax, v)");
            v = "vmax";
        }
        if (has(Flag.UNCORRECTED)) {
            lines.add("precondition P = sqrt(" + v + ") + eps");
        } else if (has(Flag.DECAY_AFTER)) {
            lines.add("precondition P = (1 - beta1^t) / sqrt(1 - beta2^t) * (sqrt(" + v + ") + eps)");
        } else {
            lines.add("precondition P = (1 - beta1^t) * (sqrt(" + v + " / (1 - beta2^t)) + eps)");
        }
        if (has(Flag.DECAY_AFTER)) {
            lines.add("y = x - lr*m/P");
            lines.add("x <- y - lr*weight_decay*y");
        } else {
            lines.add(decoupled ? "x <- x - lr*(m/P + weight_decay*x)" : "x <- x - lr*m/P");
        }
    }

    private void rmsprop() {
        lines.addAll(List.of(BETA2, EPS));
        if (has(Flag.MOMENTUM)) {
            lines.add("hyper momentum = 0.9 in [0, 1) \"decay of the average step, per step\" symbol μ");
        }
        coupled();
        lines.add("state v = 0 warm g^2"
                + (has(Flag.CENTERED) ? ", a = 0 warm g" : "")
                + (has(Flag.MOMENTUM) ? ", b = 0" : ""));
        String g = gradient();
        lines.add("v <- beta2*v + (1 - beta2)*" + g + "^2");
        if (has(Flag.CENTERED)) {
            lines.add("a <- beta2*a + (1 - beta2)*" + g);
            lines.add("precondition P = sqrt(v - a^2) + eps");
        } else {
            lines.add("precondition P = sqrt(v) + eps");
        }
        if (has(Flag.MOMENTUM)) {
            lines.add("b <- momentum*b + " + g + "/P");
            lines.add("x <- x - lr*b");
        } else {
            lines.add("x <- x - lr*" + g + "/P");
        }
    }

    private void sgd() {
        if (has(Flag.MOMENTUM)) {
            lines.add(BETA1);
        }
        if (has(Flag.DAMPENING)) {
            lines.add(
                    "hyper dampening = 0 in [0, 1] \"share of each gradient but the first that is left out\" symbol τ");
        }
        coupled();
        if (has(Flag.MOMENTUM)) {
            lines.add("state m = 0 warm g");
        }
        String g = gradient();
        String step = g;
        if (has(Flag.MOMENTUM)) {
            lines.add("m <- beta1*m + " + (has(Flag.DAMPENING) ? "(1 - dampening*min(1, t - 1))*" : "") + g);
            step = has(Flag.NESTEROV) ? "(" + g + " + beta1*m)" : "m";
        }
        lines.add("x <- x - lr*" + step);
    }
}
