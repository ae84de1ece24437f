package adamscope.exchange;

import adamscope.checkpoint.StoredTensor;
import adamscope.checkpoint.TensorFile;
import adamscope.inspection.OptimizerState;
import adamscope.inspection.ParameterState;
import adamscope.inspection.Role;
import adamscope.inspection.StateRule;
import adamscope.inspection.TensorNumbers;
import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// A checkpoint of this program: θ and each state as one flat vector, parted into the tensors of the network.
public final class FlatStates {
    private static final String THETA = "theta";

    private static final Map<String, Role> ROLES =
            Map.of(THETA, Role.WEIGHTS, "state.m", Role.FIRST, "state.v", Role.SECOND, "state.vmax", Role.LARGEST);

    private FlatStates() {}

    /// Whether a file is one.
    public static boolean holds(TensorFile file) {
        StoredTensor theta = file.tensors().get(THETA);
        return theta != null && theta.shape().size() == 1;
    }

    /// The parameters by their blocks.
    ///
    /// @param blocks empty: as one vector
    public static OptimizerState of(TensorFile file, OptionalDouble step, StateRule rule, List<Block> blocks) {
        long size = file.tensors().get(THETA).size();
        List<Block> parts = blocks.isEmpty() ? List.of(new Block(THETA, 0, List.of(size))) : blocks;
        List<String> remarks = new ArrayList<>();
        if (parts.getLast().offset() + parts.getLast().size() != size) {
            throw new IllegalArgumentException(file.path() + " has " + size + " parameters, the network of the run "
                    + (parts.getLast().offset() + parts.getLast().size()));
        }
        List<ParameterState> parameters = new ArrayList<>();
        for (Block block : parts) {
            Map<Role, TensorNumbers> tensors = new EnumMap<>(Role.class);
            ROLES.forEach((name, role) -> {
                StoredTensor tensor = file.tensors().get(name);
                if (tensor != null && tensor.size() == size) {
                    StoredNumbers.format(tensor)
                            .ifPresent(format -> tensors.put(
                                    role, new StoredNumbers(name, block.shape(), format, tensor, block.offset())));
                }
            });
            parameters.add(new ParameterState(block.name(), tensors, step, rule));
        }
        List<String> others = file.tensors().keySet().stream()
                .filter(name -> name.startsWith("state.") && !ROLES.containsKey(name))
                .toList();
        if (!others.isEmpty()) {
            remarks.add("states that are not looked at: " + String.join(", ", others));
        }
        return new OptimizerState(file.path().toString(), parameters, remarks);
    }
}
