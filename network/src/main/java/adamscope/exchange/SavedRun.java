package adamscope.exchange;

import adamscope.checkpoint.CheckpointFiles;
import adamscope.checkpoint.StoredTensor;
import adamscope.checkpoint.Value;
import adamscope.data.TensorBytes;
import adamscope.formula.PlainText;
import adamscope.model.TorchScriptNetwork;
import adamscope.tensor.Block;
import adamscope.tensor.NumberFormat;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/// A run of PyTorch in a checkpoint, its tensors found for the parameters of a model.
///
/// It may be read as long as its files are open.
public final class SavedRun {
    private static final List<String> AVERAGES = List.of(".ema", "ema.", "swa", "best", "shadow");

    private final String source;
    private final TorchScriptNetwork network;
    private final SavedNames names;
    private final Map<Block, StoredTensor> parameters = new HashMap<>();
    private final Map<Block, Map<String, Value>> states = new HashMap<>();
    private final Map<String, StoredTensor> running = new HashMap<>();
    private final List<List<Block>> groups = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private SavedRun(String source, TorchScriptNetwork network, SavedNames names) {
        this.source = source;
        this.network = network;
        this.names = names;
    }

    /// Finds a model's run in some files.
    ///
    /// @param source names the files in errors
    /// @param order  names of the parameters in the order of the optimizer; empty where the files must do
    /// @throws IllegalArgumentException if something is missing, or fits in more than one way
    public static SavedRun of(CheckpointFiles files, String source, TorchScriptNetwork network, List<String> order) {
        SavedRun run = new SavedRun(source, network, SavedNames.of(files, source));
        run.findParameters();
        run.findStates(order);
        return run;
    }

    String source() {
        return source;
    }

    SavedNames names() {
        return names;
    }

    List<Block> blocks() {
        return network.blocks();
    }

    /// The parameters of each group; one group of all where the file knows no groups.
    List<List<Block>> groups() {
        return groups;
    }

    Map<String, Value> states(Block block) {
        return states.getOrDefault(block, Map.of());
    }

    List<String> said() {
        return said;
    }

    /// What the optimizer keeps of its parameters.
    Set<String> kept() {
        Set<String> kept = new LinkedHashSet<>();
        states.values().forEach(state -> kept.addAll(state.keySet()));
        return kept;
    }

    /// Double precision if a tensor has it, single otherwise.
    public static Precision precision(CheckpointFiles files) {
        boolean doubles = files.tensors().values().stream()
                .anyMatch(tensor ->
                        tensor.format() == NumberFormat.F64 && !tensor.shape().isEmpty());
        return doubles ? Precision.FLOAT64 : Precision.FLOAT32;
    }

    /// One beginning of names under which every parameter of the model is found.
    private void findParameters() {
        Map<String, StoredTensor> plain = new LinkedHashMap<>();
        names.parameters().forEach((name, tensor) -> plain.put(SavedNames.plain(name), tensor));
        List<String> prefixes = prefixes(plain.keySet());
        String prefix = prefixes.stream()
                .filter(one -> missing(plain, one).isEmpty())
                .min(java.util.Comparator.comparing(
                                (String one) -> AVERAGES.stream().anyMatch(one::contains))
                        .thenComparing(prefixes::indexOf))
                .orElseGet(() -> prefixes.stream()
                        .min(java.util.Comparator.comparingInt(
                                one -> missing(plain, one).size()))
                        .orElse(""));
        missing(plain, prefix).stream().findFirst().ifPresent(block -> {
            throw noTensor(block.name());
        });
        List<String> others = prefixes.stream()
                .filter(one -> !one.equals(prefix) && missing(plain, one).isEmpty())
                .toList();
        if (!others.isEmpty()) {
            said.add("the parameters are those of '" + prefix + "', not of " + others);
        }
        for (Block block : blocks()) {
            parameters.put(block, checked(block, "", found(plain, prefix, block).orElseThrow()));
        }
        network.frozen().forEach((name, tensor) -> {
            StoredTensor stored = plain.get(prefix + SavedNames.plain(name));
            if (stored != null) {
                refuseOther("frozen parameter", name, tensor, stored);
            }
        });
        network.statistics(Place.CPU_FLOAT64).tensors().forEach((name, tensor) -> {
            StoredTensor stored = plain.get(prefix + SavedNames.plain(name));
            if (stored != null && stored.size() == tensor.numel()) {
                if (!network.moves(name)) {
                    refuseOther("running mean or variance in evaluation mode", name, tensor, stored);
                }
                running.put(name, stored);
            }
        });
        if (!network.frozen().isEmpty()) {
            said.add(network.frozen().size()
                    + " parameters of the module have requires_grad=False: they stay as they are and are no part of θ");
        }
    }

