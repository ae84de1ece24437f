package adamscope.rule;

import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The parameter tensors in θ, and which of them have hyper-parameters of their own.
///
/// @param groups of each block, in the order of the blocks; 0: the hyper-parameters of the rule at large
record GroupedBlocks(List<Block> blocks, List<Integer> groups) {
    GroupedBlocks {
        blocks = List.copyOf(blocks);
        groups = List.copyOf(groups);
    }

    /// All blocks alike.
    static GroupedBlocks alike(List<Block> blocks) {
        return new GroupedBlocks(blocks, blocks.stream().map(_ -> 0).toList());
    }

    /// The groups of an optimizer.
    ///
    /// @throws IllegalArgumentException if a group names a parameter that the model does not have
    static GroupedBlocks of(List<Block> blocks, List<TunedSchedule.Group> groups) {
        Map<String, Integer> byName = new HashMap<>();
        List<String> names = blocks.stream().map(Block::name).toList();
        for (int group = 0; group < groups.size(); group++) {
            for (String name : groups.get(group).parameters()) {
                if (!names.contains(name)) {
                    throw new IllegalArgumentException(
                            "groups: the model has no parameter '" + name + "'; it has " + names);
                }
                byName.put(name, group + 1);
            }
        }
        return new GroupedBlocks(
                blocks, names.stream().map(name -> byName.getOrDefault(name, 0)).toList());
    }

    /// Whether any block has hyper-parameters of its own.
    boolean several() {
        return groups.stream().anyMatch(group -> group > 0);
    }

    /// How many numbers there are.
    long size() {
        return blocks.stream().mapToLong(Block::size).sum();
    }

    /// Stretches of θ of one group each, none longer than `most`, as blocks.
    GroupedBlocks stretches(long most) {
        List<Block> stretches = new ArrayList<>();
        List<Integer> theirs = new ArrayList<>();
        for (int i = 0; i < blocks.size(); ) {
            int group = groups.get(i);
            long from = blocks.get(i).offset();
            long to = from;
            while (i < blocks.size() && groups.get(i) == group) {
                to += blocks.get(i++).size();
            }
            for (; from < to; from += most) {
                stretches.add(new Block("theta", from, List.of(Math.min(most, to - from))));
                theirs.add(group);
            }
        }
        return new GroupedBlocks(stretches, theirs);
    }
}
