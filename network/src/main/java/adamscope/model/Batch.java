package adamscope.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Which samples of a loss are taken.
public sealed interface Batch {

    /// The number of samples.
    long count();

    /// The rows of a tensor, one for each sample of a data set, that belong to this batch.
    default Tensor of(Tensor all) {
        return switch (this) {
            case Consecutive(long from, long to) ->
                from == 0 && to == all.size(0) ? all : all.narrow(0, from, to - from);
            case Chosen(long[] chosen) ->
                all.index_select(0, torch.tensor(chosen).to(all.device(), torch.ScalarType.Long));
        };
    }

    /// This batch in parts of at most `most` samples, in its order; 0: in one piece.
    default List<Batch> pieces(long most) {
        if (most == 0 || most >= count()) {
            return List.of(this);
        }
        List<Batch> pieces = new ArrayList<>();
        for (long from = 0; from < count(); from += most) {
            long to = Math.min(count(), from + most);
            pieces.add(
                    switch (this) {
                        case Consecutive(long first, var _) -> new Consecutive(first + from, first + to);
                        case Chosen(long[] chosen) -> new Chosen(Arrays.copyOfRange(chosen, (int) from, (int) to));
                    });
        }
        return pieces;
    }

    /// All samples of a loss.
    static Batch all(BatchLoss loss) {
        return new Consecutive(0, loss.samples());
    }

    /// The samples `from` to `to` − 1.
    record Consecutive(long from, long to) implements Batch {
        public Consecutive {
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