    private List<String> prefixes(Set<String> plain) {
        Set<String> prefixes = new LinkedHashSet<>(List.of(""));
        for (String name : network.names(blocks().getFirst())) {
            String own = SavedNames.plain(name);
            plain.stream()
                    .filter(one -> one.endsWith("." + own))
                    .map(one -> one.substring(0, one.length() - own.length()))
                    .forEach(prefixes::add);
        }
        return List.copyOf(prefixes);
    }

    private List<Block> missing(Map<String, StoredTensor> plain, String prefix) {
        return blocks().stream()
                .filter(block -> found(plain, prefix, block).isEmpty())
                .toList();
    }

    private Optional<StoredTensor> found(Map<String, StoredTensor> plain, String prefix, Block block) {
        return network.names(block).stream()
                .map(name -> plain.get(prefix + SavedNames.plain(name)))
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    private void refuseOther(String what, String name, Tensor tensor, StoredTensor stored) {
        double[] theirs = stored.doubles(0, (int) Math.min(1 << 20, stored.size()));
        double[] ours = Place.numbers(tensor.flatten().narrow(0, 0, theirs.length));
        for (int i = 0; i < theirs.length; i++) {
            if (Math.abs(theirs[i] - ours[i]) > 1e-6 * Math.abs(theirs[i])) {
                throw new IllegalArgumentException(
                        "the " + what + " '" + name + "' is " + new PlainText().number(ours[i])
                                + " in the TorchScript file, but " + new PlainText().number(theirs[i]) + " in " + source
                                + ": script the model after its state was loaded");
            }
        }
    }

    private StoredTensor checked(Block block, String suffix, StoredTensor tensor) {
        if (!tensor.shape().equals(block.shape())) {
            throw new IllegalArgumentException(source + ": tensor '" + block.name() + suffix + "' has the shape "
                    + tensor.shape() + ", expected " + block.shape() + " as the model has it");
        }
        return tensor;
    }

    private IllegalArgumentException noTensor(String name) {
        return new IllegalArgumentException(source + " has no tensor '" + name
                + "', which the model or its optimizer needs; it has "
                + names.parameters().keySet() + (names.states().isEmpty() ? "" : ", states of ")
                + (names.states().isEmpty() ? "" : names.states().keySet()));
    }

    private void findStates(List<String> order) {
        boolean numbered = names.states().keySet().stream().anyMatch(owner -> owner.matches("\\d+"));
        if (numbered || names.states().isEmpty() && !names.groups().isEmpty()) {
            groups.addAll(numbered(order));
            int number = 0;
            for (List<Block> group : groups) {
                for (Block block : group) {
                    states.put(block, names.states().getOrDefault(Integer.toString(number++), Map.of()));
                }
            }
        } else {
            named();
        }
    }

    /// States by name, of the parameter or of a longer name that ends with it.
    private void named() {
        Map<String, Block> byName = new LinkedHashMap<>();
        for (Block block : blocks()) {
            network.names(block).forEach(name -> byName.put(SavedNames.plain(name), block));
        }
        byName.forEach((name, block) -> names.states().forEach((owner, state) -> {
            if (owner.equals(name) || owner.endsWith("." + name)) {
                states.merge(block, state, (a, b) -> a.size() >= b.size() ? a : b);
            }
        }));
        for (Map<String, Value> group : names.groups()) {
            List<Block> members = new ArrayList<>();
            group.forEach((key, value) -> value.asText()
                    .filter(_ -> key.startsWith("params."))
                    .map(name -> byName.get(SavedNames.plain(name)))
                    .ifPresent(members::add));
            groups.add(members);
        }
        List<Block> left = new ArrayList<>(blocks());
        groups.forEach(left::removeAll);
        if (groups.size() <= 1) {
            groups.clear();
            groups.add(blocks());
        } else if (!left.isEmpty()) {
            throw new IllegalArgumentException(source + ": the parameter '"
                    + left.getFirst().name() + "' stands in no group of the optimizer; freeze it"
                    + " (requires_grad=False) before the model is scripted");
        }
    }

    private List<List<Block>> numbered(List<String> order) {
        List<List<Optional<List<Long>>>> shapes = new ArrayList<>();
        int number = 0;
        for (Map<String, Value> group : names.groups()) {
            List<Optional<List<Long>>> own = new ArrayList<>();
            long members = group.keySet().stream()
                    .filter(key -> key.startsWith("params."))
                    .count();
            for (long i = 0; i < members; i++) {
                own.add(shape(names.states().getOrDefault(Integer.toString(number++), Map.of())));
            }
            shapes.add(own);
        }
        if (shapes.isEmpty()) {
            shapes.add(IntStream.range(0, blocks().size())
                    .mapToObj(i -> shape(names.states().getOrDefault(Integer.toString(i), Map.of())))
                    .toList());
        }
        if (!order.isEmpty()) {
            return ordered(order, shapes);
        }
        try {
            return ParameterOrder.of(blocks(), shapes)
                    .or(() -> ParameterOrder.usual(blocks(), shapes).map(way -> {
                        said.add("the optimizer numbers its parameters and the shapes fit in several ways; taken is the"
                                + " usual one, with '"
                                + way.getLast().getFirst().name()
                                + "' the first of the last group; --order FILE says another");
                        return way;
                    }))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the optimizer numbers its parameters and the shapes of its states fit to the model in"
                                + " several ways; give --order FILE with the names of the parameters in the order of"
                                + " optimizer.param_groups, one on a line"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
    }

    private List<List<Block>> ordered(List<String> order, List<List<Optional<List<Long>>>> shapes) {
        Map<String, Block> byName = new HashMap<>();
        blocks().forEach(block -> network.names(block).forEach(name -> byName.put(SavedNames.plain(name), block)));
        List<Block> blocks = order.stream()
                .map(name -> Optional.ofNullable(byName.get(SavedNames.plain(name)))
                        .orElseThrow(() -> new IllegalArgumentException("--order: the model has no parameter '" + name
                                + "' that is trained; it has " + byName.keySet())))
                .toList();
        int numbers = shapes.stream().mapToInt(List::size).sum();
        if (numbers != blocks.size() || blocks.stream().distinct().count() != blocks().size()) {
            throw new IllegalArgumentException(
                    "--order: " + blocks.size() + " names, expected " + numbers + ", each parameter once");
        }
        List<List<Block>> ordered = new ArrayList<>();
        int from = 0;
        for (List<Optional<List<Long>>> group : shapes) {
            ordered.add(blocks.subList(from, from + group.size()));
            from += group.size();
        }
        return ordered;
    }

    private static Optional<List<Long>> shape(Map<String, Value> state) {
        return state.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("step") && entry.getValue() instanceof StoredTensor)
                .map(entry -> ((StoredTensor) entry.getValue()).shape())
                .findFirst();
    }

    /// Running means and variances: those of the checkpoint, where it has none those of the module's file.
    Map<String, Tensor> running() {
        Map<String, Tensor> all =
                new LinkedHashMap<>(network.statistics(Place.CPU_FLOAT64).tensors());
        running.forEach((name, stored) -> all.computeIfPresent(name, (_, tensor) -> tensor(stored)));
        return all;
    }

    /// The parameter as a tensor.
    Tensor parameter(Block block) {
        return tensor(parameters.get(block));
    }

    /// A state of a parameter as a tensor.
    ///
    /// @throws IllegalArgumentException if it is missing, of another shape or of another kind of numbers
    Tensor state(Block block, String key) {
        if (!(states(block).get(key) instanceof StoredTensor tensor)) {
            throw noTensor(block.name() + "." + key);
        }
        if (!tensor.format().real()) {
            throw new IllegalArgumentException(source + ": '" + block.name() + "." + key + "' has numbers of "
                    + tensor.format() + ", a code of 8 bits as bitsandbytes keeps them, which is not taken over; save"
                    + " the optimizer with 32 bits");
        }
        return tensor(checked(block, "." + key, tensor));
    }

    private static Tensor tensor(StoredTensor stored) {
        long[] at = {0};
        try {
            return TensorBytes.filled(stored.format(), stored.shape(), chunk -> {
                long width = stored.format().bytes();
                long count = chunk.remaining() / width;
                stored.read(at[0], chunk);
                at[0] += count;
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
