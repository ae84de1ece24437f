package adamscope.paper;

import adamscope.data.ImageSource;
import adamscope.data.Scaling;
import adamscope.data.Subset;
import adamscope.model.Activation;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.training.Task;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What the networks of the figures learn: images that ship with the program stand for the papers' data sets.
final class FigureTasks {
    /// What [#fullyConnected] is, for captions.
    static final String FULLY_CONNECTED = "Five hidden layers of 50, tanh, weights N(0, 1/fan-in), half the squared"
            + " error, full batch of the first 500 images of Fashion-MNIST, seed 1";

    /// What it is at full size.
    static final String FULLY_CONNECTED_FULL =
            "Five hidden layers of 200 as in the paper, 5,000 images; CIFAR-10 does" + " not ship with the program.";

    /// What the paper has instead.
    static final String FULLY_CONNECTED_PAPER = " The paper: five hidden layers of 200, all of CIFAR-10.";

    /// What [#hard] is.
    static final String CHANCE_LABELS =
            "Five hidden layers of 50, tanh, weights N(0, 1/fan-in), half the squared error, full batch of the first"
                + " 500 images of Fashion-MNIST with their classes dealt out anew by chance, since with their own so"
                + " few images are learned before the sharpness rises, seed 1";

    private FigureTasks() {}

    /// The network of most figures of paper 3 (five hidden layers of 200 on CIFAR-10), smaller.
    static Task fullyConnected(Effort effort) {
        return dense(Collections.nCopies(5, effort.size(50, 200)), effort.size(500, 5000));
    }

    /// The same network on a task whose sharpness rises as the paper's does: chance labels on few images.
    static Problem hard(Effort effort) {
        return effort.full() ? new Problem.Learning(fullyConnected(effort)) : chanceLabels(500);
    }

    /// Five hidden layers of 50 on so many images with chance labels.
    static Problem chanceLabels(int images) {
        return new Problem.ChanceLabels(
                new ModelSource.Dense(Collections.nCopies(5, 50), Activation.TANH), images, Criterion.HALF_SQUARED);
    }

    /// Hidden tanh layers of these widths on the first shipped images.
    static Task dense(List<Integer> hidden, int images) {
        return new Task(
                new ModelSource.Dense(hidden, Activation.TANH),
                Optional.of(images(images)),
                Optional.of(Criterion.HALF_SQUARED));
    }

    /// The first images that ship.
    static ImageSource images(int count) {
        return new ImageSource(new ImageSource.Format.Shipped(), Subset.first(count), Scaling.STANDARD);
    }
}
