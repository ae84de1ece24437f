package adamscope.model;

import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Running means and variances of batch normalisations, by name; changed in place.
public record RunningStatistics(Map<String, Tensor> tensors) {
    /// Of a network without any.
    public static final RunningStatistics NONE = new RunningStatistics(Map.of());

    static final String MEAN = "running_mean";
    static final String VARIANCE = "running_var";
    private static final String SCALE = " scale";

    public RunningStatistics {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /// Means 0 and variances 1 for each normalisation among the parameters.
    static RunningStatistics before(List<Block> blocks, Place place) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Block block : blocks) {
            if (block.name().endsWith(SCALE)) {
                String norm = norm(block);
                tensors.put(norm + " " + MEAN, place.zeros(block.size()));
                tensors.put(norm + " " + VARIANCE, place.zeros(block.size()).fill_(place.number(1)));
            }
        }
        return new RunningStatistics(tensors);
    }

    /// The normalisation that this block scales.
    static String norm(Block scale) {
        return scale.name().substring(0, scale.name().length() - SCALE.length());
    }

    /// Whether PyTorch's batch normalisations keep something of that name.
    static boolean isNameInPyTorch(String buffer) {
        return Set.of(MEAN, VARIANCE, "num_batches_tracked").contains(buffer.substring(buffer.lastIndexOf('.') + 1));
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return tensors.isEmpty();
    }

    /// Their numbers in tensors of their own.
    public RunningStatistics copy() {
        return mapped(Tensor::clone);
    }

    /// In the caller's scope.
    RunningStatistics mapped(UnaryOperator<Tensor> change) {
        PointerScope outer = PointerScope.getInnerScope();
        Map<String, Tensor> mapped = new LinkedHashMap<>();
        try (PointerScope _ = new PointerScope()) {
            tensors.forEach((name, tensor) -> mapped.put(name, Scopes.kept(outer, change.apply(tensor))));
        }
        return new RunningStatistics(mapped);
    }

    /// Takes the numbers of others of the same names.
    public void set(RunningStatistics others) {
        tensors.forEach((name, tensor) -> tensor.copy_(others.tensors().get(name)));
    }
}
