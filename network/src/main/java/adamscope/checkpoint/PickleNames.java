package adamscope.checkpoint;

import adamscope.checkpoint.Value.Built;
import adamscope.checkpoint.Value.Entries;
import adamscope.checkpoint.Value.Items;
import adamscope.checkpoint.Value.PickledName;
import adamscope.tensor.NumberFormat;
import adamscope.text.Foreign;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The names that a pickle may use, and what each makes here; all others are refused.
///
/// None of them runs foreign code: tensors, plain containers, and types of which only the fields are kept.
final class PickleNames {
    private static final int MOST_DIMENSIONS = 64;
    private static final int LONGEST_NUMBER = 16;
    private static final String REBUILD = "torch._utils._rebuild_";
    private static final String TYPED = "torch._tensor._rebuild_from_type_v2";
    private static final String LAYOUT = "torch.serialization._get_layout";
    private static final String SCALAR = "multiarray.scalar";
    private static final String ENCODE = "_codecs.encode";

    private static final Map<String, NumberFormat> STORAGES = Map.ofEntries(
            Map.entry("torch.DoubleStorage", NumberFormat.F64),
            Map.entry("torch.FloatStorage", NumberFormat.F32),
            Map.entry("torch.HalfStorage", NumberFormat.F16),
            Map.entry("torch.BFloat16Storage", NumberFormat.BF16),
            Map.entry("torch.LongStorage", NumberFormat.I64),
            Map.entry("torch.IntStorage", NumberFormat.I32),
            Map.entry("torch.ShortStorage", NumberFormat.I16),
            Map.entry("torch.CharStorage", NumberFormat.I8),
            Map.entry("torch.ByteStorage", NumberFormat.U8),
            Map.entry("torch.BoolStorage", NumberFormat.BOOL),
            Map.entry("torch.UntypedStorage", NumberFormat.U8),
            Map.entry("torch.storage.UntypedStorage", NumberFormat.U8),
            Map.entry("torch.storage._UntypedStorage", NumberFormat.U8));

    private static final Map<String, NumberFormat> TYPES = Map.ofEntries(
            Map.entry("torch.float64", NumberFormat.F64),
            Map.entry("torch.float32", NumberFormat.F32),
            Map.entry("torch.float16", NumberFormat.F16),
            Map.entry("torch.bfloat16", NumberFormat.BF16),
            Map.entry("torch.float8_e4m3fn", NumberFormat.F8_E4M3),
            Map.entry("torch.float8_e5m2", NumberFormat.F8_E5M2),
            Map.entry("torch.int64", NumberFormat.I64),
            Map.entry("torch.int32", NumberFormat.I32),
            Map.entry("torch.int16", NumberFormat.I16),
            Map.entry("torch.int8", NumberFormat.I8),
            Map.entry("torch.uint64", NumberFormat.U64),
            Map.entry("torch.uint32", NumberFormat.U32),
            Map.entry("torch.uint16", NumberFormat.U16),
            Map.entry("torch.uint8", NumberFormat.U8),
            Map.entry("torch.bool", NumberFormat.BOOL));

    /// Storages and types whose numbers are not read here; a tensor of them is told by name.
    private static final Set<String> UNREAD = Set.of("""
        torch.ComplexFloatStorage torch.ComplexDoubleStorage torch.complex32 torch.complex64
        torch.complex128 torch.float8_e4m3fnuz torch.float8_e5m2fnuz torch.float8_e8m0fnu
        torch.float4_e2m1fn_x2\
        """.split("\\s+"));

    private static final Set<String> ORDERED = Set.of("""
        collections.OrderedDict collections.defaultdict collections.Counter
        lightning.fabric.utilities.data.AttributeDict lightning_fabric.utilities.data.AttributeDict
        lightning.pytorch.utilities.parsing.AttributeDict pytorch_lightning.utilities.parsing.AttributeDict
        builtins.dict __builtin__.dict\
        """.split("\\s+"));

    private static final Set<String> LISTS = Set.of("""
        torch.Size builtins.list builtins.tuple builtins.set builtins.frozenset __builtin__.list
        __builtin__.tuple __builtin__.set __builtin__.frozenset\
        """.split("\\s+"));

    private static final String DISTRIBUTED = "torch.distributed.checkpoint.";

