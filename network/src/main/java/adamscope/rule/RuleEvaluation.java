package adamscope.rule;

import adamscope.formula.Evaluation;
import adamscope.rule.RuleGraph.Extent;
import adamscope.rule.RuleGraph.TensorOperation;
import adamscope.rule.RuleGraph.Vertex;
import adamscope.tensor.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// One run of a schedule over one block.
///
/// What depends on hyper-parameters, powers and t alone is computed in double here, whatever the precision of the
/// tensors, and rounded to it once, when it meets a tensor.
final class RuleEvaluation {
    private final RuleSchedule schedule;
    private final Tensor[] storages;
    private final Map<String, Double> known;
    private final long[] shape;
    private final Place place;
    private final double[] numbers;
    private final Tensor[] tensors;

    /// @param storages views of the block in the named storages and the temporaries
    /// @param known    hyper-parameters, powers and t
    /// @param shape    of the block, one or two extents
    RuleEvaluation(RuleSchedule schedule, Tensor[] storages, Map<String, Double> known, long[] shape, Place place) {
        this.schedule = schedule;
        this.storages = storages;
        this.known = known;
        this.shape = shape;
        this.place = place;
        this.numbers = new double[schedule.graph().nodes().size()];
        this.tensors = new Tensor[numbers.length];
    }

    /// Computes every value that is wanted; named storages may still hold older values until [#finish()].
    void compute() {
        for (int node : schedule.steps()) {
            Vertex value = schedule.graph().nodes().get(node);
            if (value.extent() == Extent.HOST) {
                numbers[node] = number(value, numbers, known);
            } else {
                tensor(node, value);
            }
        }
    }

    /// The value that a name has after the last line; it may be smaller than the block and stretch over it.
    Tensor value(String name) {
        return operand(schedule.graph().names().get(name));
    }

    /// Brings every value to the storage of its name.
    void finish() {
        List<Tensor> sources = new ArrayList<>();
        for (RuleSchedule.Move move : schedule.moves()) {
            Tensor source = operand(move.node());
            sources.add(move.aside() ? source.clone() : source);
        }
        for (int i = 0; i < sources.size(); i++) {
            storages[schedule.moves().get(i).storage()].copy_(sources.get(i));
        }
    }

    /// A number of the host, from those before it.
    static double number(Vertex value, double[] numbers, Map<String, Double> known) {
        return switch (value.operation()) {
            case TensorOperation.Literal(double literal) -> literal;
            case TensorOperation.Known(String name) -> {
                if (!known.containsKey(name)) {
                    throw new IllegalStateException("the rule uses '" + name + "', which has no value");
                }
                yield known.get(name);
            }
            case TensorOperation.One(var operation) -> Evaluation.apply(operation, numbers[value.left()]);
            case TensorOperation.Two(var operation) ->
                Evaluation.apply(operation, numbers[value.left()], numbers[value.right()]);
            case TensorOperation.Datum _, TensorOperation.Over _ ->
                throw new IllegalStateException("a tensor, not a number");
        };
    }

    private void tensor(int node, Vertex value) {
        switch (value.operation()) {
            case TensorOperation.One(var operation) ->
                TensorArithmetic.apply(operation, operand(value.left()), destination(node, value));
            case TensorOperation.Two(var operation) ->
                TensorArithmetic.apply(
                        operation, operand(value.left()), operand(value.right()), destination(node, value));
            case TensorOperation.Over(var kind) -> {
                Tensor reduced =
                        TensorArithmetic.reduced(kind, operand(value.left()).expand(shape));
                if (value.extent() == Extent.FULL) {
                    destination(node, value).copy_(reduced);
                } else {
                    tensors[node] = reduced;
                }
            }
            case TensorOperation.Datum _, TensorOperation.Known _, TensorOperation.Literal _ ->
                throw new IllegalStateException("nothing to compute");
        }
    }

    private Tensor destination(int node, Vertex value) {
        if (value.extent() == Extent.FULL) {
            return storages[schedule.storages()[node]];
        }
        long rows = value.extent() == Extent.ROWS ? shape[0] : 1;
        long columns = value.extent() == Extent.COLUMNS ? shape[1] : 1;
        tensors[node] = shape.length == 1 ? place.zeros(1) : place.zeros(rows, columns);
        return tensors[node];
    }

    private Tensor operand(int node) {
        Extent extent = schedule.graph().nodes().get(node).extent();
        if (extent == Extent.FULL) {
            return storages[schedule.storages()[node]];
        }
        if (extent == Extent.HOST && tensors[node] == null) {
            tensors[node] = place.number(numbers[node]);
        }
        return tensors[node];
    }
}
