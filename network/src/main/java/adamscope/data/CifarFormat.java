package adamscope.data;

import adamscope.checkpoint.PickledImages;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The batches of CIFAR: 32 × 32 colour images, red, green and blue plane. Binary ones have the labels before each
/// image, those of Python are pickles (A. Krizhevsky, "The CIFAR-10 and CIFAR-100 datasets").
public enum CifarFormat {
    /// CIFAR-10: one label.
    CIFAR10(1, 0, 10, "labels"),
    /// CIFAR-100 by its 100 classes, the second of two labels.
    CIFAR100(2, 1, 100, "fine_labels"),
    /// CIFAR-100 by its 20 superclasses, the first of two labels.
    CIFAR100_COARSE(2, 0, 20, "coarse_labels");

    private static final int SIDE = 32;
    private static final int CHANNELS = 3;
    private static final int PIXELS = CHANNELS * SIDE * SIDE;

    private final int labels;
    private final int label;
    private final int classes;
    private final String key;

    CifarFormat(int labels, int label, int classes, String key) {
        this.labels = labels;
        this.label = label;
        this.classes = classes;
        this.key = key;
    }

    /// All images of these files, one file after the other.
    ///
    /// @throws IllegalArgumentException for a file that is missing or no batch of this format
    LabelledImages read(List<Path> batches) {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        IntStream.Builder classesOfImages = IntStream.builder();
        for (Path file : batches) {
            byte[] batch = DataFiles.bytes(file);
            PickledImages images = PickledImages.begins(batch) ? pickled(file, batch) : binary(file, batch);
            for (int image = 0; image < images.labels().length; image++) {
                classesOfImages.add(images.labels()[image]);
            }
            values.writeBytes(images.values());
        }
        return new LabelledImages(
                new DataShape.Images(CHANNELS, SIDE, SIDE, classes),
                values.toByteArray(),
                classesOfImages.build().toArray());
    }

    private PickledImages pickled(Path file, byte[] batch) {
        PickledImages images = PickledImages.read(file, batch, PIXELS, key);
        for (int image = 0; image < images.labels().length; image++) {
            known(images.labels()[image], file + ", image " + image);
        }
        return images;
    }

    private int known(int found, String where) {
        if (found < 0 || found >= classes) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: the label is %d, expected 0 to %d; is it a batch of %s?",
                    where,
                    found,
                    classes - 1,
                    name().replace('_', '-')));
        }
        return found;
    }

    private PickledImages binary(Path file, byte[] batch) {
        int record = labels + PIXELS;
        if (batch.length == 0 || batch.length % record != 0) {
            throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "%s, byte %d: the data end here; expected records of %d bytes",
                            file,
                            batch.length,
                            record)
                    + String.format(
                            Locale.ROOT,
                            " (%d and %d pixels), the last lacks %d",
                            labels,
                            PIXELS,
                            record - batch.length % record));
        }
        byte[] values = new byte[batch.length / record * PIXELS];
        int[] found = new int[batch.length / record];
        for (int image = 0; image < found.length; image++) {
            int at = image * record + label;
            found[image] = known(batch[at] & 0xff, file + ", byte " + at);
            System.arraycopy(batch, image * record + labels, values, image * PIXELS, PIXELS);
        }
        return new PickledImages(values, found);
    }
}
