package adamscope.exchange;

import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which parameter of the model each numbered state of an optimizer belongs to.
///
/// A `state_dict` numbers parameters group by group, and does not say their names. Every way of making groups that is
/// in use goes through the parameters in the order of the model, so each group is in that order; with the shapes of the
/// states there is often one assignment only, and then it is the right one. It is searched for step by step along the
/// model, counting for every possible position in each group the ways that lead there.
final class ParameterOrder {
    private static final Pattern NO_DECAY = Pattern.compile("bias|[Nn]orm|\\bln_|_ln\\b");
    private static final int MOST_POSITIONS = 200_000;

    /// Where a search stands: how many of each group are assigned.
    private record Taken(List<Integer> taken) {}

    /// One way to a position.
    ///
    /// @param ways    how many there are, 2 for more
    /// @param before  the position before, on one of them
    private record Way(int ways, Taken before) {}

    private ParameterOrder() {}

    /// The blocks of each group in its order; empty if there are several assignments, or too many to look at.
    ///
    /// @param shapes of the states, group by group; an empty one is not known
    /// @throws IllegalArgumentException if there is no assignment
    static Optional<List<List<Block>>> of(List<Block> blocks, List<List<Optional<List<Long>>>> shapes) {
        int numbers = shapes.stream().mapToInt(List::size).sum();
        if (numbers != blocks.size()) {
            throw new IllegalArgumentException("the optimizer has " + numbers + " parameters, but the model has "
                    + blocks.size() + " that are trained (tied ones count once; requires_grad=False freezes one)");
        }
        List<Map<Taken, Way>> reached = new ArrayList<>();
        reached.add(Map.of(new Taken(shapes.stream().map(_ -> 0).toList()), new Way(1, null)));
        for (Block block : blocks) {
            Map<Taken, Way> next = new HashMap<>();
            reached.getLast().forEach((position, way) -> {
                for (int group = 0; group < shapes.size(); group++) {
                    int place = position.taken().get(group);
                    if (place < shapes.get(group).size()
                            && fits(block, shapes.get(group).get(place))) {
                        List<Integer> taken = new ArrayList<>(position.taken());
                        taken.set(group, place + 1);
                        next.merge(
                                new Taken(taken),
                                new Way(way.ways(), position),
                                (a, b) -> new Way(Math.min(2, a.ways() + b.ways()), a.before()));
                    }
                }
            });
            if (next.isEmpty()) {
                throw new IllegalArgumentException("no state of the optimizer has the shape " + block.shape()
                        + " of the parameter '" + block.name() + "' where the order of the model wants it");
            }
            if (next.size() > MOST_POSITIONS) {
                return Optional.empty();
            }
            reached.add(next);
        }
        Map.Entry<Taken, Way> end = reached.getLast().entrySet().iterator().next();
        return end.getValue().ways() > 1 ? Optional.empty() : Optional.of(traced(blocks, reached, end.getKey()));
    }

    private static boolean fits(Block block, Optional<List<Long>> shape) {
        return shape.isEmpty() || shape.get().equals(block.shape());
    }

    private static List<List<Block>> traced(List<Block> blocks, List<Map<Taken, Way>> reached, Taken end) {
        List<List<Block>> groups = new ArrayList<>();
        end.taken().forEach(_ -> groups.add(new ArrayList<>()));
        Taken at = end;
        for (int i = blocks.size(); i > 0; i--) {
            Taken before = reached.get(i).get(at).before();
            for (int group = 0; group < groups.size(); group++) {
                if (!at.taken().get(group).equals(before.taken().get(group))) {
                    groups.get(group).addFirst(blocks.get(i - 1));
                }
            }
            at = before;
        }
        return groups;
    }

    /// The usual ways of splitting: one group after the other; weights of two dimensions and more before the rest; all
    /// but biases and norms, or all but biases, before those; and the other way round.
    ///
    /// @return the only way of these that fits; empty if none or several do
    static Optional<List<List<Block>>> usual(List<Block> blocks, List<List<Optional<List<Long>>>> shapes) {
        Set<List<List<Block>>> fitting = new LinkedHashSet<>();
        List<List<Block>> inARow = new ArrayList<>();
        int from = 0;
        for (List<Optional<List<Long>>> group : shapes) {
            inARow.add(blocks.subList(from, from + group.size()));
            from += group.size();
        }
        List<List<List<Block>>> ways = new ArrayList<>(List.of(inARow));
        if (shapes.size() == 2) {
            List<Predicate<Block>> first = List.of(
                    Block::isMatrix,
                    block -> !NO_DECAY.matcher(block.name()).find(),
                    block -> !block.name().endsWith("bias"));
            first.forEach(which -> {
                ways.add(List.of(those(blocks, which), those(blocks, which.negate())));
                ways.add(List.of(those(blocks, which.negate()), those(blocks, which)));
            });
        }
        ways.stream().filter(way -> fits(way, shapes)).forEach(fitting::add);
        return fitting.size() == 1 ? Optional.of(fitting.iterator().next()) : Optional.empty();
    }

    private static List<Block> those(List<Block> blocks, Predicate<Block> which) {
        return blocks.stream().filter(which).toList();
    }

    private static boolean fits(List<List<Block>> way, List<List<Optional<List<Long>>>> shapes) {
        for (int group = 0; group < shapes.size(); group++) {
            if (way.get(group).size() != shapes.get(group).size()) {
                return false;
            }
            for (int i = 0; i < shapes.get(group).size(); i++) {
                if (!fits(way.get(group).get(i), shapes.get(group).get(i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
