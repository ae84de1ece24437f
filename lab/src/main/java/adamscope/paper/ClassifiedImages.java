package adamscope.paper;

import adamscope.data.CifarFormat;
import adamscope.data.ImageSource;
import adamscope.data.Scaling;
import adamscope.data.Subset;
import adamscope.model.Activation;
import adamscope.model.Criterion;
import adamscope.model.ModelSource;
import adamscope.training.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The images that the networks of papers 1 and 2 learn to classify, and the square loss that paper 2 takes for it.
final class ClassifiedImages {
    /// What a full run needs that does not ship with the program.
    static final String CIFAR_FILES = "Needs the binary version of CIFAR-10 (data_batch_1.bin to data_batch_5.bin) in"
            + " the folder where the command runs. ";

    private static final int BATCHES = 5;

    private ClassifiedImages() {}

    /// Shipped images of Fashion-MNIST.
    static ImageSource fashion(Subset subset) {
        return new ImageSource(new ImageSource.Format.Shipped(), subset, Scaling.STANDARD);
    }

    /// CIFAR-10 from the files in the working folder.
    static ImageSource cifar(Subset subset) {
        List<Path> batches = IntStream.rangeClosed(1, BATCHES)
                .mapToObj(i -> Path.of("data_batch_" + i + ".bin"))
                .toList();
        return new ImageSource(new ImageSource.Format.Cifar(CifarFormat.CIFAR10, batches), subset, Scaling.CHANNELS);
    }

    /// A network with relu between its layers and the square loss.
    static Task squareLoss(List<Integer> hidden, ImageSource images) {
        return new Task(
                new ModelSource.Dense(hidden, Activation.RELU),
                Optional.of(images),
                Optional.of(Criterion.MEAN_SQUARED));
    }
}
