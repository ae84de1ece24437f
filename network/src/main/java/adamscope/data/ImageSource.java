package adamscope.data;

import adamscope.linear.CountedUniform;
import adamscope.tensor.Place;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Labelled images: which, how many of them, how their pixels are scaled.
///
/// @param chance not 0: their classes are dealt out anew by chance, by this seed, so that nothing but memory helps
///               (Zhang et al. 2017, section 2.1)
public record ImageSource(Format format, Subset subset, Scaling scaling, long chance) implements DataSource {

    /// With the classes of their own.
    public ImageSource(Format format, Subset subset, Scaling scaling) {
        this(format, subset, scaling, 0);
    }

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
        LabelledImages images = chosen();
        if (chance == 0) {
            return images;
        }
        long[] order = CountedUniform.order(images.count(), chance);
        int[] labels = new int[images.count()];
        Arrays.setAll(labels, image -> images.labels()[(int) order[image]]);
        return new LabelledImages(images.shape(), images.values(), labels);
    }

    private LabelledImages chosen() {
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
