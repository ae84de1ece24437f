package adamscope.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
    /// Two images of 2 × 3 pixels.
    private static final byte[] IMAGES = {
        0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, (byte) 200, 8, 9, 10, 11, 12
    };

    @Test
    void readsPlainAndPackedFilesAlike(@TempDir Path folder) throws IOException {
        Path plain = Files.write(folder.resolve("images"), IMAGES);
        Path packed = Files.write(folder.resolve("images.gz"), packed(IMAGES));
        for (Path file : new Path[] {plain, packed}) {
            IdxFile idx = IdxFile.read(file, 3, 2);
            assertThat(idx.shape()).containsExactly(2, 2, 3);
            assertThat(idx.bytes()).isEqualTo(Arrays.copyOfRange(IMAGES, 16, 28));
        }
    }

    @Test
    void readsOnlyTheFirstItemsThatAreAskedFor() throws IOException {
        assertThat(read(IMAGES, 3, 1).bytes()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read(IMAGES, 3, 1).shape()).containsExactly(1, 2, 3);
    }

    @Test
    void aPackedFileWhoseChecksumIsWrongIsRefusedAlsoWhenOnlySomeItemsAreAskedFor() throws IOException {
        byte[] packed = packed(IMAGES);
        packed[packed.length - 8] ^= 1; // CRC32 of the content, then its length
        for (int count : new int[] {1, 2}) {
            assertThatThrownBy(() -> read(packed, 3, count))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("test: the gzip data are damaged or cut short");
        }
    }

    @Test
    void bytesBehindTheLastItemAreRefused() {
        assertThatThrownBy(() -> read(Arrays.copyOf(IMAGES, 29), 3, 1))
                .hasMessage("test, byte 28: the file goes on here; its extents end here");
        assertThatThrownBy(() -> read(Arrays.copyOf(IMAGES, 27), 3, 1))
                .hasMessage("test, byte 27: the data end here; expected 1 bytes more");
    }

    @Test
    void moreItemsThanThereAreAreRefused() {
        assertThatThrownBy(() -> read(IMAGES, 3, 3))
                .hasMessage("3 items are asked of test, which has 2; allowed are 1 to 2");
        assertThatThrownBy(() -> read(IMAGES, 3, 0)).hasMessageContaining("allowed are 1 to 2");
    }

    @Test
    void aFileThatEndsTooSoonIsNamedWithTheOffsetAndWhatWasExpected() {
        assertThatThrownBy(() -> read(Arrays.copyOf(IMAGES, 20), 3, 2))
                .hasMessage("test, byte 20: the data end here; expected 2 items of 6 bytes, 8 bytes more");
        assertThatThrownBy(() -> read(Arrays.copyOf(IMAGES, 10), 3, 2))
                .hasMessage("test, byte 10: the data end here; expected extent 2 of 3, 2 bytes more");
        assertThatThrownBy(() -> read(new byte[0], 3, 2))
                .hasMessage("test, byte 0: the data end here; expected the magic number of an IDX file, 4 bytes more");
    }

    @Test
    void anotherMagicNumberIsRefused() {
        assertThatThrownBy(() -> read(IMAGES, 1, 2))
                .hasMessage("test, byte 0: the magic number is 0x00000803, expected 0x00000801"
                        + " (unsigned bytes, rank 1)");
    }

    @Test
    void senselessExtentsAreRefused() {
        byte[] negative = IMAGES.clone();
        negative[8] = (byte) 0x80;
        assertThatThrownBy(() -> read(negative, 3, 2))
                .hasMessage("test, byte 8: extent 2 is -2147483646, expected 1 to 65536");
    }

    @Test
    void damagedGzipDataAreNamed() throws IOException {
        byte[] cut = Arrays.copyOf(packed(IMAGES), 20);
        assertThatThrownBy(() -> read(cut, 3, 2))
                .hasMessageStartingWith("test: the gzip data are damaged or cut short");
        byte[] wrong = {0x1f, (byte) 0x8b, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
        assertThatThrownBy(() -> read(wrong, 3, 2))
                .hasMessageStartingWith("test: the gzip data are damaged or cut short");
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> IdxFile.read(folder.resolve("nothing"), 3, 2))
                .hasMessage("no data file " + folder.resolve("nothing"));
    }

    private static IdxFile read(byte[] bytes, int rank, int count) throws IOException {
        return IdxFile.read("test", new ByteArrayInputStream(bytes), rank, count);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
