package adamscope.curvature;

import adamscope.linear.EigenTracker.State;
import adamscope.tensor.Place;
import adamscope.tensor.TensorVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// The state of an [adamscope.linear.EigenTracker] in tensors that stay in their place, so that a checkpoint can hold
/// it.
///
/// @param vectors most × dimension
/// @param rival   one vector
/// @param numbers in double: how many values there are, whether there is a rival, the other fields of the state, values
record TrackerMemory(Tensor vectors, Tensor rival, Tensor numbers) {
    private static final int FIXED = 7;

    /// Before the first measurement.
    static TrackerMemory of(TensorVectors space, int most) {
        return new TrackerMemory(
                space.place().zeros(most, space.dimension()),
                space.place().zeros(space.dimension()),
                new Place("cpu", Place.CPU_FLOAT64.precision()).zeros(FIXED + most));
    }

    /// Whether there was a measurement.
    boolean filled() {
        return Place.numbers(numbers)[0] > 0;
    }

    State<Tensor> state() {
        double[] n = Place.numbers(numbers);
        int count = (int) n[0];
        if (count == 0) {
            return State.none();
        }
        List<Tensor> tracked = new ArrayList<>();
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            tracked.add(vectors.select(0, i));
            values[i] = n[FIXED + i];
        }
        return new State<>(tracked, values, n[1] == 0 ? null : rival, n[2], n[3], (int) n[4], (int) n[5], n[6]);
    }

    void keep(State<Tensor> state) {
        double[] n = new double[(int) numbers.numel()];
        n[0] = state.vectors().size();
        n[1] = state.rival() == null ? 0 : 1;
        n[2] = state.rivalValue();
        n[3] = state.rivalResidual();
        n[4] = state.rivalAge();
        n[5] = state.looks();
        n[6] = state.drift();
        for (int i = 0; i < state.vectors().size(); i++) {
            vectors.select(0, i).copy_(state.vectors().get(i));
            n[FIXED + i] = state.values()[i];
        }
        if (state.rival() != null) {
            rival.copy_(state.rival());
        }
        numbers.copy_(Place.CPU_FLOAT64.tensor(n, n.length));
    }

    /// The tensors by name.
    void addTo(Map<String, Tensor> memory, String name) {
        memory.put(name + ".vectors", vectors);
        memory.put(name + ".rival", rival);
        memory.put(name + ".numbers", numbers);
    }
}
