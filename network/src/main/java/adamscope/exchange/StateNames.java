package adamscope.exchange;

import java.util.LinkedHashMap;
import java.util.Map;

/// What PyTorch calls the states of rules: `m` is `exp_avg`, `v` is `exp_avg_sq`, `vmax` is `max_exp_avg_sq`.
final class StateNames {
    private static final Map<String, String> PYTORCH = new LinkedHashMap<>();

    static {
        PYTORCH.put("m", "exp_avg");
        PYTORCH.put("v", "exp_avg_sq");
        PYTORCH.put("vmax", "max_exp_avg_sq");
    }

    private StateNames() {}

    /// PyTorch's name of a state; a state that PyTorch does not have keeps its own.
    static String inPyTorch(String state) {
        return PYTORCH.getOrDefault(state, state);
    }
}