    /// Types of which only the fields are kept.
    private static final Set<String> INERT = Set.of(
            "argparse.Namespace",
            "types.SimpleNamespace",
            "torch.device",
            "torch.Tensor",
            "torch.nn.parameter.Parameter",
            "torch.nn.parameter.Buffer",
            "torch.strided",
            "torch.contiguous_format",
            "torch.preserve_format",
            "builtins.bytearray",
            "builtins.complex",
            "builtins.int",
            "builtins.float",
            "builtins.str",
            "builtins.bool",
            "numpy.dtype",
            "numpy.ndarray",
            "numpy.core.multiarray._reconstruct",
            "numpy._core.multiarray._reconstruct",
            "datetime.datetime",
            "datetime.timedelta",
            "pathlib.Path",
            "pathlib.PosixPath",
            "pathlib.PurePosixPath",
            "pathlib.WindowsPath",
            "pathlib._local.PosixPath",
            "pathlib._local.WindowsPath",
            DISTRIBUTED + "metadata.Metadata",
            DISTRIBUTED + "metadata.MetadataIndex",
            DISTRIBUTED + "metadata.TensorStorageMetadata",
            DISTRIBUTED + "metadata.BytesStorageMetadata",
            DISTRIBUTED + "metadata.ChunkStorageMetadata",
            DISTRIBUTED + "metadata.TensorProperties",
            DISTRIBUTED + "metadata.StorageMeta",
            DISTRIBUTED + "metadata._MEM_FORMAT_ENCODING",
            DISTRIBUTED + "filesystem._StorageInfo",
            "torch.distributed._shard.sharded_tensor.metadata.TensorProperties",
            "torch.distributed._shard.sharded_tensor.metadata.MEM_FORMAT_ENCODING");

    private static final Set<String> FUNCTIONS = Set.of(
            REBUILD + "tensor",
            REBUILD + "tensor_v2",
            REBUILD + "tensor_v3",
            REBUILD + "parameter",
            REBUILD + "parameter_with_state",
            TYPED,
            LAYOUT,
            ENCODE,
            "numpy.core." + SCALAR,
            "numpy._core." + SCALAR);

    private PickleNames() {}

    /// @throws IllegalArgumentException if the name is not allowed
    static PickledName named(String name) {
        boolean allowed = Stream.of(UNREAD, ORDERED, LISTS, INERT, FUNCTIONS).anyMatch(names -> names.contains(name))
                || STORAGES.containsKey(name)
                || TYPES.containsKey(name);
        if (!allowed) {
            throw new IllegalArgumentException("names " + Foreign.line(name)
                    + ", which is not read here: a name in a pickle is code that Python would run. Allowed are"
                    + " tensors, numbers, texts, lists and dictionaries; save those alone (state_dict() of"
                    + " model and optimizer)");
        }
        return new PickledName(name);
    }

    /// The text of a value that must be one.
    static String text(Value value) {
        return value.asText().orElseThrow(() -> new IllegalArgumentException("has a name that is no text"));
    }

    /// What calling an allowed name makes.
    static Value call(Value function, List<Value> arguments) {
        if (!(function instanceof PickledName(String name))) {
            throw new IllegalArgumentException("calls what is no name");
        }
        if (name.startsWith(REBUILD)) {
            return rebuilt(name, arguments);
        }
        if (name.equals(TYPED)) {
            return call(argument(arguments, 0), list(argument(arguments, 2)));
        }
        if (name.equals(LAYOUT)) {
            return argument(arguments, 0);
        }
        if (name.equals(ENCODE)) {
            return encoded(text(argument(arguments, 0)));
        }
        if (name.endsWith(SCALAR)) {
            return scalar(argument(arguments, 0), argument(arguments, 1));
        }
        return made(function, arguments);
    }

    /// What an object of an allowed type is here.
    static Value made(Value type, List<Value> arguments) {
        if (!(type instanceof PickledName(String name)) || FUNCTIONS.contains(name)) {
            throw new IllegalArgumentException("makes an object of what is no type");
        }
        if (ORDERED.contains(name)) {
            return dictionary(name, arguments);
        }
        if (LISTS.contains(name)) {
            return arguments.isEmpty() ? new Items(new ArrayList<>(0)) : shared(arguments.getFirst(), Items.class);
        }
        return new Built(name, arguments);
    }

