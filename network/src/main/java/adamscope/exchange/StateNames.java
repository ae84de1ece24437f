package adamscope.exchange;

import adamscope.optimizer.OptimizerRule;
import java.util.Map;

/// What PyTorch calls the states of rules: of the Adam family `m` is `exp_avg`, `v` is `exp_avg_sq`, `vmax` is
/// `max_exp_avg_sq`; `m` of SGD is `momentum_buffer`, `v` of RMSprop is `square_avg`,
/// its `a` is `grad_avg` and its `b` is `momentum_buffer`.
final class StateNames {
    private static final Map<String, String> ADAM = Map.of("m", "exp_avg", "v", "exp_avg_sq", "vmax", "max_exp_avg_sq");
    private static final Map<String, String> SGD = Map.of("m", "momentum_buffer");
    private static final Map<String, String> RMSPROP =
            Map.of("v", "square_avg", "a", "grad_avg", "b", "momentum_buffer");

    private StateNames() {}

    /// PyTorch's name of a state; a state that PyTorch does not have keeps its own.
    static String inPyTorch(OptimizerRule rule, String state) {
        String name = rule.name();
        boolean sgd = name.equals("heavy-ball") || name.equals("nesterov") || name.startsWith("sgd-");
        boolean rmsprop = name.equals("rmsprop") || name.startsWith("rmsprop-");
        return (sgd ? SGD : rmsprop ? RMSPROP : ADAM).getOrDefault(state, state);
    }
}
