package adamscope.exchange;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which optimizer a checkpoint is of. A `state_dict` does not say its class: what it keeps of a parameter does.
///
/// @param name `Adam`, `AdamW`, `RMSprop`, `SGD`, or the name of another, which has no rule here
/// @param said what was understood or assumed; empty where the file says it
record OptimizerKind(String name, List<String> said) {

    /// @param named  the class, if the file or the user says it; empty otherwise
    /// @param kept   what is kept of the parameters
    /// @param groups of the optimizer
    static OptimizerKind of(String named, Set<String> kept, List<GroupSettings> groups) {
        return named.isEmpty() ? byStates(kept, groups) : byName(named);
    }

    /// Classes of other libraries that make the steps of one of PyTorch's.
    private static OptimizerKind byName(String named) {
        if (Set.of("Adam", "AdamW", "RMSprop", "SGD").contains(named)) {
            return new OptimizerKind(named, List.of());
        }
        String small = named.toLowerCase(Locale.ROOT);
        if (small.matches("(paged|fused|deepspeedcpu|torchfused)?adamw?(8bit|32bit)?")) {
            // bitsandbytes, apex and DeepSpeed decay by AdamW's rule under either name.
            return new OptimizerKind(
                    "AdamW",
                    List.of(named + " is taken as AdamW: m and v of each parameter, and a"
                            + " weight decay that shrinks the parameters"));
        }
        return new OptimizerKind(named, List.of());
    }

    private static OptimizerKind byStates(Set<String> kept, List<GroupSettings> groups) {
        if (kept.contains("exp_avg") && kept.contains("exp_avg_sq") && !kept.contains("mu_product")) {
            return adam(groups);
        }
        if (kept.contains("square_avg")) {
            return new OptimizerKind("RMSprop", List.of("taken as RMSprop, since it keeps square_avg"));
        }
        if (kept.contains("momentum_buffer")
                || kept.isEmpty() && groups.stream().anyMatch(g -> g.has("momentum"))) {
            return new OptimizerKind("SGD", List.of("taken as SGD, by what it keeps"));
        }
        if (kept.isEmpty()) {
            return new OptimizerKind(
                    "Adam", List.of("the file does not name the optimizer and keeps nothing of it: taken as Adam"));
        }
        return new OptimizerKind("that keeps " + kept, List.of());
    }

    private static OptimizerKind adam(List<GroupSettings> groups) {
        if (groups.stream().anyMatch(group -> group.has("correct_bias"))) {
            return new OptimizerKind("AdamW", List.of("taken as AdamW of transformers, which has correct_bias"));
        }
        if (groups.stream().anyMatch(group -> group.has("bias_correction"))) {
            return new OptimizerKind("AdamW", List.of("taken as FusedAdam of apex, which decays as AdamW does"));
        }
        if (groups.stream().anyMatch(group -> group.has("decoupled_weight_decay"))) {
            return new OptimizerKind("Adam", List.of());
        }
        if (groups.stream().noneMatch(group -> group.counts(PyTorchOptimizer.DECAY))) {
            return new OptimizerKind("Adam", List.of("taken as Adam, since it keeps exp_avg and exp_avg_sq"));
        }
        return new OptimizerKind(
                "AdamW",
                List.of("taken as AdamW, whose weight_decay shrinks the parameters; the file does not say whether it"
                        + " was Adam, whose weight_decay is added to the gradient: then give --class Adam"));
    }
}
