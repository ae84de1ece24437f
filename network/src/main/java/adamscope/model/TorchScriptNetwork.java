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
/// training or evaluation, in which it was saved.
///
/// It belongs to the scope in which it was loaded.
public final class TorchScriptNetwork implements Network {
    private final Path file;
    private final JitModule module;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, Tensor> frozen = new LinkedHashMap<>();
    private boolean separable = true;

    /// A parameter: the part of the module that holds it, its name there, its whole name, what the file holds, and
    /// which
    /// block it is.
    private record Parameter(JitModule owner, String name, String whole, Tensor stored, int block) {
        /// Whether both are the same numbers in memory.
        boolean tied(Tensor other) {
            return stored.data_ptr().address() == other.data_ptr().address()
                    && stored.numel() > 0
                    && shape(stored).equals(shape(other));
        }
    }

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
                int dot = name.lastIndexOf('.');
                add(owners.get(dot < 0 ? "" : name.substring(0, dot)), name, stored);
            } else {
                frozen.put(name, stored);
            }
        }
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException(file + " has no parameters");
        }
        var buffers = module.named_buffers();
        var buffer = buffers.begin();
        for (long i = 0; i < buffers.size(); i++, buffer.increment()) {
            separable &= !text(buffer.access().name()).endsWith("running_mean");
        }
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
        return separable;
    }

    @Override
    public Tensor output(Tensor theta, Tensor inputs) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            // Buffers too take device and precision of θ.
            module.to(theta.device(), theta.scalar_type(), false);
            try {
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
                // toTensor points into the value, which this scope frees.
                return Scopes.kept(outer, new Tensor(output.toTensor()));
            } finally {
                parameters.forEach(parameter -> set(parameter, parameter.stored()));
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
