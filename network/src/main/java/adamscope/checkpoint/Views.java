package adamscope.checkpoint;

import adamscope.tensor.NumberFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Tensors as views of storages: checked to lie inside before anything is read.
final class Views {
    private Views() {}

    /// @param from    first number, in numbers of `format`
    /// @param strides in numbers of `format`
    /// @throws IllegalArgumentException if it reaches beyond the storage
    static StoredTensor of(Storage storage, NumberFormat format, long from, List<Long> shape, List<Long> strides) {
        if (strides.size() != shape.size()) {
            throw new IllegalArgumentException(
                    "has a tensor of " + shape.size() + " dimensions with " + strides.size() + " strides");
        }
        long last = from;
        long size = 1;
        try {
            for (int axis = 0; axis < shape.size(); axis++) {
                if (shape.get(axis) < 0 || strides.get(axis) < 0 || from < 0) {
                    throw new ArithmeticException();
                }
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape.get(axis) - 1), strides.get(axis)));
                size = Math.multiplyExact(size, shape.get(axis));
            }
            long end = size == 0 ? 0 : Math.multiplyExact(Math.addExact(last, 1), (long) format.bytes());
            if (from < 0 || end > storage.length()) {
                throw new ArithmeticException();
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "has a tensor of shape " + shape + ", strides " + strides + ", from number " + from
                            + " that does not lie in its storage '" + storage.key() + "' of " + storage.count(),
                    e);
        }
        List<Long> zeros = Collections.nCopies(shape.size(), 0L);
        return new StoredTensor(
                format, shape, List.of(new StoredTensor.Piece(zeros, shape, storage, from, normal(shape, strides))));
    }

    /// Row by row.
    static List<Long> contiguous(List<Long> shape) {
        List<Long> strides = new ArrayList<>(Collections.nCopies(shape.size(), 1L));
        for (int axis = shape.size() - 2; axis >= 0; axis--) {
            strides.set(axis, strides.get(axis + 1) * shape.get(axis + 1));
        }
        return strides;
    }

    /// A dimension of one number has any stride; it gets the one that runs on from the next.
    private static List<Long> normal(List<Long> shape, List<Long> strides) {
        List<Long> normal = new ArrayList<>(strides);
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            if (shape.get(axis) == 1) {
                normal.set(axis, axis == shape.size() - 1 ? 1 : normal.get(axis + 1) * shape.get(axis + 1));
            }
        }
        return normal;
    }
}
