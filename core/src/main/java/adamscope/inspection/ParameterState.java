package adamscope.inspection;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One parameter with its states.
///
/// @param name    of the parameter
/// @param tensors what there is of it
/// @param step    how many steps it has made, where the file says so
/// @param rule    that made the states
public record ParameterState(String name, Map<Role, TensorNumbers> tensors, OptionalDouble step, StateRule rule) {
    public ParameterState {
        tensors = new EnumMap<>(tensors);
    }

    /// The tensor of that role.
    public Optional<TensorNumbers> tensor(Role role) {
        return Optional.ofNullable(tensors.get(role));
    }

    /// Whether there is any state beside the parameter.
    public boolean hasState() {
        return tensors.keySet().stream().anyMatch(role -> role != Role.WEIGHTS);
    }
}
