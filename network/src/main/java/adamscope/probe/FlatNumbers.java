package adamscope.probe;

import adamscope.kernel.NumberRow;
import adamscope.tensor.Place;
import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The numbers of a flat tensor as they stand at each call: read from its memory on the processor, fetched from other
/// devices. Sums on the processor are in double.
sealed interface FlatNumbers {

    /// The numbers of `flat`, whose memory stays where it is.
    @SuppressWarnings("restricted") // the address and length of a tensor that outlives this view
    static FlatNumbers of(Tensor flat) {
        if (!flat.is_cpu()) {
            return new Fetched(flat);
        }
        MemorySegment memory =
                MemorySegment.ofAddress(flat.data_ptr().address()).reinterpret(flat.numel() * flat.element_size());
        return new InMemory(new NumberRow(memory, flat.element_size() == Double.BYTES));
    }

    /// The numbers at some coordinates.
    void read(long[] coordinates, double[] into);

    /// Σ x² over the coordinates `from` to `to` − 1.
    double squares(int from, int to);

    /// Copies them to those of another, and returns the sum there.
    double squaresCopied(int from, int to, FlatNumbers other);

    /// Σ x over the coordinates `from` to `to` − 1.
    double sum(int from, int to);

    /// Σ (x − y)² over the coordinates `from` to `to` − 1 and as many y from `start` on.
    double squaredDistance(int from, int to, FlatNumbers other, int start);

    /// Copies the coordinates `from` to `to` − 1 to those of another from `start` on.
    void copy(int from, int to, FlatNumbers other, int start);

    /// On the processor.
    record InMemory(NumberRow row) implements FlatNumbers {
        @Override
        public void read(long[] coordinates, double[] into) {
            for (int i = 0; i < coordinates.length; i++) {
                into[i] = row.at(coordinates[i]);
            }
        }

        @Override
        public double squares(int from, int to) {
            return row.squares(from, to - from);
        }

        @Override
        public double squaresCopied(int from, int to, FlatNumbers other) {
            NumberRow target = rowOf(other);
            double sum = 0;
            // while they are in the first cache of the processor
            for (int at = from; at < to; at += NumberRow.CHUNK) {
                int count = Math.min(NumberRow.CHUNK, to - at);
                row.copy(at, count, target, at);
                sum += target.squares(at, count);
            }
            return sum;
        }

        @Override
        public double sum(int from, int to) {
            return row.sum(from, to - from);
        }

        @Override
        public double squaredDistance(int from, int to, FlatNumbers other, int start) {
            return row.squaredDistance(from, to - from, rowOf(other), start);
        }

        @Override
        public void copy(int from, int to, FlatNumbers other, int start) {
            row.copy(from, to - from, rowOf(other), start);
        }

        private static NumberRow rowOf(FlatNumbers numbers) {
            return switch (numbers) {
                case InMemory(NumberRow other) -> other;
                case Fetched _ -> throw new IllegalStateException("numbers of two devices");
            };
        }
    }

    /// On another device.
    record Fetched(Tensor flat) implements FlatNumbers {
        @Override
        public void read(long[] coordinates, double[] into) {
            try (PointerScope _ = new PointerScope()) {
                Tensor chosen = flat.index_select(0, torch.tensor(coordinates).to(flat.device(), ScalarType.Long));
                System.arraycopy(Place.numbers(chosen), 0, into, 0, into.length);
            }
        }

        @Override
        public double squares(int from, int to) {
            try (PointerScope _ = new PointerScope()) {
                Tensor part = flat.narrow(0, from, to - from);
                return torch.dot(part, part).item_double();
            }
        }

        @Override
        public double squaresCopied(int from, int to, FlatNumbers other) {
            copy(from, to, other, from);
            return other.squares(from, to);
        }

        @Override
        public double sum(int from, int to) {
            try (PointerScope _ = new PointerScope()) {
                return flat.narrow(0, from, to - from).sum().item_double();
            }
        }

        @Override
        public double squaredDistance(int from, int to, FlatNumbers other, int start) {
            try (PointerScope _ = new PointerScope()) {
                Tensor difference =
                        flat.narrow(0, from, to - from).sub(tensorOf(other).narrow(0, start, to - from));
                return torch.dot(difference, difference).item_double();
            }
        }

        @Override
        public void copy(int from, int to, FlatNumbers other, int start) {
            try (PointerScope _ = new PointerScope()) {
                tensorOf(other).narrow(0, start, to - from).copy_(flat.narrow(0, from, to - from));
            }
        }

        private static Tensor tensorOf(FlatNumbers numbers) {
            return switch (numbers) {
                case Fetched(Tensor other) -> other;
                case InMemory _ -> throw new IllegalStateException("numbers of two devices");
            };
        }
    }
}
