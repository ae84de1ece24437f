package adamscope.curvature;

import adamscope.linear.EigenTracker.TrackerState;
import adamscope.linear.Outlook;
import adamscope.tensor.Place;
import adamscope.tensor.TensorVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/// The state of an [adamscope.linear.EigenTracker] in tensors that stay in their place, so that a checkpoint can hold
/// it.
///
/// @param vectors most × dimension
/// @param rivals  rivals × dimension
/// @param numbers in double: how many values, rivals and levels there are, the single numbers, values, tops, levels
record TrackerMemory(Tensor vectors, Tensor rivals, Tensor numbers) {
    private static final int FIXED = 7;

    /// Before the first measurement.
    static TrackerMemory of(TensorVectors space, int most) {
        int levels = most + Outlook.RIVALS;
        return new TrackerMemory(
                space.place().zeros(most, space.dimension()),
                space.place().zeros(Outlook.RIVALS, space.dimension()),
                new Place("cpu", Place.CPU_FLOAT64.precision()).zeros(FIXED + 2 * levels));
    }

    /// Whether there was a measurement.
    boolean filled() {
        return Place.numbers(numbers)[0] > 0;
    }

    TrackerState<Tensor> state() {
        double[] n = Place.numbers(numbers);
        int count = (int) n[0];
        int others = (int) n[1];
        int levels = (int) n[2];
        int tops = FIXED + count;
        if (count == 0) {
            return TrackerState.<Tensor>none().at((long) n[5]);
        }
        return new TrackerState<>(
                first(vectors, count),
                Arrays.copyOfRange(n, FIXED, tops),
                new Outlook<>(
                        first(rivals, others),
                        Arrays.copyOfRange(n, tops, tops + others),
                        n[3],
                        Arrays.copyOfRange(n, tops + others, tops + others + levels),
                        (int) n[4]),
                (long) n[5],
                n[6]);
    }

    private static List<Tensor> first(Tensor rows, int count) {
        return IntStream.range(0, count).mapToObj(i -> rows.select(0, i)).toList();
    }

    void keep(TrackerState<Tensor> state) {
        Outlook<Tensor> outlook = state.outlook();
        List<Double> n = new ArrayList<>(List.of(
                (double) state.vectors().size(),
                (double) outlook.rivals().size(),
                (double) outlook.levels().length,
                outlook.rest(),
                (double) outlook.age(),
                (double) state.clock(),
                state.drift()));
        for (double[] part : List.of(state.values(), outlook.tops(), outlook.levels())) {
            Arrays.stream(part).forEach(n::add);
        }
        copy(state.vectors(), vectors);
        copy(movable(outlook.rivals(), rivals), rivals);
        double[] padded = new double[(int) numbers.numel()];
        Arrays.setAll(padded, i -> i < n.size() ? n.get(i) : 0);
        numbers.copy_(Place.CPU_FLOAT64.tensor(padded, padded.length));
    }

    /// A vector that stayed may be a row itself: where it is to be another one it is cloned.
    private static List<Tensor> movable(List<Tensor> kept, Tensor rows) {
        return IntStream.range(0, kept.size())
                .mapToObj(i -> {
                    Tensor vector = kept.get(i);
                    boolean there = vector.data_ptr().address()
                            == rows.select(0, i).data_ptr().address();
                    return there ? vector : vector.clone();
                })
                .toList();
    }

    private static void copy(List<Tensor> from, Tensor rows) {
        for (int i = 0; i < from.size(); i++) {
            rows.select(0, i).copy_(from.get(i));
        }
    }

    /// The tensors by name; other names than those of the tracker before it, whose checkpoints so begin anew.
    void addTo(Map<String, Tensor> memory, String name) {
        memory.put(name + ".vectors", vectors);
        memory.put(name + ".rivals", rivals);
        memory.put(name + ".state", numbers);
    }
}
