package adamscope.data;

import adamscope.tensor.Place;
import java.nio.file.Path;

/// Labelled images: which, how many of them, how their pixels are scaled.
public record ImageSource(Format format, Subset subset, Scaling scaling) implements DataSource {

    /// How images lie in files.
    public sealed interface Format {

        /// The images of Fashion-MNIST that ship with the program.
        record Shipped() implements Format {}

        /// A pair of IDX files, packed with gzip or not: MNIST, Fashion-MNIST.
        record Idx(Path images, Path labels) implements Format {}
    }

    /// All images in their order.
    public LabelledImages images() {
        return switch (format) {
            case Format.Shipped _ -> FashionMnist.shipped(FashionMnist.SHIPPED).subset(subset, "shipped Fashion-MNIST");
            case Format.Idx(Path images, Path labels) ->
                FashionMnist.read(images, labels).subset(subset, images.toString());
        };
    }

    @Override
    public DataSet read(Place place) {
        LabelledImages images = images();
        return new DataSet(images.toSamples(place, scaling), images.shape());
    }
}
