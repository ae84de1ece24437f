package adamscope.rule;

import adamscope.formula.Expression.BinaryOperation;
import adamscope.kernel.UpdateKernel;
import adamscope.kernel.UpdateKernel.RowValue;
import adamscope.rule.RuleGraph.Extent;
import adamscope.rule.RuleGraph.TensorOperation;
import adamscope.rule.RuleGraph.Vertex;
import adamscope.tensor.Place;
import adamscope.tensor.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/// A rule by coordinate as one generated loop over the flat memory of its tensors on the processor, with the bits of
/// [RuleEvaluation].
///
/// What depends on hyper-parameters, powers and t alone is computed in double and rounded once to the precision of the
/// tensors, as there.
final class RuleKernel {
    private static final long SCRATCH = 64;

    /// Bytes of a stretch in each row: those of six rows stay in a processor's first cache.
    private static final long STRETCH = 1 << 13;

    private final RuleGraph graph;
    private final UpdateKernel kernel;
    private final List<Integer> host;
    private final List<Integer> slots;
    private final MemorySegment[] scratch;
    private final int wide;
    private final double[] sums;

    private RuleKernel(RuleGraph graph, UpdateKernel kernel, Translation translation, Named named, boolean wide) {
        this.graph = graph;
        this.kernel = kernel;
        this.host = translation.host;
        this.slots = translation.slots;
        this.wide = wide ? Double.BYTES : Float.BYTES;
        int rows = named.rows().size();
        this.sums = new double[named.totals().size()];
        this.scratch = new MemorySegment[rows];
        MemorySegment all = Arena.ofAuto().allocate(rows * SCRATCH, SCRATCH);
        Arrays.setAll(scratch, row -> all.asSlice(row * SCRATCH, SCRATCH));
    }

    /// What a kernel reads, writes and adds up.
    ///
    /// @param rows   names of the rows, in the order in which [#advance] takes them
    /// @param wanted those of them that change
    /// @param totals none: what stretches see they add up themselves
    record Named(List<String> rows, List<String> wanted, List<Stretches.Total> totals) {}

    /// The kernel of a rule; empty on other devices, and for operations that vectors do not round once.
    static Optional<RuleKernel> of(RuleGraph graph, Named named, Place place) {
        boolean vectors =
                graph.nodes().stream().allMatch(node -> node.extent() == Extent.HOST || node.extent() == Extent.FULL);
        if (!place.device().equals("cpu") || !vectors) {
            return Optional.empty();
        }
        boolean wide = place.precision() == Precision.FLOAT64;
        Translation translation = new Translation(graph, named.rows());
        List<UpdateKernel.Result> results = new ArrayList<>();
        for (String name : named.wanted()) {
            int row = named.rows().indexOf(name);
            results.add(new UpdateKernel.Result(translation.value(graph.names().get(name)), row));
        }
        List<Integer> totals = named.totals().stream().map(translation::term).toList();
        return UpdateKernel.of(new UpdateKernel.Code(translation.values, results, totals, wide))
                .map(kernel -> new RuleKernel(graph, kernel, translation, named, wide));
    }

    /// One step on these rows.
    ///
    /// @param known     hyper-parameters, powers and t
    /// @param stretches sees each stretch; the bits are the same whether anybody looks or not
    void advance(List<Tensor> rows, Map<String, Double> known, Stretches stretches) {
        double[] numbers = new double[graph.nodes().size()];
        for (int node : host) {
            numbers[node] = RuleEvaluation.number(graph.nodes().get(node), numbers, known);
        }
        double[] scalars = slots.stream().mapToDouble(node -> numbers[node]).toArray();
        long count = rows.getFirst().numel();
        MemorySegment[] memory =
                rows.stream().map(row -> memory(row, count * wide)).toArray(MemorySegment[]::new);
        if (stretches == Stretches.UNSEEN) {
            kernel.run(memory, scalars, count, scratch);
            return;
        }
        MemorySegment[] part = new MemorySegment[memory.length];
        long most = STRETCH / wide;
        long length;
        for (long from = 0; from < count; from += length) {
            length = Math.min(most - from % most, count - from);
            if (sums.length > 0) {
                length = Math.min(length, stretches.end((int) from) - from);
            }
            for (int row = 0; row < part.length; row++) {
                part[row] = memory[row].asSlice(from * wide, length * wide);
            }
            int begin = (int) from;
            int end = (int) (from + length);
            if (sums.length > 0) {
                kernel.run(part, scalars, length, scratch);
                Arrays.setAll(sums, kernel::total);
                stretches.added(begin, end, sums);
            } else {
                stretches.before(begin, end);
                kernel.run(part, scalars, length, scratch);
                stretches.after(begin, end);
            }
        }
    }

    @SuppressWarnings("restricted") // the address and length of a tensor that is alive while the step runs
    private static MemorySegment memory(Tensor tensor, long bytes) {
        return MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(bytes);
    }

    /// The values that the results need, in order.
    private static final class Translation {
        private final RuleGraph graph;
        private final List<String> named;
        private final List<RowValue> values = new ArrayList<>();
        private final Map<Integer, Integer> positions = new HashMap<>();
        private final List<Integer> slots = new ArrayList<>();
        private final List<Integer> host = new ArrayList<>();

        Translation(RuleGraph graph, List<String> named) {
            this.graph = graph;
            this.named = named;
        }

        /// The position of a node's value, of what it needs first.
        int value(int node) {
            Integer known = positions.get(node);
            if (known != null) {
                return known;
            }
            Vertex made = graph.nodes().get(node);
            RowValue value;
            if (made.extent() == Extent.HOST) {
                number(node);
                slots.add(node);
                value = new RowValue.Scalar(slots.size() - 1);
            } else {
                value = switch (made.operation()) {
                    case TensorOperation.Datum(String name) -> new RowValue.Row(named.indexOf(name));
                    case TensorOperation.One(var operation) -> new RowValue.One(operation, value(made.left()));
                    case TensorOperation.Two(var operation) ->
                        new RowValue.Two(operation, value(made.left()), value(made.right()));
                    case TensorOperation.Over _, TensorOperation.Known _, TensorOperation.Literal _ ->
                        throw new IllegalStateException("no value of a coordinate");
                };
            }
            values.add(value);
            positions.put(node, values.size() - 1);
            return values.size() - 1;
        }

        /// The position of what is added up for a total.
        int term(Stretches.Total total) {
            int number = value(graph.names().get(total.name()));
            return switch (total.term()) {
                case NUMBER -> number;
                case SQUARE -> square(number);
                case SQUARED_CHANGE -> {
                    values.add(new RowValue.Row(named.indexOf(total.name())));
                    values.add(new RowValue.Two(BinaryOperation.SUBTRACT, number, values.size() - 1));
                    yield square(values.size() - 1);
                }
            };
        }

        private int square(int number) {
            values.add(new RowValue.Two(BinaryOperation.MULTIPLY, number, number));
            return values.size() - 1;
        }

        /// Notes a number of the host behind those that it is made of.
        private void number(int node) {
            if (node < 0 || host.contains(node)) {
                return;
            }
            number(graph.nodes().get(node).left());
            number(graph.nodes().get(node).right());
            host.add(node);
        }
    }
}
