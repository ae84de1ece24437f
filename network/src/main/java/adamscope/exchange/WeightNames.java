package adamscope.exchange;

import java.util.Set;
import java.util.regex.Pattern;

/// Names of parameters without what wrappers put before them.
final class WeightNames {
    private static final Set<String> CONTAINERS = Set.of(
            "model", "state_dict", "model_state_dict", "model_state", "network", "net", "params", "weights", "app");

    private static final Pattern BUFFER = Pattern.compile(
            "(?:.*\\.)?(?:running_mean|running_var|num_batches_tracked|inv_freq|position_ids|masked_bias|freqs_cis"
                    + "|rotary_emb\\..*|attn_mask|relative_position_index)");

    private WeightNames() {}

    /// The name of a parameter at that place of a checkpoint, without the dictionary that it lies in.
    static String inModel(String path) {
        int dot = path.indexOf('.');
        String plain = SavedNames.plain(path);
        return dot > 0 && CONTAINERS.contains(path.substring(0, dot)) && plain.indexOf('.') > 0
                ? SavedNames.plain(path.substring(dot + 1))
                : plain;
    }

    /// Whether a module of that name keeps it beside its parameters, so that no optimizer moves it.
    static boolean isBuffer(String name) {
        return BUFFER.matcher(name).matches();
    }
}
