package adamscope.exchange;

import adamscope.checkpoint.StoredTensor;
import adamscope.checkpoint.TensorFile;
import adamscope.inspection.OptimizerState;
import adamscope.inspection.ParameterState;
import adamscope.inspection.Role;
import adamscope.inspection.StateRule;
import adamscope.inspection.TensorNumbers;
import adamscope.optimizer.OptimizerRule;
import adamscope.text.Listing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/// The parameters and optimizer states of checkpoints of PyTorch, whatever the files are called inside.
///
/// Its numbers stay in the files, which have to be open as long as they are looked at.
public final class CheckpointStates {
    private static final int MOST_NAMED = 5;

    private final ParameterGroups groups = new ParameterGroups();
    private final Map<String, StoredTensor> weights = new LinkedHashMap<>();
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final List<String> tied = new ArrayList<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private final List<String> remarks = new ArrayList<>();

    /// States of one parameter of one optimizer.
    private static final class Found {
        private final StatePath path;
        private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        private double step = Double.NaN;
        private boolean counted;

        private Found(StatePath path) {
            this.path = path;
        }
    }

    private CheckpointStates() {}

    /// What several files of one checkpoint hold together.
    ///
    /// @param source names it
    /// @param step   of the whole, where a parameter has none
    /// @throws IllegalArgumentException if there is neither a state nor a parameter
    public static OptimizerState of(String source, List<TensorFile> files, OptionalDouble step) {
        CheckpointStates states = new CheckpointStates();
        files.forEach(states::add);
        return states.state(source, step);
    }

    private void add(TensorFile file) {
        groups.add(file);
        file.tensors().forEach((path, tensor) -> {
            Optional<StatePath> state = StatePath.of(path);
            if (state.isPresent()) {
                Found owner = owner(state.get());
                if (state.get().state().equals(StatePath.STEP)) {
                    step(owner, tensor.asNumber().orElse(Double.NaN));
                } else {
                    owner.tensors.put(state.get().state(), tensor);
                }
            } else if (!path.contains("param_groups.")) {
                weight(path, tensor);
            }
        });
        file.plain()
                .forEach((path, leaf) -> StatePath.of(path)
                        .filter(state -> state.state().equals(StatePath.STEP))
                        .ifPresent(state -> leaf.asNumber().ifPresent(number -> step(owner(state), number))));
    }

    private Found owner(StatePath path) {
        return found.computeIfAbsent(path.optimizer() + " " + path.owner(), _ -> new Found(path));
    }

    private static void step(Found owner, double step) {
        owner.step = step;
        owner.counted = true;
    }

    private void weight(String path, StoredTensor tensor) {
        if (StoredNumbers.format(tensor).isEmpty()) {
            return;
        }
        String name = WeightNames.inModel(path);
        if (weights.values().stream().limit(10_000).anyMatch(known -> known.sameNumbers(tensor))) {
            tied.add(name);
            return;
        }
        weights.put(weights.containsKey(name) ? path : name, tensor);
    }

    private OptimizerState state(String source, OptionalDouble step) {
        found.values().removeIf(owner -> owner.tensors.isEmpty());
        if (weights.isEmpty() && found.isEmpty()) {
            throw new IllegalArgumentException(source + " holds neither parameters nor states of an optimizer");
        }
        Map<Found, String> names = names();
        Map<String, ParameterState> parameters = new LinkedHashMap<>();
        Set<String> assumed = new TreeSet<>();
        Set<String> unknown = new TreeSet<>();
        Set<String> stateful = new LinkedHashSet<>(names.values());
        weights.forEach((name, tensor) -> {
            if (!stateful.contains(name)) {
                parameters.put(name, bare(name, tensor));
            }
        });
        List<String> stateless = parameters.keySet().stream()
                .filter(name -> !WeightNames.isBuffer(name))
                .toList();
        names.forEach((owner, name) -> {
            ParameterState parameter = parameter(owner, name, step);
            assumed.addAll(parameter.rule().assumed());
            if (parameter.rule().value("lr").isEmpty()) {
                unknown.add("lr");
            }
            parameters.put(name, parameter);
        });
        remark(stateless, assumed, unknown);
        return new OptimizerState(source, inOrder(parameters), remarks);
    }

    /// By the text of the rule where the exporter wrote it, else by what is kept. Groups of PyTorch's Adam have betas:
    /// averages of the same names without them are those of another rule.
    private StateRule rule(Found owner, Set<Role> roles, Map<String, Double> hyper) {
        Optional<String> text = groups.text(PyTorchOptimizer.RULE);
        if (text.isPresent()) {
            OptimizerRule rule = PyTorchOptimizer.ruleOf(Map.of(PyTorchOptimizer.RULE, text.get()), "the checkpoint");
            Map<String, Double> own = new LinkedHashMap<>(hyper);
            own.keySet().retainAll(rule.hyperNames());
            return StateRules.of(rule, own);
        }
        boolean own = groups.text("optimizer").isEmpty()
                && (hyper.containsKey("beta1") || hyper.containsKey("beta2"))
                && !hyper.containsKey("betas.0");
        return own
                ? StateRules.unknown()
                : StateRules.of(roles, owner.tensors.keySet(), hyper, groups.text("optimizer"));
    }

    /// In the order of the model, where it is known.
    private List<ParameterState> inOrder(Map<String, ParameterState> parameters) {
        List<ParameterState> ordered = new ArrayList<>();
        weights.keySet()
                .forEach(name -> Optional.ofNullable(parameters.remove(name)).ifPresent(ordered::add));
        ordered.addAll(parameters.values());
        return ordered;
    }

