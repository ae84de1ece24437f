package adamscope.training;

import adamscope.tensor.Place;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The numbers of a flat tensor as they stand at each call: read from its memory on the processor, fetched from other
/// devices. Sums are in double.
sealed interface FlatNumbers {

    /// The numbers of `flat`, whose memory stays where it is.
    static FlatNumbers of(Tensor flat) {
        if (!flat.is_cpu()) {
            return new Fetched(flat);
        }
        return flat.element_size() == Double.BYTES
                ? new Doubles(flat.data_ptr_double()
                        .capacity(flat.numel())
                        .asByteBuffer()
                        .asDoubleBuffer())
                : new Floats(flat.data_ptr_float()
                        .capacity(flat.numel())
                        .asByteBuffer()
                        .asFloatBuffer());
    }

    /// The numbers at some coordinates.
    void read(long[] coordinates, double[] into);

    /// Σ x² over the coordinates `from` to `to` − 1.
    double squares(int from, int to);

    /// Σ x over the coordinates `from` to `to` − 1.
    double sum(int from, int to);

    /// Single precision on the processor.
    record Floats(FloatBuffer numbers) implements FlatNumbers {
        @Override
        public void read(long[] coordinates, double[] into) {
            for (int i = 0; i < coordinates.length; i++) {
                into[i] = numbers.get((int) coordinates[i]);
            }
        }

        @Override
        public double squares(int from, int to) {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            int i = from;
            for (; i + 3 < to; i += 4) {
                double p = numbers.get(i);
                double q = numbers.get(i + 1);
                double r = numbers.get(i + 2);
                double s = numbers.get(i + 3);
                a += p * p;
                b += q * q;
                c += r * r;
                d += s * s;
            }
            for (; i < to; i++) {
                double p = numbers.get(i);
                a += p * p;
            }
            return a + b + c + d;
        }

        @Override
        public double sum(int from, int to) {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            int i = from;
            for (; i + 3 < to; i += 4) {
                a += numbers.get(i);
                b += numbers.get(i + 1);
                c += numbers.get(i + 2);
                d += numbers.get(i + 3);
            }
            for (; i < to; i++) {
                a += numbers.get(i);
            }
            return a + b + c + d;
        }
    }

    /// Double precision on the processor.
    record Doubles(DoubleBuffer numbers) implements FlatNumbers {
        @Override
        public void read(long[] coordinates, double[] into) {
            for (int i = 0; i < coordinates.length; i++) {
                into[i] = numbers.get((int) coordinates[i]);
            }
        }

        @Override
        public double squares(int from, int to) {
            double a = 0;
            double b = 0;
            int i = from;
            for (; i + 1 < to; i += 2) {
                double p = numbers.get(i);
                double q = numbers.get(i + 1);
                a += p * p;
                b += q * q;
            }
            if (i < to) {
                double p = numbers.get(i);
                a += p * p;
            }
            return a + b;
        }

        @Override
        public double sum(int from, int to) {
            double a = 0;
            double b = 0;
            int i = from;
            for (; i + 1 < to; i += 2) {
                a += numbers.get(i);
                b += numbers.get(i + 1);
            }
            return i < to ? a + b + numbers.get(i) : a + b;
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
        public double sum(int from, int to) {
            try (PointerScope _ = new PointerScope()) {
                return flat.narrow(0, from, to - from).sum().item_double();
            }
        }
    }
}
