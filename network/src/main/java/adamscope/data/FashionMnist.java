package adamscope.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

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

    /// The images of a pair of IDX files, of this set or of another with ten classes, such as MNIST.
    ///
    /// @throws IllegalArgumentException for a file that is missing or damaged, and for files that do not belong
    /// together
    public static LabelledImages read(Path images, Path labels) {
        IdxFile pixels = IdxFile.read(images, 3);
        IdxFile classes = IdxFile.read(labels, 1);
        if (pixels.shape()[0] != classes.shape()[0]) {
            throw new IllegalArgumentException(images + " has " + pixels.shape()[0] + " images, but " + labels + " has "
                    + classes.shape()[0] + " labels");
        }
        return images(pixels, classes);
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

    static LabelledImages images(IdxFile images, IdxFile labels) {
        int[] shape = images.shape();
        int[] classes = new int[labels.bytes().length];
        Arrays.setAll(classes, image -> labels.bytes()[image] & 0xff);
        return new LabelledImages(new DataShape.Images(1, shape[1], shape[2], CLASSES), images.bytes(), classes);
    }
}