    private static Value dictionary(String name, List<Value> arguments) {
        return arguments.isEmpty() || name.endsWith("defaultdict")
                ? new Entries()
                : shared(arguments.getFirst(), Entries.class);
    }

    /// Containers made of others share what is in them: copies of copies would fill any memory.
    private static <V extends Value> Value shared(Value value, Class<V> type) {
        if (type.isInstance(value)) {
            return value;
        }
        throw new IllegalArgumentException("makes a list or dictionary of what is none");
    }

    /// Gives an object its state. The fields of containers, such as the `_metadata` of a `state_dict`, are dropped.
    static void build(Value object, Value state) {
        if (object instanceof Built made) {
            made.state(state);
        }
    }

    /// The storage of a persistent id: `('storage', type, key, device, numbers)`.
    static Storage storage(List<Value> id) {
        if (!text(argument(id, 0)).equals("storage") || !(argument(id, 1) instanceof PickledName(String type))) {
            throw new IllegalArgumentException("has a reference that is no storage of tensors");
        }
        if (!STORAGES.containsKey(type) && !UNREAD.contains(type)) {
            throw new IllegalArgumentException("has a storage of type " + Foreign.line(type));
        }
        if (id.size() > 5 && !(id.get(5) instanceof Value.Nothing)) {
            throw new IllegalArgumentException("has a storage that is a view of another (PyTorch before 0.4)");
        }
        long count = whole(argument(id, 4));
        if (count < 0) {
            throw new IllegalArgumentException("has a storage of " + count + " numbers");
        }
        return new Storage(text(argument(id, 2)), Optional.ofNullable(STORAGES.get(type)), count);
    }

    /// How numbers of a `torch.dtype` are stored.
    static Optional<NumberFormat> format(Value type) {
        return type instanceof PickledName(String name) ? Optional.ofNullable(TYPES.get(name)) : Optional.empty();
    }

    private static Value rebuilt(String name, List<Value> arguments) {
        if (name.startsWith(REBUILD + "parameter")) {
            return argument(arguments, 0);
        }
        if (!(argument(arguments, 0) instanceof Storage storage)) {
            throw new IllegalArgumentException("makes a tensor of what is no storage");
        }
        Optional<NumberFormat> format = name.endsWith("v3") ? format(argument(arguments, 6)) : storage.format();
        if (format.isEmpty()) {
            return new Built("a tensor of a type that is not read", List.of());
        }
        List<Long> shape = wholes(argument(arguments, 2));
        return Views.of(storage, format.get(), whole(argument(arguments, 1)), shape, wholes(argument(arguments, 3)));
    }

    private static Value scalar(Value type, Value content) {
        if (type instanceof Built made
                && made.name().equals("numpy.dtype")
                && content instanceof Value.Bytes bytes
                && !made.arguments().isEmpty()) {
            Optional<NumberFormat> format =
                    NumberFormat.ofNumPy(text(made.arguments().getFirst()));
            if (format.isPresent() && format.get().bytes() == bytes.bytes().length) {
                return new Value.Number(format.get().number(MemorySegment.ofArray(bytes.bytes()), 0));
            }
        }
        return new Built("numpy scalar", List.of());
    }

    /// Bytes of numbers, as protocol 2 has them; long ones are nobody's number.
    private static Value encoded(String text) {
        return text.length() > LONGEST_NUMBER
                ? new Built(ENCODE, List.of())
                : new Value.Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static List<Value> list(Value value) {
        if (value instanceof Items items) {
            return items.items();
        }
        throw new IllegalArgumentException("has no list where one belongs");
    }

    static Value argument(List<Value> arguments, int place) {
        if (place >= arguments.size()) {
            throw new IllegalArgumentException("gives " + arguments.size() + " arguments to what takes more");
        }
        return arguments.get(place);
    }

    static long whole(Value value) {
        if (value instanceof Value.Number(double number)
                && number == Math.rint(number)
                && Math.abs(number) < 1L << 53) {
            return (long) number;
        }
        throw new IllegalArgumentException("has no whole number where one belongs");
    }

    static List<Long> wholes(Value value) {
        if (list(value).size() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("has a tensor of " + list(value).size() + " dimensions");
        }
        return list(value).stream().map(PickleNames::whole).toList();
    }
}
