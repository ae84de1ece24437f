package adamscope.model;

import adamscope.tensor.Block;
import adamscope.tensor.LibTorch;
import adamscope.tensor.Place;
import adamscope.tensor.Scopes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A module that PyTorch saved as TorchScript (`torch.jit.script(model).save(FILE)`), as a function of θ.
///
/// θ holds its parameters in the order of the module, tied ones once; for the time of a call they are replaced by views
/// of θ, so that gradients reach θ, twice if wanted. Parameters that were saved with `requires_grad=False` are frozen:
/// they stay as they are and are no part of θ. θ₀ is what the file holds, whatever the seed. The module is in the mode,
/// training or evaluation, in which it was saved; [#evaluated] is in evaluation mode.
///
/// It belongs to the scope in which it was loaded.
public final class TorchScriptNetwork implements NormalisedNetwork {
    private static final String TRAINING = "training";

    private final Path file;
    private final JitModule module;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, Tensor> frozen = new LinkedHashMap<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final List<JitModule> training = new ArrayList<>();

    /// A parameter: the part of the module that holds it, its name there, its whole name, what the file holds, and
    /// which block it is.
    private record Parameter(JitModule owner, String name, String whole, Tensor stored, int block) {
        /// Whether both are the same numbers in memory.
        boolean tied(Tensor other) {
            return stored.data_ptr().address() == other.data_ptr().address()
                    && stored.numel() > 0
                    && shape(stored).equals(shape(other));
        }
    }

    /// A running mean or variance, or the count of batches in them.
    private record Buffer(JitModule owner, String name, String whole, Tensor stored) {}

    private TorchScriptNetwork(Path file, JitModule module) {
        this.file = file;
        this.module = module;
    }

    /// Loads a module.
    ///
    /// @throws IllegalArgumentException if the file is missing, no TorchScript, or has operators that reach files
    public static TorchScriptNetwork load(Path file) {
        TorchScriptArchive.check(file);
        LibTorch.require();
        // Graphs that the fuser rewrote differ in their last bits from run to run and do not all differentiate twice.
        torch.setGraphExecutorOptimize(false);
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            JitModule module = torch.load(file.toString());
            keep(outer, module);
            TorchScriptNetwork network = new TorchScriptNetwork(file, module);
            network.find(outer);
            return network;
        } catch (RuntimeException e) {
            if (e instanceof IllegalArgumentException) {
                throw e;
            }
            throw new IllegalArgumentException(
                    file + " is no TorchScript that this libtorch reads: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static void keep(PointerScope outer, org.bytedeco.javacpp.Pointer pointer) {
        if (outer == null) {
            pointer.retainReference();
        } else {
            outer.attach(pointer);
        }
    }

    private void find(PointerScope outer) {
        Map<String, JitModule> owners = new LinkedHashMap<>();
        owners.put("", module);
        var modules = module.named_modules();
        var part = modules.begin();
        for (long i = 0; i < modules.size(); i++, part.increment()) {
            String name = text(part.access().name());
            if (!name.isEmpty()) {
                JitModule owner = new JitModule(part.access().value());
                keep(outer, owner);
                owners.put(name, owner);
            }
        }
        owners.values().stream().filter(TorchScriptNetwork::trains).forEach(training::add);
        var named = module.named_parameters();
        boolean trained = false;
        var any = named.begin();
        for (long i = 0; i < named.size(); i++, any.increment()) {
            trained |= any.access().value().requires_grad();
        }
        var parameter = named.begin();
        for (long i = 0; i < named.size(); i++, parameter.increment()) {
            String name = text(parameter.access().name());
            boolean moves = !trained || parameter.access().value().requires_grad();
            Tensor stored = Scopes.kept(outer, parameter.access().value().detach());
            if (moves) {
                add(owner(owners, name), name, stored);
            } else {
                frozen.put(name, stored);
            }
        }
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException(file + " has no parameters");
        }
        var all = module.named_buffers();
        var buffer = all.begin();
        for (long i = 0; i < all.size(); i++, buffer.increment()) {
            String name = text(buffer.access().name());
            if (RunningStatistics.isNameInPyTorch(name)) {
                Tensor stored = Scopes.kept(outer, buffer.access().value().clone());
                buffers.add(new Buffer(owner(owners, name), name.substring(name.lastIndexOf('.') + 1), name, stored));
            }
        }
    }

    private static JitModule owner(Map<String, JitModule> owners, String name) {
        int dot = name.lastIndexOf('.');
        return owners.get(dot < 0 ? "" : name.substring(0, dot));
    }

    private static boolean trains(JitModule part) {
        return part.hasattr(TRAINING) && part.attr(TRAINING).toBool();
    }

    private void add(JitModule owner, String name, Tensor stored) {
        int block = parameters.stream()
                .filter(known -> known.tied(stored))
                .findFirst()
                .map(Parameter::block)
                .orElse(blocks.size());
        parameters.add(new Parameter(owner, name.substring(name.lastIndexOf('.') + 1), name, stored, block));
        if (block == blocks.size()) {
            long offset = blocks.isEmpty()
                    ? 0
                    : blocks.getLast().offset() + blocks.getLast().size();
            blocks.add(new Block(name, offset, shape(stored)));
        }
    }

