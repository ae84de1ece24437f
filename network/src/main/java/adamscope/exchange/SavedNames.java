package adamscope.exchange;

import adamscope.checkpoint.CheckpointFiles;
import adamscope.checkpoint.StoredTensor;
import adamscope.checkpoint.Value;
import adamscope.optimizer.OptimizerRule;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the names of a checkpoint mean, wherever in the tree it was saved: `model.layer.weight`,
/// `module.layer.weight`, `state_dict.net.layer.weight` are parameters, `optimizer.state.3.exp_avg`,
/// `layer.weight.exp_avg` are states of optimizers, `optimizer.param_groups.0.lr` is a hyper-parameter.
///
/// @param parameters tensors that are no states, by name
/// @param states     of optimizers: by number or by name of the parameter, then by key
/// @param groups     of the optimizer: key and value of each
/// @param schedule   of the learning rate: key and value; empty if there is none
/// @param metadata   of a file of `adamscope_export.py` or of safetensors
/// @param loose      everything else, by name
record SavedNames(
        Map<String, StoredTensor> parameters,
        Map<String, Map<String, Value>> states,
        List<Map<String, Value>> groups,
        Map<String, Value> schedule,
        Map<String, String> metadata,
        Map<String, Value> loose) {

    /// What optimizers keep of a parameter, and what it is called here.
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("exp_avg", "exp_avg"),
            Map.entry("exp_avg_sq", "exp_avg_sq"),
            Map.entry("max_exp_avg_sq", "max_exp_avg_sq"),
            Map.entry("state1", "exp_avg"),
            Map.entry("state2", "exp_avg_sq"),
            Map.entry("square_avg", "square_avg"),
            Map.entry("grad_avg", "grad_avg"),
            Map.entry("momentum_buffer", "momentum_buffer"),
            Map.entry("exp_inf", "exp_inf"),
            Map.entry("sum", "sum"),
            Map.entry("mu_product", "mu_product"),
            Map.entry("step", "step"));

    private static final Pattern STATE = Pattern.compile("(?:.*\\.)?state\\.(.+)");
    private static final Pattern GROUP = Pattern.compile("((?:.*\\.)?)param_groups\\.(\\d+)\\.(.+)");
    private static final String LAST = "last_epoch";
    private static final String CHAIN = "_schedulers";
    private static final String METADATA = "__metadata__.";

    /// Parts of names that wrappers of modules add: DataParallel, torch.compile, FSDP, activation checkpoints.
    private static final Set<String> WRAPPERS =
            Set.of("module", "_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module");

    /// @throws IllegalArgumentException if there are several optimizers
    static SavedNames of(CheckpointFiles files, String source) {
        SavedNames names = new SavedNames(
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
        Set<String> optimizers = new LinkedHashSet<>();
        Map<String, String> keys = keys(files, source);
        Map<String, Value> all = new LinkedHashMap<>(files.plain());
        all.putAll(files.tensors());
        all.forEach((name, value) -> {
            Matcher group = GROUP.matcher(name);
            if (group.matches()) {
                optimizers.add(group.group(1));
                names.group(Integer.parseInt(group.group(2)), group.group(3), value);
            } else if (name.contains(METADATA)) {
                String key = name.substring(name.indexOf(METADATA) + METADATA.length());
                value.asText().ifPresent(text -> names.metadata.put(key, text));
            } else if (!names.state(name, value, keys)) {
                if (value instanceof StoredTensor tensor) {
                    names.parameters.put(name, tensor);
                } else {
                    names.loose.put(name, value);
                }
            }
        });
        if (optimizers.size() > 1) {
            throw new IllegalArgumentException(source + " holds " + optimizers.size() + " optimizers, "
                    + optimizers.stream()
                            .map(name -> "'" + name + "param_groups'")
                            .toList() + "; save the one that trains this model");
        }
        names.fromMetadata(source);
        names.findSchedule();
        return names;
    }

    /// Groups and scheduler of a file of `adamscope_export.py`, which are JSON in its metadata.
    private void fromMetadata(String source) {
        Optional.ofNullable(metadata.remove("groups"))
                .map(text -> json(text, source))
                .ifPresent(list -> {
                    for (int i = 0; i < list.size(); i++) {
                        int number = i;
                        list.get(i).properties().forEach(field -> {
                            if (field.getKey().equals("parameters")) {
                                for (int k = 0; k < field.getValue().size(); k++) {
                                    group(
                                            number,
                                            "params." + k,
                                            new Value.Text(
                                                    field.getValue().get(k).asText()));
                                }
                            } else {
                                group(
                                        number,
                                        field.getKey(),
                                        new Value.Text(field.getValue().asText()));
                            }
                        });
                    }
                });
        Optional.ofNullable(metadata.remove("scheduler"))
                .map(text -> json(text, source))
                .ifPresent(object -> object.properties()
                        .forEach(field -> schedule.put(
                                field.getKey(),
                                field.getValue().isNumber()
                                        ? new Value.Number(field.getValue().asDouble())
                                        : new Value.Text(field.getValue().asText()))));
    }

    private static JsonNode json(String text, String source) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(source + ": metadata that should be JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// The keys of PyTorch's optimizers, or those of the exported class that made the steps.
    private static Map<String, String> keys(CheckpointFiles files, String source) {
        for (Map.Entry<String, Value.Leaf> entry : files.plain().entrySet()) {
            if (entry.getKey().endsWith(METADATA + PyTorchOptimizer.RULE)) {
                String text = entry.getValue().asText().orElse("");
                OptimizerRule rule = PyTorchOptimizer.ruleOf(Map.of(PyTorchOptimizer.RULE, text), source);
                Map<String, String> keys = new LinkedHashMap<>(Map.of("step", "step"));
                rule.states().forEach(state -> {
                    String name = StateNames.inPyTorch(rule, state.name());
                    keys.put(name, name);
                });
                return keys;
            }
        }
        return KEYS;
    }

    private void group(int number, String key, Value value) {
        while (groups.size() <= number && groups.size() < 10_000) {
            groups.add(new LinkedHashMap<>());
        }
        if (number < groups.size()) {
            groups.get(number).put(key, value);
        }
    }

    /// `.step` of a scheduler is no state: only what is kept of a parameter counts, which has other states too.
    private boolean state(String name, Value value, Map<String, String> keys) {
        int dot = name.lastIndexOf('.');
        String key = keys.get(name.substring(dot + 1));
        if (key == null || dot < 0 || value.asNumber().isEmpty() && !(value instanceof StoredTensor)) {
            return false;
        }
        String owner = name.substring(0, dot);
        Matcher state = STATE.matcher(owner);
        states.computeIfAbsent(plain(state.matches() ? state.group(1) : owner), _ -> new LinkedHashMap<>())
                .put(key, value);
        return true;
    }

    /// The outermost scheduler; one of a chain alone does not say what the chain does.
    private void findSchedule() {
        loose.keySet().stream()
                .filter(name -> name.endsWith(LAST))
                .map(name -> name.substring(0, name.length() - LAST.length()))
                .min(Comparator.comparingInt(String::length))
                .ifPresent(prefix -> {
                    loose.forEach((name, value) -> {
                        if (name.startsWith(prefix)) {
                            schedule.put(name.substring(prefix.length()), value);
                        }
                    });
                    if (prefix.contains(CHAIN)) {
                        schedule.put(CHAIN, new Value.Truth(true));
                    }
                });
    }

    /// A name without what wrappers add to it.
    static String plain(String name) {
        return Arrays.stream(name.split("\\.", -1))
                .filter(part -> !WRAPPERS.contains(part))
                .reduce((a, b) -> a + "." + b)
                .orElse(name);
    }
}