    private void remark(List<String> stateless, Set<String> assumed, Set<String> unknown) {
        if (found.isEmpty()) {
            remarks.add("no state of an optimizer: only the parameters are looked at");
            return;
        }
        groups.impossible().stream().limit(MOST_NAMED).forEach(remarks::add);
        if (groups.impossible().size() > MOST_NAMED) {
            remarks.add("and " + (groups.impossible().size() - MOST_NAMED) + " more such settings");
        }
        if (!assumed.isEmpty()) {
            remarks.add("the file does not say " + String.join(", ", assumed)
                    + ": the defaults are assumed; name them with --hyper");
        }
        if (!unknown.isEmpty()) {
            remarks.add("the learning rate is not known: updates are not held against last bits; name it with"
                    + " --hyper lr=…");
        }
        if (!stateless.isEmpty()) {
            remarks.add(stateless.size() + " tensors have no state, as frozen parameters and buffers: "
                    + listed(stateless));
        }
        if (!tied.isEmpty()) {
            remarks.add("tied, looked at once: " + listed(tied));
        }
        if (!unread.isEmpty()) {
            remarks.add(
                    "not readable here (quantised, or of a rule that is not known): " + listed(List.copyOf(unread)));
        }
    }

    private static String listed(List<String> names) {
        return Listing.of(names, MOST_NAMED);
    }

    private static ParameterState bare(String name, StoredTensor tensor) {
        Map<Role, TensorNumbers> tensors = new EnumMap<>(Role.class);
        StoredNumbers.of(name, tensor).ifPresent(numbers -> tensors.put(Role.WEIGHTS, numbers));
        return new ParameterState(name, tensors, OptionalDouble.empty(), StateRules.none());
    }

    private ParameterState parameter(Found owner, String name, OptionalDouble step) {
        Map<String, Double> hyper = groups.hyper(owner.path.optimizer(), owner.path.owner());
        boolean scaled = owner.tensors.containsKey("square_avg");
        Map<Role, TensorNumbers> tensors = new EnumMap<>(Role.class);
        Optional.ofNullable(weights.get(name))
                .flatMap(tensor -> StoredNumbers.of(name, tensor))
                .ifPresent(numbers -> tensors.put(Role.WEIGHTS, numbers));
        owner.tensors.forEach((state, tensor) -> {
            Optional<Role> role = new StatePath("", owner.path.owner(), state)
                    .role()
                    .map(known -> known == Role.FIRST && scaled ? Role.STEPS : known);
            Optional<TensorNumbers> numbers = StoredNumbers.of(state, tensor);
            if (role.isPresent() && numbers.isPresent()) {
                tensors.put(role.get(), numbers.get());
            } else {
                unread.add(name + "." + state);
            }
        });
        double group = hyper.getOrDefault(StatePath.STEP, step.orElse(Double.NaN));
        double steps = owner.counted ? owner.step : group;
        return new ParameterState(
                name,
                tensors,
                owner.counted || !Double.isNaN(steps) ? OptionalDouble.of(steps) : OptionalDouble.empty(),
                rule(owner, tensors.keySet(), hyper));
    }

    /// What each parameter with states is called.
    private Map<Found, String> names() {
        Map<Found, String> names = new LinkedHashMap<>();
        Set<String> taken = new LinkedHashSet<>();
        boolean several = found.values().stream()
                        .map(owner -> owner.path.optimizer())
                        .distinct()
                        .count()
                > 1;
        Map<String, Map<String, String>> numbered = new LinkedHashMap<>();
        found.values().stream()
                .filter(owner -> owner.path.numbered())
                .map(owner -> owner.path.optimizer())
                .distinct()
                .forEach(optimizer -> numbered.put(optimizer, byNumber(optimizer, several)));
        for (Found owner : found.values()) {
            String name =
                    numbered.getOrDefault(owner.path.optimizer(), Map.of()).get(owner.path.owner());
            if (name == null) {
                name = named(owner);
            }
            if (!taken.add(name)) {
                name = owner.path.optimizer() + "." + owner.path.owner();
                taken.add(name);
            }
            names.put(owner, name);
        }
        return names;
    }

    private Map<String, String> byNumber(String optimizer, boolean several) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        found.values().stream()
                .filter(owner -> owner.path.optimizer().equals(optimizer))
                .forEach(owner -> owner.tensors.values().stream()
                        .filter(tensor -> !tensor.shape().isEmpty())
                        .findFirst()
                        .ifPresent(tensor -> shapes.put(owner.path.owner(), tensor.shape())));
        Map<String, List<Long>> parameters = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> {
            if (!WeightNames.isBuffer(name)) {
                parameters.put(name, tensor.shape());
            }
        });
        Optional<Map<String, String>> names =
                NumberedParameters.named(groups.of(optimizer), shapes, several ? Map.of() : parameters);
        if (names.isEmpty() && !weights.isEmpty()) {
            remarks.add("which parameter of the model each number of the optimizer is cannot be told: they do not match"
                    + " in order and shape");
        }
        return names.orElse(Map.of());
    }

    /// A name of the model that is the owner's, or ends in it; else the owner's own.
    private String named(Found owner) {
        String own = owner.path.owner();
        String plain = WeightNames.inModel(own);
        return weights.containsKey(own) ? own : weights.containsKey(plain) ? plain : own;
    }
}
