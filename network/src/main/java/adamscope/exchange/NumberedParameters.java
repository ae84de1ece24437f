package adamscope.exchange;

import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which parameters of a model the numbers of an optimizer's state are.
///
/// PyTorch numbers parameters by groups, within a group in the order given, which is that of the model but for what the
/// other groups took. Names are told only in these ways: the group names them; one group with all parameters, where a
/// shape or two may be wrong; several groups that fit in one way, [ParameterOrder].
final class NumberedParameters {
    private NumberedParameters() {}

    /// Names by number; empty if they cannot be told.
    ///
    /// @param shapes of the states by number
    /// @param model  shapes of the model's parameters, in order
    static Optional<Map<String, String>> named(
            List<ParameterGroups.Group> groups, Map<String, List<Long>> shapes, Map<String, List<Long>> model) {
        Map<String, String> given = new LinkedHashMap<>();
        for (ParameterGroups.Group group : groups) {
            group.names().forEach((place, name) -> {
                String number = group.members().get(place);
                if (number != null && !name.isEmpty()) {
                    given.put(number, name);
                }
            });
        }
        if (given.keySet().containsAll(shapes.keySet()) && !given.isEmpty()) {
            return Optional.of(given);
        }
        List<String> numbers = new ArrayList<>();
        groups.forEach(group -> numbers.addAll(group.members().values()));
        if (numbers.isEmpty()) {
            shapes.keySet().stream()
                    .sorted((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)))
                    .forEach(numbers::add);
        }
        List<String> all = List.copyOf(model.keySet());
        Optional<Map<String, String>> inOrder = paired(numbers, all, shapes, model, Math.max(2, all.size() / 4));
        return groups.size() < 2 ? inOrder : byShape(groups, shapes, model);
    }

    /// The only assignment of all groups that fits in order and shape, else the only usual one.
    private static Optional<Map<String, String>> byShape(
            List<ParameterGroups.Group> groups, Map<String, List<Long>> shapes, Map<String, List<Long>> model) {
        List<Block> blocks = model.entrySet().stream()
                .map(each -> new Block(each.getKey(), 0, each.getValue()))
                .toList();
        List<List<Optional<List<Long>>>> wanted = groups.stream()
                .map(group -> group.members().values().stream()
                        .map(number -> Optional.ofNullable(shapes.get(number)))
                        .toList())
                .toList();
        Optional<List<List<Block>>> found;
        try {
            found = ParameterOrder.of(blocks, wanted).or(() -> ParameterOrder.usual(blocks, wanted));
        } catch (IllegalArgumentException _) {
            // Some other model, or a state of another shape: then no name is sure.
            return Optional.empty();
        }
        return found.map(parted -> {
            Map<String, String> names = new LinkedHashMap<>();
            for (int i = 0; i < parted.size(); i++) {
                List<String> numbers = List.copyOf(groups.get(i).members().values());
                for (int k = 0; k < numbers.size(); k++) {
                    names.put(numbers.get(k), parted.get(i).get(k).name());
                }
            }
            return names;
        });
    }

    /// Numbers and names in order; empty unless there are as many, and states have the shapes of their
    /// parameters.
    ///
    /// @param wrong so many shapes may differ, but not half of them
    private static Optional<Map<String, String>> paired(
            List<String> numbers,
            List<String> names,
            Map<String, List<Long>> shapes,
            Map<String, List<Long>> model,
            int wrong) {
        if (numbers.size() != names.size()) {
            return Optional.empty();
        }
        Map<String, String> paired = new LinkedHashMap<>();
        int differ = 0;
        Iterator<String> name = names.iterator();
        for (String number : numbers) {
            String next = name.next();
            List<Long> shape = shapes.get(number);
            if (shape != null && !shape.equals(model.get(next))) {
                differ++;
            }
            paired.put(number, next);
        }
        return differ > wrong || 2 * differ > numbers.size() ? Optional.empty() : Optional.of(paired);
    }
}
