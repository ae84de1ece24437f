package adamscope.exchange;

import adamscope.data.Safetensors;
import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.StateVariable;
import adamscope.rule.TunedSchedule;
import adamscope.tensor.Block;
import adamscope.training.Checkpoint;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// Parameters and optimizer state of a run in PyTorch's names, for a safetensors file.
///
/// Parameter `NAME` of the model is the tensor `NAME`; its states are `NAME.exp_avg`, `NAME.exp_avg_sq` and
/// `NAME.max_exp_avg_sq`, of RMSprop `NAME.square_avg`, of SGD `NAME.momentum_buffer`; running means and variances of
/// batch normalisations are there too. Metadata: `step`, `optimizer`,
/// `amsgrad`, `nesterov`, `lr`, `beta1`, `beta2`, `alpha`, `momentum`, `eps`, `weight_decay`, the `loss` at these
/// parameters, and where there are several `groups`, a JSON list of what each has otherwise, with its `parameters`.
/// `python/adamscope_export.py` writes and reads it.
public final class PyTorchState {
    private static final String FORMAT = "adamscope-pytorch-1";
    private static final JsonMapper JSON = new JsonMapper();

    private PyTorchState() {}

    /// A checkpoint in PyTorch's names.
    public static Safetensors of(Checkpoint checkpoint, List<Block> blocks, TunedSchedule tuned) {
        OptimizerRule rule = tuned.rule();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Block block : blocks) {
            tensors.put(block.name(), part(block, checkpoint.theta()));
            for (StateVariable state : rule.states()) {
                tensors.put(
                        block.name() + "." + StateNames.inPyTorch(rule, state.name()),
                        part(block, checkpoint.states().get(state.name())));
            }
        }
        tensors.putAll(checkpoint.running());
        List<Map<String, Double>> hyper = tuned.allAt(Math.max(1, checkpoint.step()));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("rule", rule.name());
        metadata.put("step", Long.toString(checkpoint.step()));
        metadata.put("loss", Double.toString(checkpoint.loss()));
        metadata.putAll(PyTorchOptimizer.metadata(rule, hyper.getFirst()));
        if (!tuned.groups().isEmpty()) {
            metadata.put("groups", groups(blocks, tuned, hyper).toString());
        }
        return new Safetensors(tensors, metadata);
    }

    private static ArrayNode groups(List<Block> blocks, TunedSchedule tuned, List<Map<String, Double>> hyper) {
        List<String> left = new ArrayList<>(blocks.stream().map(Block::name).toList());
        tuned.groups().forEach(group -> left.removeAll(group.parameters()));
        ArrayNode groups = JSON.createArrayNode();
        for (int group = 0; group < hyper.size(); group++) {
            List<String> parameters =
                    group == 0 ? left : tuned.groups().get(group - 1).parameters();
            ObjectNode node = groups.addObject();
            parameters.forEach(node.putArray("parameters")::add);
            PyTorchOptimizer.metadata(tuned.rule(), hyper.get(group)).forEach(node::put);
        }
        return groups;
    }

    private static Tensor part(Block block, Tensor flat) {
        long[] shape = block.shape().stream().mapToLong(Long::longValue).toArray();
        return flat.narrow(0, block.offset(), block.size()).view(shape);
    }
}
