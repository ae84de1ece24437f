package adamscope.inspection;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The parameters and optimizer states of a checkpoint.
///
/// @param source     the file or folder
/// @param parameters in the order of the file
/// @param remarks    what was assumed, and what of the file could not be read or used
public record OptimizerState(String source, List<ParameterState> parameters, List<String> remarks) {
    public OptimizerState {
        parameters = List.copyOf(parameters);
        remarks = List.copyOf(remarks);
    }

    Map<String, ParameterState> byName() {
        return parameters.stream().collect(Collectors.toMap(ParameterState::name, Function.identity(), (a, _) -> a));
    }

    /// How many tensors are looked at.
    public long tensors() {
        return parameters.stream().mapToLong(each -> each.tensors().size()).sum();
    }

    /// How many numbers are looked at.
    public long numbers() {
        return parameters.stream()
                .flatMap(each -> each.tensors().values().stream())
                .mapToLong(TensorNumbers::count)
                .sum();
    }
}
