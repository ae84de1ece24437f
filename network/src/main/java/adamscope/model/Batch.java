package adamscope.model;

import java.util.Arrays;

/// Which samples of a loss are taken.
public sealed interface Batch {

    /// The number of samples.
    long count();

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