    /// The parameters that are no part of θ, by name.
    public Map<String, Tensor> frozen() {
        return Collections.unmodifiableMap(frozen);
    }

    /// The names of a block: more than one where parameters are tied.
    public List<String> names(Block block) {
        return parameters.stream()
                .filter(parameter -> blocks.get(parameter.block()) == block)
                .map(Parameter::whole)
                .toList();
    }

    /// JavaCPP gives an empty text as null.
    private static String text(BytePointer text) {
        return text == null ? "" : text.getString();
    }

    private static List<Long> shape(Tensor tensor) {
        List<Long> shape = new ArrayList<>();
        for (long axis = 0; axis < tensor.dim(); axis++) {
            shape.add(tensor.size(axis));
        }
        return shape;
    }

    @Override
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    @Override
    public Tensor initial(long seed, Place place) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            TensorVector flat = new TensorVector();
            for (Parameter parameter : parameters) {
                if (parameter.block() == flat.size()) {
                    flat.push_back(place.moved(parameter.stored().flatten()));
                }
            }
            return Scopes.kept(outer, torch.cat(flat, 0));
        }
    }

    /// False if the module has running means: with batch normalisation a sample's output depends on its batch.
    @Override
    public boolean separable() {
        return buffers.isEmpty();
    }

    @Override
    public RunningStatistics statistics(Place place) {
        Map<String, Tensor> stored = new LinkedHashMap<>();
        buffers.forEach(buffer -> stored.put(buffer.whole(), buffer.stored()));
        return new RunningStatistics(stored)
                .mapped(tensor -> place.moved(tensor).clone());
    }

    /// Whether passes move the statistic of that name, and use those of the batch: its part is in training mode.
    public boolean moves(String statistic) {
        return buffers.stream().anyMatch(buffer -> buffer.whole().equals(statistic) && trains(buffer.owner()));
    }

    /// In evaluation mode, also where it has no normalisation (dropout).
    @Override
    public Network evaluated(RunningStatistics statistics) {
        return new Pass(this, new Normalising.ByRunning(statistics));
    }

    @Override
    public Tensor output(Tensor theta, Tensor inputs, Normalising how) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            // Buffers too take device and precision of θ.
            module.to(theta.device(), theta.scalar_type(), false);
            try {
                begin(how);
                for (Parameter parameter : parameters) {
                    Block block = blocks.get(parameter.block());
                    long[] shape =
                            block.shape().stream().mapToLong(Long::longValue).toArray();
                    set(parameter, theta.narrow(0, block.offset(), block.size()).view(shape));
                }
                IValue output = module.forward(new IValueVector(new IValue(inputs)));
                if (!output.isTensor()) {
                    throw new IllegalArgumentException(file + ": forward(inputs) must return one tensor");
                }
                end(how);
                // toTensor points into the value, which this scope frees.
                return Scopes.kept(outer, new Tensor(output.toTensor()));
            } finally {
                parameters.forEach(parameter -> set(parameter, parameter.stored()));
                buffers.forEach(buffer -> set(buffer, buffer.stored().clone()));
                training.forEach(part -> part.setattr(TRAINING, new IValue(true)));
            }
        } catch (RuntimeException e) {
            if (e instanceof IllegalArgumentException) {
                throw e;
            }
            throw new IllegalArgumentException(
                    file + ": forward fails on inputs of shape " + shape(inputs) + ": "
                            + reason(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private void begin(Normalising how) {
        switch (how) {
            case Normalising.ByBatch _ -> {}
            case Normalising.Moving(var moved) ->
                buffers.forEach(buffer -> set(buffer, moved.tensors().get(buffer.whole())));
            case Normalising.ByRunning(var running) -> {
                // copies: a traced module may move them in any mode
                buffers.forEach(buffer ->
                        set(buffer, running.tensors().get(buffer.whole()).clone()));
                training.forEach(part -> part.setattr(TRAINING, new IValue(false)));
            }
        }
    }

    /// What the module moved may be another tensor than it was given.
    private void end(Normalising how) {
        if (how instanceof Normalising.Moving(var moved)) {
            for (Buffer buffer : buffers) {
                Tensor given = moved.tensors().get(buffer.whole());
                Tensor left = buffer.owner().attr(buffer.name()).toTensor();
                // a copy of itself would count as a change of what the backward pass needs
                if (left.data_ptr().address() != given.data_ptr().address()) {
                    given.copy_(left);
                }
            }
        }
    }

    private static void set(Buffer buffer, Tensor value) {
        buffer.owner().setattr(buffer.name(), new IValue(value));
    }

    /// The last line of TorchScript's traceback, which says what went wrong.
    private static String reason(String message) {
        return message.lines()
                .filter(line -> line.startsWith("RuntimeError") || line.contains("Error: "))
                .reduce((_, last) -> last)
                .orElse(message.lines().findFirst().orElse(""));
    }

    private static void set(Parameter parameter, Tensor value) {
        parameter.owner().setattr(parameter.name(), new IValue(value));
    }
}
