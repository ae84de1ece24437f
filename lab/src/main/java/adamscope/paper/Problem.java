package adamscope.paper;

import adamscope.data.FashionMnist;
import adamscope.data.LabelledImages;
import adamscope.data.Scaling;
import adamscope.linear.CountedUniform;
import adamscope.model.BatchLoss;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.model.NetworkLoss;
import adamscope.tensor.Place;
import adamscope.training.Task;

/// What a network of a figure learns, as data: equal ones are the same problem.
sealed interface Problem {

    /// The loss at a place.
    BatchLoss at(Place place, long seed);

    /// A model, its data and the loss between them.
    record Learning(Task task) implements Problem {
        @Override
        public BatchLoss at(Place place, long seed) {
            return task.at(place, seed);
        }
    }

    /// The first shipped images, each with the class of another: nothing but memory helps, which makes few images as
    /// hard as many (Zhang et al. 2017, section 2.1).
    ///
    /// @param images how many
    record ChanceLabels(ModelSource.OfSamples model, int images, Criterion criterion) implements Problem {
        private static final long ORDER = 7;

        @Override
        public BatchLoss at(Place place, long seed) {
            LabelledImages shipped = FashionMnist.shipped(images);
            long[] order = CountedUniform.order(images, ORDER);
            int[] labels = new int[images];
            for (int image = 0; image < images; image++) {
                labels[image] = shipped.labels()[(int) order[image]];
            }
            LabelledImages mixed = new LabelledImages(shipped.shape(), shipped.values(), labels);
            return new NetworkLoss(model.network(shipped.shape()), mixed.toSamples(place, Scaling.STANDARD), criterion);
        }
    }
}
