package adamscope.exchange;

import adamscope.checkpoint.StoredTensor;
import adamscope.checkpoint.TensorFile;
import adamscope.checkpoint.Value;
import adamscope.formula.PlainText;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `param_groups` of the optimizers in a checkpoint: hyper-parameters by group, and whose they are.
final class ParameterGroups {
    private static final Pattern GROUP = Pattern.compile("(?:(.*)\\.)?param_groups\\.(\\d{1,6})\\.(.+)");
    private static final Pattern BY_NAME = Pattern.compile("(?:(.*)\\.)?param_groups\\.(.+)\\.([a-z_]+(?:\\.[01])?)");

    /// A group.
    ///
    /// @param hyper   numbers by PyTorch's names, `betas.0` among them; true is 1
    /// @param members parameters by number or name, in order
    /// @param names   of the members, where the group has them
    record Group(Map<String, Double> hyper, SortedMap<Integer, String> members, SortedMap<Integer, String> names) {
        static Group empty() {
            return new Group(new HashMap<>(), new TreeMap<>(), new TreeMap<>());
        }
    }

    private final Map<String, Map<String, Group>> groups = new LinkedHashMap<>();
    private final Map<String, Double> metadata = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final SortedSet<String> impossible = new TreeSet<>();

    /// Takes what a file says.
    void add(TensorFile file) {
        file.plain().forEach(this::add);
        file.tensors().forEach((name, tensor) -> {
            if (tensor.size() == 1 && name.contains("param_groups.")) {
                number(tensor).ifPresent(value -> add(name, value, new PlainText().number(value)));
            }
        });
    }

    private void add(String path, Value.Leaf leaf) {
        if (path.startsWith("__metadata__.")) {
            String key = path.substring("__metadata__.".length());
            leaf.asText().ifPresent(text -> texts.put(key, text));
            if (key.equals("groups")) {
                leaf.asText().ifPresent(this::exported);
                return;
            }
            look(key, number(leaf).orElse(Double.NaN), leaf.asText().orElse(""), "");
            number(leaf).ifPresent(value -> metadata.put(key, value));
            return;
        }
        String text = switch (leaf) {
            case Value.Text(String given) -> given;
            case Value.Number given -> given.toString();
            default -> "";
        };
        add(path, number(leaf).orElse(Double.NaN), text);
    }

    /// Groups of `adamscope_export.py`: JSON in the metadata.
    private void exported(String text) {
        JsonNode list;
        try {
            list = new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("metadata groups are no JSON: " + e.getOriginalMessage(), e);
        }
        for (int i = 0; i < list.size(); i++) {
            String number = Integer.toString(i);
            list.get(i).properties().forEach(field -> {
                if (field.getKey().equals("parameters")) {
                    for (int k = 0; k < field.getValue().size(); k++) {
                        String name = field.getValue().get(k).asText();
                        put("", number, "params." + k, Double.NaN, name);
                    }
                } else {
                    String value = field.getValue().asText();
                    put("", number, field.getKey(), parsed(value).orElse(Double.NaN), value);
                }
            });
        }
    }

    private void add(String path, double value, String text) {
        Matcher numbered = GROUP.matcher(path);
        Matcher named = BY_NAME.matcher(path);
        if (numbered.matches()) {
            put(optimizer(numbered.group(1)), numbered.group(2), numbered.group(3), value, text);
        } else if (named.matches()) {
            String owner = SavedNames.plain(named.group(2));
            put(optimizer(named.group(1)), owner, named.group(3), value, text);
            group(optimizer(named.group(1)), owner).members().put(0, owner);
        }
    }

    private void put(String optimizer, String key, String what, double value, String text) {
        Group group = group(optimizer, key);
        Matcher member = Pattern.compile("(params|param_names)\\.(\\d{1,9})").matcher(what);
        if (member.matches()) {
            SortedMap<Integer, String> list = member.group(1).equals("params") ? group.members() : group.names();
            list.put(Integer.parseInt(member.group(2)), SavedNames.plain(text));
            return;
        }
        look(what, value, text, "group " + key + ": ");
        if (!Double.isNaN(value)) {
            group.hyper().put(what, value);
        }
    }

    private void look(String what, double value, String text, String where) {
        double end = switch (what) {
            case "lr", "eps" -> Double.POSITIVE_INFINITY;
            case "betas.0", "betas.1", "beta1", "beta2", "alpha" -> 1;
            default -> Double.NaN;
        };
        if (!Double.isNaN(end) && !(value >= 0 && value < end) && !(Double.isNaN(value) && text.isEmpty())) {
            impossible.add(
                    where + what + " = " + (Double.isNaN(value) ? "'" + text + "'" : new PlainText().number(value))
                            + ", expected a number in [0, " + (end == 1 ? "1" : "inf") + ")");
        }
    }

    /// Hyper-parameters that are there, but no numbers that a rule can have.
    SortedSet<String> impossible() {
        return impossible;
    }

    private static String optimizer(String before) {
        return before == null ? "" : before;
    }

    private Group group(String optimizer, String key) {
        return groups.computeIfAbsent(optimizer, _ -> new LinkedHashMap<>()).computeIfAbsent(key, _ -> Group.empty());
    }

    private static Optional<Double> number(Value value) {
        return switch (value) {
            case Value.Truth(boolean truth) -> Optional.of(truth ? 1.0 : 0.0);
            case Value.Text(String text) -> parsed(text);
            case Value.Number(double number) -> Optional.of(number);
            case StoredTensor tensor -> tensor.asNumber();
            default -> Optional.empty();
        };
    }

    private static Optional<Double> parsed(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Optional.of(text.equalsIgnoreCase("true") ? 1.0 : 0.0);
        }
        try {
            return Optional.of(Double.parseDouble(text.strip()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// The groups of an optimizer, in order.
    List<Group> of(String optimizer) {
        return List.copyOf(groups.getOrDefault(optimizer, Map.of()).values());
    }

    /// What is known for a parameter of an optimizer: by its group or the only one there is, and by the metadata.
    Map<String, Double> hyper(String optimizer, String owner) {
        List<Group> own = of(optimizer).isEmpty() && groups.size() == 1
                ? List.copyOf(groups.values().iterator().next().values())
                : of(optimizer);
        Map<String, Double> hyper = new HashMap<>(metadata);
        own.stream()
                .filter(group ->
                        group.members().containsValue(owner) || group.names().containsValue(owner))
                .findFirst()
                .or(() -> own.size() == 1 ? Optional.of(own.getFirst()) : Optional.empty())
                .ifPresent(group -> hyper.putAll(group.hyper()));
        return hyper;
    }

    /// A text of the metadata.
    Optional<String> text(String key) {
        return Optional.ofNullable(texts.get(key));
    }
}
