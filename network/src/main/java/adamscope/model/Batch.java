package adamscope.model;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Which samples of a loss are taken.
public sealed interface Batch {

    /// The number of samples.
    long count();

    /// The rows of a tensor, one for each sample of a data set, that belong to this batch.
    default Tensor of(Tensor all) {
        return switch (this) {
            case Range(long from, long to) -> from == 0 && to == all.size(0) ? all : all.narrow(0, from, to - from);
            case Chosen(long[] chosen) ->
                all.index_select(0, torch.tensor(chosen).to(all.device(), torch.ScalarType.Long));
        };
    }

    /// All samples of a loss.
    static Batch all(BatchLoss loss) {
        return new Range(0, loss.samples());
    }

    /// The samples `from` to `to` − 1.
    record Range(long from, long to) implements Batch {
        public Range {
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException("a batch of the samples " + from + " to " + to + " is empty");
            }
        }

        @Override
        public long count() {
            return to - from;
        }
    }

    /// The samples with these numbers, in this order.
    record Chosen(long[] samples) implements Batch {
        public Chosen {
            if (samples.length == 0) {
                throw new IllegalArgumentException("a batch has at least one sample");
            }
        }

        @Override
        public long count() {
            return samples.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Chosen(long[] others) && Arrays.equals(samples, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(samples);
        }

        @Override
        public String toString() {
            return "Chosen" + Arrays.toString(samples);
        }
    }
}
