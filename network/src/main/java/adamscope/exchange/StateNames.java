package adamscope.exchange;

import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import java.util.List;
import java.util.Map;

/// What PyTorch calls the states of rules: of the Adam family `m` is `exp_avg`, `v` is `exp_avg_sq`, `vmax` is
/// `max_exp_avg_sq`; `m` of SGD is `momentum_buffer`, `v` of RMSprop is `square_avg`,
/// its `a` is `grad_avg` and its `b` is `momentum_buffer`.
final class StateNames {
    private static final String STEP = "step";
    private static final Map<String, String> ADAM = Map.of("m", "exp_avg", "v", "exp_avg_sq", "vmax", "max_exp_avg_sq");
    private static final Map<String, String> SGD = Map.of("m", "momentum_buffer");
    private static final Map<String, String> RMSPROP =
            Map.of("v", "square_avg", "a", "grad_avg", "b", "momentum_buffer");

    private StateNames() {}

    /// PyTorch's name of a state; a state that PyTorch does not have keeps its own, but for `step`, which is the number
    /// of steps there. No two states of a rule have the same.
    static String inPyTorch(OptimizerRule rule, String state) {
        boolean sgd = rule.name().equals("heavy-ball")
                || rule.name().equals("nesterov")
                || rule.name().startsWith("sgd-");
        boolean rmsprop = rule.name().equals("rmsprop") || rule.name().startsWith("rmsprop-");
        Map<String, String> names = sgd ? SGD : rmsprop ? RMSPROP : ADAM;
        List<String> own = rule.states().stream().map(StateVariable::name).toList();
        String name = names.getOrDefault(state, state);
        if (!name.equals(state) && own.contains(name)) {
            return state;
        }
        while (name.equals(STEP) || !name.equals(state) && own.contains(name)) {
            name += "_";
        }
        return name;
    }
}
