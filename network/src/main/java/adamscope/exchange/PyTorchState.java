package adamscope.exchange;

import adamscope.data.Safetensors;
import adamscope.formula.Evaluation;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import adamscope.optimizer.ClockedRule;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import adamscope.tensor.Scopes;
import adamscope.training.Checkpoint;
import adamscope.training.TensorRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Parameters and optimizer state of a run in PyTorch's names, in a safetensors file.
///
/// Parameter `NAME` of the model is the tensor `NAME`; its states are `NAME.exp_avg`, `NAME.exp_avg_sq` and
/// `NAME.max_exp_avg_sq`, of RMSprop `NAME.square_avg`, of SGD `NAME.momentum_buffer`; the number of steps is
/// `NAME.step`
/// or the metadata `step`. Other metadata: `optimizer`, `amsgrad`, `nesterov`, `lr`, `beta1`, `beta2`, `alpha`,
/// `momentum`, `eps`, `weight_decay` and the `loss` at these parameters.
/// `python/adamscope_export.py` writes and reads it.
///
/// @param file names it in errors
public record PyTorchState(Path file, Safetensors content) {
    private static final String STEP = "step";
    private static final String LOSS = "loss";
    private static final String FORMAT = "adamscope-pytorch-1";

    /// Reads a file; its tensors belong to the caller's scope.
    ///
    /// @throws IllegalArgumentException if it is missing, damaged or a pickle
    public static PyTorchState read(Path file) {
        return new PyTorchState(file, Safetensors.read(file));
    }

    /// The optimizer as a rule.
    ///
    /// @throws IllegalArgumentException if no rule does the same
    public PyTorchOptimizer optimizer() {
        return PyTorchOptimizer.of(content.metadata(), file.toString());
    }

    /// The loss that PyTorch found at these parameters, if the file says so.
    public OptionalDouble loss() {
        return content.metadata().containsKey(LOSS)
                ? OptionalDouble.of(PyTorchOptimizer.number(content.metadata(), LOSS, file.toString()))
                : OptionalDouble.empty();
    }

    /// Double precision if a tensor of the file has it, single otherwise.
    public Precision precision() {
        boolean doubles = content.tensors().values().stream()
                .anyMatch(tensor ->
                        tensor.is_floating_point() && tensor.dim() > 0 && tensor.element_size() == Double.BYTES);
        return doubles ? Precision.FLOAT64 : Precision.FLOAT32;
    }

    /// How many steps were made.
    ///
    /// @throws IllegalArgumentException if the file does not say, or differently for different parameters
    public long step() {
        Set<Double> steps = new HashSet<>();
        if (content.metadata().containsKey(STEP)) {
            steps.add(PyTorchOptimizer.number(content.metadata(), STEP, file.toString()));
        }
        content.tensors().forEach((name, tensor) -> {
            if (name.endsWith("." + STEP) && tensor.numel() == 1) {
                steps.add(Place.numbers(tensor)[0]);
            }
        });
        double step = steps.size() == 1 ? steps.iterator().next() : Double.NaN;
        if (!(step >= 0 && step == Math.rint(step) && step <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(file + ": the number of steps is " + steps
                    + ", expected one whole number, as metadata 'step' or as NAME.step of every parameter");
        }
        return (long) step;
    }

    /// θ, states and clock as a training goes on with them.
    ///
    /// @param blocks the parameters of the model, whose names are those of the file
    /// @param hyper  every hyper-parameter of the rule
    /// @param loss   at these parameters
    /// @throws IllegalArgumentException if a tensor is missing or has another shape
    public Checkpoint checkpoint(List<Block> blocks, OptimizerRule rule, Map<String, Double> hyper, double loss) {
        long step = step();
        Map<String, Tensor> states = new LinkedHashMap<>();
        for (StateVariable state : rule.states()) {
            String suffix = "." + StateNames.inPyTorch(rule, state.name());
            states.put(state.name(), step == 0 ? Place.CPU_FLOAT64.zeros(size(blocks)) : flat(blocks, suffix));
        }
        Map<String, Double> powers = new LinkedHashMap<>();
        Map<String, Double> bases = new LinkedHashMap<>();
        ClockedRule.of(rule).powers().forEach(power -> {
            double base = Evaluation.value(power.base(), hyper::get);
            powers.put(power.name(), StrictMath.pow(base, (double) step));
            if (step > 0) {
                bases.put(power.name(), base);
            }
        });
        return new Checkpoint(new TensorRule.Clock(step, powers, bases), loss, theta(blocks), states, Map.of());
    }

    /// The loss over all samples at these parameters.
    public double lossOf(BatchLoss loss) {
        try (PointerScope _ = new PointerScope()) {
            Tensor theta = loss.place().moved(theta(loss.blocks()));
            return loss.mean(theta, Batch.all(loss)).item_double();
        }
    }

    /// The parameters as one flat vector.
    ///
    /// @throws IllegalArgumentException if one is missing or has another shape
    public Tensor theta(List<Block> blocks) {
        return flat(blocks, "");
    }

    private static long size(List<Block> blocks) {
        return blocks.getLast().offset() + blocks.getLast().size();
    }

    private Tensor flat(List<Block> blocks, String suffix) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            TensorVector parts = new TensorVector();
            for (Block block : blocks) {
                Tensor tensor = content.tensors().get(block.name() + suffix);
                if (tensor == null) {
                    throw new IllegalArgumentException(file + " has no tensor '" + block.name() + suffix
                            + "', which the model or its optimizer needs; it has "
                            + content.tensors().keySet());
                }
                if (!shape(tensor).equals(block.shape())) {
                    throw new IllegalArgumentException(file + ": tensor '" + block.name() + suffix + "' has the shape "
                            + shape(tensor) + ", expected " + block.shape() + " as the model has it");
                }
                parts.push_back(tensor.flatten());
            }
            return Scopes.kept(outer, torch.cat(parts, 0));
        }
    }

    private static List<Long> shape(Tensor tensor) {
        List<Long> shape = new ArrayList<>();
        for (long axis = 0; axis < tensor.dim(); axis++) {
            shape.add(tensor.size(axis));
        }
        return shape;
    }

    /// A checkpoint in PyTorch's names.
    ///
    /// @param hyper every hyper-parameter of the rule
    /// @param file      where it is going to be written
    public static PyTorchState of(
            Checkpoint checkpoint, List<Block> blocks, OptimizerRule rule, Map<String, Double> hyper, Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Block block : blocks) {
            tensors.put(block.name(), part(block, checkpoint.theta()));
            for (StateVariable state : rule.states()) {
                tensors.put(
                        block.name() + "." + StateNames.inPyTorch(rule, state.name()),
                        part(block, checkpoint.states().get(state.name())));
            }
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("rule", rule.name());
        metadata.put(STEP, Long.toString(checkpoint.step()));
        metadata.put(LOSS, Double.toString(checkpoint.loss()));
        metadata.putAll(PyTorchOptimizer.metadata(rule, hyper));
        return new PyTorchState(file, new Safetensors(tensors, metadata));
    }

    private static Tensor part(Block block, Tensor flat) {
        long[] shape = block.shape().stream().mapToLong(Long::longValue).toArray();
        return flat.narrow(0, block.offset(), block.size()).view(shape);
    }
}
