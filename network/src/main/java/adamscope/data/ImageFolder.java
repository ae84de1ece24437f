package adamscope.data;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Images in a folder of folders, one a class, as ImageNet comes: classes and images in the order of their names.
///
/// An image is scaled so that its shorter side has `resize` pixels, by averages over areas, and its middle `side` ×
/// `side` pixels are taken; with red, green and blue plane, a grey image with three equal ones.
final class ImageFolder {
    private static final int CHANNELS = 3;
    private static final long MOST_PIXELS = 100_000_000;

    private ImageFolder() {}

    /// An image file, its class and its place among those of its class.
    private record Entry(Path file, int label, int place) {}

    /// Whether a file is called as an image that can be read.
    static boolean isImage(Path file) {
        String name = file.getFileName().toString();
        return Arrays.asList(ImageIO.getReaderFileSuffixes())
                .contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    static LabelledImages read(ImageSource.Format.Folder source, Subset subset) {
        Path folder = source.folder();
        int resize = source.resize();
        int side = source.side();
        List<Path> classes = entries(folder, Files::isDirectory);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException(
                    folder + " has no folders, expected one for each class, with images in it");
        }
        List<Entry> all = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            List<Path> files = entries(classes.get(label), Files::isRegularFile);
            for (int place = 0; place < files.size(); place++) {
                all.add(new Entry(files.get(place), label, place));
            }
        }
        if (source.inTurn()) {
            all.sort(Comparator.comparingInt(Entry::place)); // stable: classes stay in order
        }
        int[] labels = all.stream().mapToInt(Entry::label).toArray();
        List<Integer> chosen = subset.chosen(labels, folder.toString());
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("the folders of " + folder + " have no images");
        }
        refuseFirstClassesOnly(source, subset, labels, chosen);
        int size = CHANNELS * side * side;
        if ((long) size * chosen.size() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d images of %d × %d pixels are more than fit; take fewer by first or per_class",
                    chosen.size(),
                    side,
                    side));
        }
        byte[] values = new byte[size * chosen.size()];
        for (int i = 0; i < chosen.size(); i++) {
            copy(middle(all.get(chosen.get(i)).file(), resize, side), values, i * size);
        }
        return new LabelledImages(
                new DataShape.Images(CHANNELS, side, side, subset.classesOf(classes.size())),
                values,
                chosen.stream().mapToInt(i -> subset.renumbered(labels[i])).toArray());
    }

    /// Class after class, the first so many images may all be of a few classes: rarely meant, and never seen in a loss.
    private static void refuseFirstClassesOnly(
            ImageSource.Format.Folder source, Subset subset, int[] labels, List<Integer> chosen) {
        long there = Arrays.stream(labels).distinct().count();
        long taken = chosen.stream().mapToInt(i -> labels[i]).distinct().count();
        if (subset.classes().isEmpty() && subset.first() > 0 && !source.inTurn() && taken < there) {
            throw new IllegalArgumentException("first = " + subset.first() + " takes images of " + taken + " of the "
                    + there + " classes of " + source.folder() + ", which lie one after the other; write in_turn: true"
                    + " for some of each, per_class: N, or classes: [0, 1] for those alone");
        }
    }

    private interface Kind {
        boolean test(Path path);
    }

    private static List<Path> entries(Path folder, Kind kind) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("no folder " + folder);
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(kind::test)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage decoded(Path file) {
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new IllegalArgumentException(file + ", byte 0: no image, expected one of "
                        + Arrays.stream(ImageIO.getReaderFileSuffixes())
                                .sorted()
                                .toList());
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
                    throw new IllegalArgumentException(file + ": " + reader.getWidth(0) + " × " + reader.getHeight(0)
                            + " pixels, allowed are " + MOST_PIXELS);
                }
                return reader.read(0);
            } catch (IndexOutOfBoundsException | NegativeArraySizeException | IllegalStateException e) {
                throw new IllegalArgumentException(file + ": the image is damaged: " + e.getMessage(), e);
            } finally {
                reader.dispose();
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": the image is damaged or cut short: " + e.getMessage(), e);
        }
    }

    private static BufferedImage middle(Path file, int resize, int side) {
        BufferedImage image = decoded(file);
        double scale = resize / (double) Math.min(image.getWidth(), image.getHeight());
        long across = Math.max(side, Math.round(image.getWidth() * scale));
        long down = Math.max(side, Math.round(image.getHeight() * scale));
        if (across > MOST_PIXELS / down) {
            throw new IllegalArgumentException(
                    file + ": " + image.getWidth() + " × " + image.getHeight() + " pixels are " + across + " × " + down
                            + " when the shorter side has " + resize + ", allowed are " + MOST_PIXELS);
        }
        int width = (int) across;
        int height = (int) down;
        boolean same = width == image.getWidth() && height == image.getHeight();
        Image scaled = same ? image : image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
        BufferedImage middle = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = middle.createGraphics();
        graphics.drawImage(scaled, -(width - side) / 2, -(height - side) / 2, null);
        graphics.dispose();
        return middle;
    }

    private static void copy(BufferedImage image, byte[] values, int start) {
        int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int i = 0; i < rgb.length; i++) {
            values[start + i] = (byte) (rgb[i] >> 16);
            values[start + rgb.length + i] = (byte) (rgb[i] >> 8);
            values[start + 2 * rgb.length + i] = (byte) rgb[i];
        }
    }
}
