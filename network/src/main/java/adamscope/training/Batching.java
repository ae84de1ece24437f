package adamscope.training;

import adamscope.linear.CountedUniform;
import adamscope.model.Batch;
import adamscope.model.BatchLoss;
import java.util.Arrays;

/// Which samples each step sees, and in how many pieces they pass through memory.
///
/// Of a minibatch run, each epoch has an order of its own, a function of seed and epoch alone, and is cut into batches
/// of `size`; the last is smaller where `size` does not divide the number of samples, as PyTorch's `DataLoader` does.
///
/// @param size  samples of a batch; 0: all of them at every step
/// @param micro samples that pass through memory at once; 0: the whole batch
/// @param seed  of the orders
public record Batching(long size, long micro, long seed) {
    /// All samples at every step, in one piece.
    public static final Batching FULL = new Batching(0, 0, 0);

    public Batching {
        if (size < 0 || micro < 0) {
            throw new IllegalArgumentException(
                    "batch = " + size + ", micro_batch = " + micro + ": neither may be negative");
        }
    }

    /// Refuses what a loss cannot do.
    ///
    /// @throws IllegalArgumentException for micro-batches of a loss that is no mean over its samples
    public void refuseFor(BatchLoss loss) {
        if (micro > 0 && micro < samples(loss) && !loss.separable()) {
            throw new IllegalArgumentException("micro_batch = " + micro
                    + ": this model mixes the samples of a batch (batch normalisation), so its loss over "
                    + samples(loss)
                    + " samples is not the mean over smaller batches; leave micro_batch out");
        }
        if (size > loss.samples()) {
            throw new IllegalArgumentException("batch = " + size + " is more than the " + loss.samples() + " samples");
        }
        if (size > 0 && loss.samples() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(loss.samples() + " samples cannot be shuffled; take fewer");
        }
    }

    /// Samples of a batch of this loss.
    public long samples(BatchLoss loss) {
        return size == 0 ? loss.samples() : Math.min(size, loss.samples());
    }

    /// Steps of an epoch.
    public long stepsPerEpoch(BatchLoss loss) {
        return size == 0 ? 1 : Math.ceilDiv(loss.samples(), size);
    }

    /// The batches of a run, one after the other.
    Batches of(BatchLoss loss) {
        return new Batches(this, loss);
    }

    /// The batch of each step; remembers the order of one epoch.
    static final class Batches {
        private final Batching plan;
        private final BatchLoss loss;
        private long epoch = -1;
        private long[] order;

        private Batches(Batching plan, BatchLoss loss) {
            this.plan = plan;
            this.loss = loss;
        }

        /// The samples whose gradient step t, counted from 1, uses.
        Batch batch(long step) {
            if (plan.size == 0) {
                return Batch.all(loss);
            }
            long place = (step - 1) % plan.stepsPerEpoch(loss);
            long wanted = (step - 1) / plan.stepsPerEpoch(loss);
            if (wanted != epoch) {
                order = CountedUniform.order((int) loss.samples(), CountedUniform.bits(plan.seed, wanted));
                epoch = wanted;
            }
            int from = Math.toIntExact(place * plan.size);
            int to = (int) Math.min(order.length, from + plan.size);
            return new Batch.Chosen(Arrays.copyOfRange(order, from, to));
        }
    }
}
