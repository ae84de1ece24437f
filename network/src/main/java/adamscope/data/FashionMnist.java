package adamscope.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Fashion-MNIST, 28 × 28 grey images of articles in ten classes (Xiao, Rasul & Vollgraf 2017).
///
/// The first 5,000 training images ship with the program; files of the whole set are read in the same format.
public final class FashionMnist {
    /// How many images ship with the program.
    public static final int SHIPPED = 5000;

    /// Pixels of an image.
    public static final int PIXELS = 28 * 28;

    /// Classes of articles.
    public static final int CLASSES = 10;

    private static final String FOLDER = "/adamscope/data/fashion-mnist/";
    private static final String IMAGES = "train-images-5000-idx3-ubyte.gz";
    private static final String LABELS = "train-labels-5000-idx1-ubyte.gz";

    private FashionMnist() {}

    /// The first `count` of the shipped images.
    ///
    /// @throws IllegalArgumentException if `count` is outside 1 to [#SHIPPED]
    public static LabelledImages shipped(int count) {
        return images(resource(IMAGES, 3, count), resource(LABELS, 1, count));
    }

    /// The first `count` images of a pair of IDX files.
    ///
    /// @throws IllegalArgumentException for a file that is missing, damaged or too short
    public static LabelledImages read(Path images, Path labels, int count) {
        return images(IdxFile.read(images, 3, count), IdxFile.read(labels, 1, count));
    }

    private static IdxFile resource(String name, int rank, int count) {
        try (InputStream stream = FashionMnist.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + FOLDER + name + " is missing from the program");
            }
            return IdxFile.read(name, stream, rank, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LabelledImages images(IdxFile images, IdxFile labels) {
        return new LabelledImages(images.shape()[1] * images.shape()[2], images.bytes(), labels.bytes(), CLASSES);
    }
}
