package adamscope.data;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The binary batches of CIFAR: 32 × 32 colour images, red, green and blue plane, behind their labels
/// (A. Krizhevsky, "The CIFAR-10 and CIFAR-100 datasets", "Binary version").
public enum CifarFormat {
    /// CIFAR-10: one label.
    CIFAR10(1, 0, 10),
    /// CIFAR-100 by its 100 classes, the second of two labels.
    CIFAR100(2, 1, 100),
    /// CIFAR-100 by its 20 superclasses, the first of two labels.
    CIFAR100_COARSE(2, 0, 20);

    private static final int SIDE = 32;
    private static final int CHANNELS = 3;
    private static final int PIXELS = CHANNELS * SIDE * SIDE;

    private final int labels;
    private final int label;
    private final int classes;

    CifarFormat(int labels, int label, int classes) {
        this.labels = labels;
        this.label = label;
        this.classes = classes;
    }

    /// All images of these files, one file after the other.
    ///
    /// @throws IllegalArgumentException for a file that is missing or no batch of this format
    LabelledImages read(List<Path> batches) {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        IntStream.Builder classesOfImages = IntStream.builder();
        for (Path file : batches) {
            byte[] batch = DataFiles.bytes(file);
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
            for (int start = 0; start < batch.length; start += record) {
                int found = batch[start + label] & 0xff;
                if (found >= classes) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "%s, byte %d: the label is %d, expected 0 to %d; is it a batch of %s?",
                            file,
                            start + label,
                            found,
                            classes - 1,
                            name().replace('_', '-')));
                }
                classesOfImages.add(found);
                values.write(batch, start + labels, PIXELS);
            }
        }
        return new LabelledImages(
                new DataShape.Images(CHANNELS, SIDE, SIDE, classes),
                values.toByteArray(),
                classesOfImages.build().toArray());
    }
}
