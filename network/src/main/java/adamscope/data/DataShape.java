package adamscope.data;

/// What one sample of a data set looks like, so far as the size of a model depends on it.
public sealed interface DataShape {

    /// A row of numbers, and so many targets.
    record Vectors(int width, int outputs) implements DataShape {
        public Vectors {
            positive(width, outputs);
        }
    }

    /// An image, channel by channel, and so many classes.
    record Images(int channels, int height, int width, int classes) implements DataShape {
        public Images {
            positive(channels, height, width, classes);
        }

        /// The numbers of an image.
        public int pixels() {
            return channels * height * width;
        }
    }

    /// A text of so many tokens, each a number from 0 to `vocabulary` − 1, and as many targets.
    record Tokens(int length, int vocabulary) implements DataShape {
        public Tokens {
            positive(length, vocabulary);
        }
    }

    /// A text and its translation in one row, `sourceLength` tokens and then `targetLength` tokens that the decoder is
    /// given, and as many targets as these; one vocabulary for both, token 0 is padding.
    record Pairs(int sourceLength, int targetLength, int vocabulary) implements DataShape {
        public Pairs {
            positive(sourceLength, targetLength, vocabulary);
        }
    }

    /// More classes, or words of a vocabulary, than any data set has: what is beyond is a damaged label, and would ask
    /// for a model of its size.
    int MOST_CLASSES = 1 << 20;

    /// Numbers of all targets together, one for each sample and class.
    long MOST_TARGETS = Integer.MAX_VALUE - 8;

    /// @throws IllegalArgumentException if one-hot targets would not fit
    static void refuseTooManyTargets(long samples, long classes) {
        if (classes > MOST_CLASSES || samples * classes > MOST_TARGETS) {
            throw new IllegalArgumentException(samples + " samples of " + classes + " classes: at most " + MOST_CLASSES
                    + " classes and " + MOST_TARGETS + " targets, one for each sample and class, are allowed");
        }
    }

    private static void positive(int... extents) {
        for (int extent : extents) {
            if (extent < 1) {
                throw new IllegalArgumentException("an extent of a sample is " + extent + ", allowed is 1 or more");
            }
        }
    }
}
