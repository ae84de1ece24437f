package adamscope.log;

import java.util.List;
import java.util.Locale;

/// Names of the column or key that counts the steps, the surest first.
final class StepNames {
    private static final List<String> NAMES = List.of(
            "trainer/global_step",
            "train/global_step",
            "global_step",
            "globalstep",
            "step",
            "optimizer_step",
            "train_step",
            "train/step",
            "iteration",
            "iterations",
            "iter",
            "itr",
            "train/iter",
            "num_updates",
            "update",
            "steps",
            "_step",
            "batch_idx",
            "batch");

    private StepNames() {}

    /// The place of a name in the list, or -1 if it names no step.
    static int rank(String name) {
        return name.length() > 30 ? -1 : NAMES.indexOf(name.strip().toLowerCase(Locale.ROOT));
    }
}
