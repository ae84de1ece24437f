package adamscope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adamscope.data.ImageSource.Format;
import adamscope.tensor.Place;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourceTest {

    @TempDir
    private Path folder;

    /// A batch in CIFAR's format: image i has the labels and all its red values i, green 100 + i, blue 200 + i.
    private Path batch(String name, int[]... labels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < labels.length; i++) {
            for (int label : labels[i]) {
                bytes.write(label);
            }
            for (int p = 0; p < 3 * 1024; p++) {
                bytes.write(i + 100 * (p / 1024));
            }
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private static ImageSource cifar(CifarFormat format, Subset subset, Path... batches) {
        return new ImageSource(new Format.Cifar(format, List.of(batches)), subset, Scaling.NONE);
    }

    @Test
    void batchesOfCifar10FollowOneAnother() throws IOException {
        Path first = batch("1", new int[] {3}, new int[] {0});
        Path second = batch("2", new int[] {9});
        try (PointerScope _ = new PointerScope()) {
            DataSet read = cifar(CifarFormat.CIFAR10, Subset.ALL, first, second).read(Place.CPU_FLOAT32);
            assertThat(read.shape()).isEqualTo(new DataShape.Images(3, 32, 32, 10));
            assertThat(Place.numbers(
                            read.samples().inputs().select(0, 1).select(1, 7).select(1, 5)))
                    .containsExactly(1, 101, 201);
            assertThat(Place.numbers(read.samples().targets().argmax())).containsExactly(3);
            assertThat(Place.numbers(read.samples().targets().select(0, 2)))
                    .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
            assertThat(read.samples().flat().inputs().size(1)).isEqualTo(3072);
        }
    }

    @Test
    void cifar100HasTwoLabels() throws IOException {
        Path batch = batch("100", new int[] {19, 99}, new int[] {0, 1});
        assertThat(cifar(CifarFormat.CIFAR100, Subset.ALL, batch).images().labels())
                .containsExactly(99, 1);
        assertThat(cifar(CifarFormat.CIFAR100_COARSE, Subset.ALL, batch)
                        .images()
                        .labels())
                .containsExactly(19, 0);
    }

    @Test
    void subsetsTakeClassesAndSoManyOfEachInTheOrderOfTheFiles() throws IOException {
        Path batch =
                batch("1", new int[] {3}, new int[] {0}, new int[] {3}, new int[] {5}, new int[] {3}, new int[] {5});
        LabelledImages images = cifar(CifarFormat.CIFAR10, new Subset(List.of(5, 3), 2, 0), batch)
                .images();
        assertThat(images.labels()).containsExactly(1, 1, 0, 0);
        assertThat(images.shape().classes()).isEqualTo(2);
        assertThat(images.values()[3072]).isEqualTo((byte) 2);
        assertThat(cifar(CifarFormat.CIFAR10, Subset.first(2), batch).images().labels())
                .containsExactly(3, 0);
        assertThatThrownBy(() -> cifar(CifarFormat.CIFAR10, new Subset(List.of(3, 0), 2, 0), batch)
                        .images())
                .hasMessage("per_class = 2: [" + batch + "] has 1 samples of class 0");
        assertThatThrownBy(() -> cifar(CifarFormat.CIFAR10, new Subset(List.of(7), 0, 0), batch)
                        .images())
                .hasMessage("classes = [7]: [" + batch + "] has 0 samples of class 7");
        assertThatThrownBy(
                        () -> cifar(CifarFormat.CIFAR10, Subset.first(7), batch).images())
                .hasMessage("first = 7: [" + batch + "] has 6 such samples");
    }

    @Test
    void aBatchOfAnotherFormatOrCutShortIsRefusedWithTheOffset() throws IOException {
        Path cut = Files.write(
                folder.resolve("cut"),
                Arrays.copyOf(Files.readAllBytes(batch("1", new int[] {3}, new int[] {4})), 3100));
        assertThatThrownBy(() -> cifar(CifarFormat.CIFAR10, Subset.ALL, cut).images())
                .hasMessage(cut + ", byte 3100: the data end here; expected records of 3073 bytes (1 and 3072 pixels),"
                        + " the last lacks 3046");
        Path wrong = batch("wrong", new int[] {3}, new int[] {10});
        assertThatThrownBy(() -> cifar(CifarFormat.CIFAR10, Subset.ALL, wrong).images())
                .hasMessage(wrong + ", byte 3073: the label is 10, expected 0 to 9; is it a batch of CIFAR10?");
        assertThatThrownBy(() -> cifar(CifarFormat.CIFAR10, Subset.ALL, folder.resolve("none"))
                        .images())
                .hasMessage("no data file " + folder.resolve("none"));
    }

    @Test
    void channelsAreScaledEachByItself() throws IOException {
        Path batch = batch("1", new int[] {0}, new int[] {1});
        try (PointerScope _ = new PointerScope()) {
            ImageSource source = new ImageSource(
                    new Format.Cifar(CifarFormat.CIFAR10, List.of(batch)), Subset.ALL, Scaling.CHANNELS);
            double[] inputs =
                    Place.numbers(source.read(Place.CPU_FLOAT64).samples().inputs());
            // Each channel holds c and c + 1 alike often: mean c + 1/2, deviation 1/2.
            assertThat(Arrays.stream(inputs).limit(3072)).containsOnly(-1.0);
            assertThat(Arrays.stream(inputs).skip(3072)).containsOnly(1.0);
        }
    }

    @Test
    void idxFilesThatDoNotBelongTogetherAreRefused() throws IOException {
        Path images = Files.write(
                folder.resolve("images"), new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6});
        Path labels = Files.write(folder.resolve("labels"), new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 9});
        assertThatThrownBy(() -> new ImageSource(new Format.Idx(images, labels), Subset.ALL, Scaling.UNIT).images())
                .hasMessage(images + " has 2 images, but " + labels + " has 1 labels");
    }

    @Test
    void imagesOfAFolderAreScaledAndCutToTheirMiddle() throws IOException {
        image("cats/b.png", 8, 4, 0x0000ff);
        image("cats/a.png", 4, 8, 0xff0000);
        image("dogs/c.png", 2, 2, 0x00ff00);
        LabelledImages images = new ImageSource(new Format.Folder(folder, 2, 2), Subset.ALL, Scaling.NONE).images();
        assertThat(images.shape()).isEqualTo(new DataShape.Images(3, 2, 2, 2));
        assertThat(images.labels()).containsExactly(0, 0, 1);
        byte on = (byte) 255;
        assertThat(images.values())
                .containsExactly(
                        on, on, on, on, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, on, on, on, on, 0, 0, 0, 0, on,
                        on, on, on, 0, 0, 0, 0);
    }

    @Test
    void theFirstImagesOfAFolderThatAreOfSomeClassesOnlyAreRefused() throws IOException {
        for (String name : List.of("ape/1.png", "ape/2.png", "bat/1.png", "cow/1.png")) {
            image(name, 2, 2, 0xff0000);
        }
        assertThatThrownBy(() -> ofFolder(false, Subset.first(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("first = 3 takes images of 2 of the 3 classes of " + folder + ", which lie one after the"
                        + " other; write in_turn: true for some of each, per_class: N, or classes: [0, 1] for those"
                        + " alone");
        assertThat(ofFolder(false, Subset.first(4)).labels()).containsExactly(0, 0, 1, 2);
        assertThat(ofFolder(true, Subset.first(3)).labels()).containsExactly(0, 1, 2);
        assertThat(ofFolder(true, Subset.first(2)).labels()).as("asked for").containsExactly(0, 1);
        assertThat(ofFolder(false, new Subset(List.of(1, 0), 0, 2)).labels()).containsExactly(1, 1);
        assertThat(ofFolder(false, new Subset(List.of(), 1, 0)).labels()).containsExactly(0, 1, 2);
    }

    private LabelledImages ofFolder(boolean inTurn, Subset subset) {
        return new ImageSource(new Format.Folder(folder, 2, 2, inTurn), subset, Scaling.NONE).images();
    }

    @Test
    void shrinkingAnImageAveragesOverAreas() throws IOException {
        BufferedImage checks = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            checks.setRGB(i % 8, i / 8, (i % 8 + i / 8) % 2 == 0 ? 0xffffff : 0);
        }
        Files.createDirectories(folder.resolve("all"));
        ImageIO.write(checks, "png", folder.resolve("all/checks.png").toFile());
        LabelledImages images = new ImageSource(new Format.Folder(folder, 2, 2), Subset.ALL, Scaling.NONE).images();
        for (byte value : images.values()) {
            assertThat(value & 0xff).isCloseTo(127, within(1)); // 255/2, rounded either way
        }
    }

    @Test
    void anImageSoThinThatItsScaledSizeIsBeyondBoundsIsRefused() throws IOException {
        image("cats/thin.png", 1, 100_000, 0x808080);
        ImageSource source = new ImageSource(new Format.Folder(folder, 2000, 2), Subset.ALL, Scaling.NONE);
        assertThatThrownBy(source::images)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        folder.resolve("cats/thin.png") + ": 1 × 100000 pixels are 2000 × 200000000 when the shorter"
                                + " side has 2000, allowed are 100000000");
    }

    @Test
    void aFileThatIsNoImageIsNamed() throws IOException {
        Path file = folder.resolve("cats/a.png");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "no image");
        ImageSource source = new ImageSource(new Format.Folder(folder, 2, 2), Subset.ALL, Scaling.NONE);
        assertThatThrownBy(source::images).hasMessageStartingWith(file + ", byte 0: no image, expected one of [");
        BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        Files.write(file, Arrays.copyOf(png.toByteArray(), 45));
        assertThatThrownBy(source::images).hasMessageStartingWith(file + ": the image is damaged or cut short: ");
        assertThatThrownBy(() -> new Format.Folder(folder, 2, 3))
                .hasMessage("resize = 2, side = 3: allowed is 1 ≤ side ≤ resize ≤ 4096");
    }

    private void image(String name, int width, int height, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, rgb);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
