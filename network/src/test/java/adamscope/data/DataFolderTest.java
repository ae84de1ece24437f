package adamscope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.tensor.Place;
import adamscope.tensor.TensorScope;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sets of data as they are distributed, made here small.
class DataFolderTest {
    private static final int PIXELS = 3 * 32 * 32;

    @TempDir
    private Path folder;

    private static final ImageSource FIRST_THREE =
            new ImageSource(new ImageSource.Format.Bundled(), Subset.first(3), Scaling.UNIT);

    private ImageSource given(String word, ImageSource asked, boolean held) {
        return (ImageSource)
                DataFolder.of(word + "=" + folder).instead(asked, held).orElseThrow();
    }

    @Test
    void binaryBatchesOfCifarGiveTheFirstImagesScaledAsAsked() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
        for (int batch = 1; batch <= 5; batch++) {
            Files.write(inner.resolve("data_batch_" + batch + ".bin"), binary(1, batch, batch + 4));
        }
        ImageSource found = given("cifar", FIRST_THREE, false);
        assertThat(found.scaling()).isEqualTo(Scaling.UNIT);
        LabelledImages images = found.images();
        assertThat(images.labels()).containsExactly(1, 5, 2);
        assertThat(images.shape()).isEqualTo(new DataShape.Images(3, 32, 32, 10));
        assertThat(images.values()[2 * PIXELS]).isEqualTo((byte) 2);
    }

    @Test
    void thePythonVersionOfCifarHasTheSameImages() throws IOException {
        Files.write(folder.resolve("data_batch_1"), pickled("labels", 7, 250, 9));
        LabelledImages images = given("cifar", FIRST_THREE, false).images();
        assertThat(images.labels()).containsExactly(7, 0, 9);
        assertThat(images.values()[0]).isEqualTo((byte) 7);
        assertThat(images.values()[PIXELS]).as("a byte that is no text").isEqualTo((byte) 250);
        assertThat(images.count()).isEqualTo(3);
    }

    @Test
    void aPickleOfOrdinaryTextBytesIsReadToo() throws IOException {
        Files.write(folder.resolve("data_batch_1"), pickled("labels", 1, 2, 3));
        assertThat(given("cifar", FIRST_THREE, false).images().values()[2 * PIXELS])
                .isEqualTo((byte) 3);
    }

    @Test
    void cifarOfAHundredClassesHasTheFineLabelsOrTheCoarseOnesThatWereAskedFor() throws IOException {
        Files.write(folder.resolve("train.bin"), binary(2, 19, 3));
        ImageSource two = new ImageSource(new ImageSource.Format.Bundled(), Subset.first(2), Scaling.UNIT);
        assertThat(given("cifar", two, false).images().labels()).containsExactly(99, 99);
        ImageSource coarse = new ImageSource(
                new ImageSource.Format.Cifar(CifarFormat.CIFAR100_COARSE, List.of(Path.of("elsewhere"))),
                Subset.first(2),
                Scaling.UNIT);
        assertThat(given("cifar", coarse, false).images().labels()).containsExactly(19, 3);
        Files.delete(folder.resolve("train.bin"));
        Files.write(folder.resolve("train"), pickled("fine_labels", 98, 2));
        assertThat(given("cifar", two, false).images().labels()).containsExactly(98, 2);
    }

    @Test
    void aFolderWithBothCifarsGivesTheOneThatIsAskedForAndAsksWhereNoneIs() throws IOException {
        Path ten = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
        Path hundred = Files.createDirectories(folder.resolve("cifar-100-binary"));
        Files.write(ten.resolve("data_batch_1.bin"), binary(1, 7, 8));
        Files.write(hundred.resolve("train.bin"), binary(2, 19, 3));
        assertThat(ofCifar(CifarFormat.CIFAR10).labels()).containsExactly(7, 8);
        assertThat(ofCifar(CifarFormat.CIFAR100).labels()).containsExactly(99, 99);
        assertThat(ofCifar(CifarFormat.CIFAR100_COARSE).labels()).containsExactly(19, 3);
        assertThatThrownBy(() -> given("cifar", FIRST_THREE, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--data cifar=" + folder + ": it holds CIFAR-10 and CIFAR-100; name the folder of one of"
                        + " them: cifar=" + ten + ", cifar=" + hundred);
    }

    private LabelledImages ofCifar(CifarFormat labels) {
        ImageSource.Format elsewhere = new ImageSource.Format.Cifar(labels, List.of(Path.of("elsewhere")));
        return given("cifar", new ImageSource(elsewhere, Subset.first(2), Scaling.UNIT), false)
                .images();
    }

    @Test
    void foldersOfImagesGiveOneOfEachClassInTurn() throws IOException {
        for (String name : List.of("train/cat", "train/dog")) {
            for (int i = 0; i < 3; i++) {
                image(folder.resolve(name).resolve(i + ".png"), 32, name.endsWith("cat") ? i : 100 + i);
            }
        }
        LabelledImages images = given("cifar", FIRST_THREE, false).images();
        assertThat(images.labels()).containsExactly(0, 1, 0);
        assertThat(images.values()[2 * PIXELS]).isEqualTo((byte) 1);
        assertThat(images.shape()).isEqualTo(new DataShape.Images(3, 32, 32, 2));
    }

    @Test
    void heldOutImagesOfImageNetComeFromItsValidationFolder() throws IOException {
        image(folder.resolve("train/n01/a.png"), 300, 10);
        image(folder.resolve("val/n01/b.png"), 300, 20);
        ImageSource one =
                new ImageSource(new ImageSource.Format.Bundled(), new Subset(List.of(), 0, 1, 0), Scaling.UNIT);
        ImageSource skipping =
                new ImageSource(new ImageSource.Format.Bundled(), new Subset(List.of(), 0, 1, 9), Scaling.UNIT);
        assertThat(given("imagenet", one, false).images().values()[0]).isEqualTo((byte) 10);
        assertThat(given("imagenet", skipping, true).images().values()[0]).isEqualTo((byte) 20);
        assertThat(given("imagenet", one, false).images().shape()).isEqualTo(new DataShape.Images(3, 224, 224, 1));
    }

    @Test
    void mnistIsReadPackedOrNotAndUnderEitherName() throws IOException {
        idx(folder.resolve("train-images-idx3-ubyte.gz"), 0x803, new int[] {3, 28, 28}, 3 * 28 * 28);
        idx(folder.resolve("train-labels-idx1-ubyte.gz"), 0x801, new int[] {3}, 3);
        assertThat(given("mnist", FIRST_THREE, false).images().labels()).containsExactly(0, 1, 2);
        Path raw = Files.createDirectories(folder.resolve("raw"));
        Files.delete(folder.resolve("train-labels-idx1-ubyte.gz"));
        idx(raw.resolve("train-images.idx3-ubyte"), 0x803, new int[] {3, 28, 28}, 3 * 28 * 28);
        idx(raw.resolve("train-labels.idx1-ubyte"), 0x801, new int[] {3}, 3);
        assertThat(((ImageSource.Format.Idx) given("mnist", FIRST_THREE, false).format()).images())
                .isEqualTo(raw.resolve("train-images.idx3-ubyte").toAbsolutePath());
    }

    @Test
    void linesOfACorpusAreTranslatedFromEnglishWhateverTheOrderOfTheNames() throws IOException {
        Files.writeString(folder.resolve("train.de"), "eins\nzwei\n");
        Files.writeString(folder.resolve("train.en"), "one\ntwo\n");
        Files.writeString(folder.resolve("newstest.de"), "drei\n");
        Files.writeString(folder.resolve("newstest.en"), "three\n");
        ParallelText asked = new ParallelText(Optional.empty(), Tokenizer.BYTES, 4, 5, 2);
        ParallelText found = (ParallelText)
                DataFolder.of("wmt=" + folder).instead(asked, false).orElseThrow();
        assertThat(found.files().orElseThrow().source().getFileName()).hasToString("train.en");
        assertThat(found.most())
                .as("a corpus is not read to its end for two pairs")
                .isEqualTo(100_000);
        try (TensorScope _ = new TensorScope()) {
            assertThat(found.read(Place.CPU_FLOAT32).samples().count()).isEqualTo(2);
        }
        assertThat(DataFolder.of("wmt=" + folder).instead(FIRST_THREE, false)).isEmpty();
    }

    @Test
    void onlyTheFirstLinesOfALargeFileAreRead() throws IOException {
        Path file = Files.writeString(folder.resolve("lines"), "a\nb\nc\n");
        assertThat(DataFiles.lines(file, 2)).isEqualTo("a\nb\n".getBytes(StandardCharsets.UTF_8));
        assertThat(DataFiles.lines(file, 0)).hasSize(6);
        assertThat(DataFiles.lines(file, 9)).hasSize(6);
    }

    @Test
    void aWrongFolderIsRefusedWithWhatWasLookedForAndWhatIsThere() throws IOException {
        assertThatThrownBy(() -> DataFolder.of("cifar=" + folder.resolve("none")))
                .hasMessageContaining("there is no folder " + folder.resolve("none"));
        assertThatThrownBy(() -> DataFolder.of("coco=" + folder))
                .hasMessageContaining("no 'coco'; there are cifar=DIR, mnist=DIR, imagenet=DIR, wmt=DIR, text=FILE");
        for (String word : List.of("cifar", "mnist", "imagenet")) {
            assertThatThrownBy(() -> given(word, FIRST_THREE, false))
                    .hasMessageContaining("looked for ")
                    .hasMessageContaining("the folder is empty");
        }
        Files.writeString(folder.resolve("readme.html"), "");
        assertThatThrownBy(() -> given("cifar", FIRST_THREE, false))
                .hasMessageContaining("the binary or the Python version")
                .hasMessageEndingWith("there are readme.html");
        ParallelText asked = new ParallelText(Optional.empty(), Tokenizer.BYTES, 4, 5, 2);
        assertThatThrownBy(() -> DataFolder.of("wmt=" + folder).instead(asked, false))
                .hasMessageContaining("train.en and train.de");
    }

    @Test
    void picklesThatAreNoBatchAreRefusedByNameAndPlace() throws IOException {
        Path file = folder.resolve("data_batch_1");
        byte[] whole = pickled("labels", 7, 250);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 100));
        assertThatThrownBy(() -> given("cifar", FIRST_THREE, false).images())
                .hasMessageContaining(file + ": byte")
                .hasMessageContaining("the pickle");
        Files.write(file, pickled("names", 7, 250));
        assertThatThrownBy(() -> given("cifar", FIRST_THREE, false).images())
                .hasMessageContaining("the dictionary has no 'labels', but [names, data]");
        Files.write(file, pickled("labels", 11));
        assertThatThrownBy(() -> given("cifar", FIRST_THREE, false).images())
                .hasMessageContaining("image 0: the label is 11, expected 0 to 9");
        Files.write(file, "\u0080".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> given("cifar", FIRST_THREE, false).images()).hasMessageContaining("expected records");
        Files.write(file, "\u0080\u0002cos\nsystem\nU\u0002lsR.".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> given("cifar", FIRST_THREE, false).images())
                .hasMessageContaining("names os.system, which is not read here");
    }

    /// Records of labels and pixels; the pixels of each are its label, of two labels the first.
    private static byte[] binary(int labels, int... classes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int one : classes) {
            out.write(one);
            if (labels == 2) {
                out.write(99);
            }
            for (int i = 0; i < PIXELS; i++) {
                out.write(one);
            }
        }
        return out.toByteArray();
    }

    /// As cPickle of Python 2 writes a batch in protocol 2: strings of bytes, an array rebuilt from its state. Pixels
    /// are the given numbers; labels too, 0 for one that is no label.
    private static byte[] pickled(String key, int... pixels) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(out, "\u0080\u0002}q\u0001(U" + (char) key.length() + key + "q\u0002]q\u0003(");
        for (int one : pixels) {
            text(out, "K" + (char) (one > 99 ? 0 : one));
        }
        text(out, "eU\u0004dataq\u0004cnumpy.core.multiarray\n_reconstruct\nq\u0005cnumpy\nndarray\nq\u0006");
        text(out, "K\u0000\u0085U\u0001b\u0087Rq\u0007(K\u0001K" + (char) pixels.length + "M\u0000\u000c\u0086");
        text(out, "cnumpy\ndtype\nq\u0008U\u0002u1K\u0000K\u0001\u0087Rq\u0009(K\u0003U\u0001|NNN");
        text(out, "J\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb\u0089T");
        int length = pixels.length * PIXELS;
        out.write(new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16), 0});
        for (int one : pixels) {
            for (int i = 0; i < PIXELS; i++) {
                out.write(one);
            }
        }
        text(out, "tbu.");
        return out.toByteArray();
    }

    private static void text(OutputStream out, String latin) throws IOException {
        out.write(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void image(Path file, int side, int grey) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            image.setRGB(i % side, i / side, grey << 16 | grey << 8 | grey);
        }
        ImageIO.write(image, "png", file.toFile());
    }

    private static void idx(Path file, int magic, int[] shape, int bytes) throws IOException {
        OutputStream plain = Files.newOutputStream(file);
        try (DataOutputStream out =
                new DataOutputStream(file.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain)) {
            out.writeInt(magic);
            for (int extent : shape) {
                out.writeInt(extent);
            }
            for (int i = 0; i < bytes; i++) {
                out.write(i);
            }
        }
    }
}
