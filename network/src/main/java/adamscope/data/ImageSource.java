package adamscope.data;

import adamscope.tensor.Place;
import java.nio.file.Path;
import java.util.List;

/// Labelled images: which, how many of them, how their pixels are scaled.
public record ImageSource(Format format, Subset subset, Scaling scaling) implements DataSource {

    /// How images lie in files.
    public sealed interface Format {

        /// The images of Fashion-MNIST that ship with the program.
        record Shipped() implements Format {}

        /// A pair of IDX files, packed with gzip or not: MNIST, Fashion-MNIST.
        record Idx(Path images, Path labels) implements Format {}

        /// Binary batches of CIFAR-10 or CIFAR-100.
        record Cifar(CifarFormat labels, List<Path> batches) implements Format {
            public Cifar {
                batches = List.copyOf(batches);
                if (batches.isEmpty()) {
                    throw new IllegalArgumentException("batches = []: at least one file is needed");
                }
            }
        }

        /// A folder of folders, one a class, as ImageNet comes.
        ///
        /// @param resize pixels of the shorter side after scaling
        /// @param side   pixels of the square that is cut out of the middle
        record Folder(Path folder, int resize, int side) implements Format {
            private static final int LARGEST = 4096;

            public Folder {
                if (side < 1 || resize < side || resize > LARGEST) {
                    throw new IllegalArgumentException(
                            "resize = " + resize + ", side = " + side + ": allowed is 1 ≤ side ≤ resize ≤ " + LARGEST);
                }
            }
        }
    }

    /// The chosen images.
    public LabelledImages images() {
        return switch (format) {
            case Format.Shipped _ -> FashionMnist.shipped(FashionMnist.SHIPPED).subset(subset, "shipped Fashion-MNIST");
            case Format.Idx(Path images, Path labels) ->
                FashionMnist.read(images, labels).subset(subset, images.toString());
            case Format.Cifar(CifarFormat labels, List<Path> batches) ->
                labels.read(batches).subset(subset, batches.toString());
            case Format.Folder(Path folder, int resize, int side) -> ImageFolder.read(folder, resize, side, subset);
        };
    }

    @Override
    public DataSet read(Place place) {
        LabelledImages images = images();
        return new DataSet(images.toSamples(place, scaling), images.shape());
    }
}
