package adamscope.rule;

import adamscope.optimizer.OptimizerRule;
import adamscope.optimizer.Statement;
import adamscope.rule.RuleGraph.Extent;
import adamscope.rule.RuleGraph.TensorOperation;
import adamscope.rule.RuleGraph.Vertex;
import adamscope.tensor.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Where each full-sized value of a rule is written: in place where an operand dies, so that a step allocates nothing.
///
/// Storages are numbered: first the named ones (x, g and the states, in the order of `named`), then temporaries.
///
/// @param graph       the values
/// @param steps       what to compute, in order
/// @param moves       values that must be copied into a named storage at the end
/// @param storages    for each node the storage it lies in, −1 if it has none of full size
/// @param temporaries how many storages there are beyond the named ones
record RuleSchedule(RuleGraph graph, List<Integer> steps, List<Move> moves, int[] storages, int temporaries) {

    /// At the end `node` belongs into `storage`.
    ///
    /// @param aside whether another move overwrites where it lies, so that it must be set aside first
    record Move(int node, int storage, boolean aside) {}

    /// Schedules what the names in `wanted` need.
    ///
    /// @param named    names with a storage of their own
    /// @param readOnly those of them that must not be overwritten
    /// @param wanted   names whose last value is wanted; the values of named ones end in their storage
    static RuleSchedule of(RuleGraph graph, List<String> named, List<String> readOnly, List<String> wanted) {
        return new Planning(graph, named, readOnly, wanted).plan();
    }

    /// Of some lines for each block.
    static List<RuleSchedule> of(List<Block> blocks, List<Statement> lines, List<String> named, List<String> wanted) {
        List<String> readOnly = wanted.contains(OptimizerRule.PARAMETER)
                ? List.of(OptimizerRule.GRADIENT)
                : List.of(OptimizerRule.GRADIENT, OptimizerRule.PARAMETER);
        // Whether a block is a matrix is all that a schedule knows of it.
        Map<Boolean, RuleSchedule> byShape = new LinkedHashMap<>();
        return blocks.stream()
                .map(block -> byShape.computeIfAbsent(
                        block.isMatrix(),
                        _ -> of(RuleGraph.of(lines, new LinkedHashSet<>(named), block), named, readOnly, wanted)))
                .toList();
    }

    private static final class Planning {
        private static final int FOREVER = Integer.MAX_VALUE;

        private final RuleGraph graph;
        private final List<String> named;
        private final List<String> readOnly;
        private final List<String> wanted;
        private final int[] lastUse;
        private final int[] storages;
        private final List<Integer> holders = new ArrayList<>();

        Planning(RuleGraph graph, List<String> named, List<String> readOnly, List<String> wanted) {
            this.graph = graph;
            this.named = named;
            this.readOnly = readOnly;
            this.wanted = wanted;
            this.lastUse = new int[graph.nodes().size()];
            this.storages = new int[graph.nodes().size()];
            Arrays.fill(lastUse, -1);
            Arrays.fill(storages, -1);
        }

        RuleSchedule plan() {
            wanted.forEach(name -> lastUse[graph.names().get(name)] = FOREVER);
            for (int node = lastUse.length - 1; node >= 0; node--) {
                if (lastUse[node] >= 0) {
                    use(graph.nodes().get(node).left(), node);
                    use(graph.nodes().get(node).right(), node);
                }
            }
            named.forEach(_ -> holders.add(-1));
            List<Integer> steps = new ArrayList<>();
            for (int node = 0; node < lastUse.length; node++) {
                if (graph.nodes().get(node).operation() instanceof TensorOperation.Datum(String name)) {
                    storages[node] = named.indexOf(name);
                    holders.set(storages[node], node);
                }
            }
            for (int node = 0; node < lastUse.length; node++) {
                Vertex value = graph.nodes().get(node);
                if (lastUse[node] >= 0 && !(value.operation() instanceof TensorOperation.Datum)) {
                    steps.add(node);
                    if (value.extent() == Extent.FULL) {
                        storages[node] = chosen(node, value);
                        holders.set(storages[node], node);
                    }
                }
            }
            return new RuleSchedule(graph, steps, moves(), storages, holders.size() - named.size());
        }

        private void use(int operand, int user) {
            if (operand >= 0) {
                lastUse[operand] = Math.max(lastUse[operand], user);
            }
        }

        private int chosen(int node, Vertex value) {
            for (String name : wanted) {
                int own = named.indexOf(name);
                if (own >= 0 && graph.names().get(name) == node && free(own, node)) {
                    return own;
                }
            }
            for (int operand : new int[] {value.left(), value.right()}) {
                if (operand >= 0 && storages[operand] >= named.size() && free(storages[operand], node)) {
                    return storages[operand];
                }
            }
            for (int operand : new int[] {value.left(), value.right()}) {
                if (operand >= 0 && storages[operand] >= 0 && free(storages[operand], node)) {
                    return storages[operand];
                }
            }
            for (int storage = named.size(); storage < holders.size(); storage++) {
                if (free(storage, node)) {
                    return storage;
                }
            }
            holders.add(-1);
            return holders.size() - 1;
        }

        /// Whether `node` may be written there: nobody needs after it what the storage holds.
        private boolean free(int storage, int node) {
            int holder = holders.get(storage);
            boolean writable = storage >= named.size() || !readOnly.contains(named.get(storage));
            return writable && (holder < 0 || lastUse[holder] <= node);
        }

        private List<Move> moves() {
            List<Move> moves = new ArrayList<>();
            for (String name : wanted) {
                int own = named.indexOf(name);
                int node = graph.names().get(name);
                if (own >= 0 && storages[node] != own) {
                    moves.add(new Move(node, own, storages[node] >= 0 && storages[node] < named.size()));
                }
            }
            return moves;
        }
    }
}
