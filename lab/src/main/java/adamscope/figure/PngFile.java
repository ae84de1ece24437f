package adamscope.figure;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// The bytes of a picture as a PNG (ISO/IEC 15948): 8 bits a channel, every row as its difference to the row above.
///
/// Java's own writer takes as long as drawing, twice to four times this.
final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte UP = 2;
    private static final byte RGB = 2;
    private static final byte RGBA = 6;
    /// Of 9: a third of the time of 4, and files from 15 % smaller to 30 % larger.
    private static final int EFFORT = 2;

    private PngFile() {}

    static byte[] bytes(BufferedImage image) {
        boolean opaque = !image.getColorModel().hasAlpha();
        ByteBuffer header = ByteBuffer.allocate(13)
                .putInt(image.getWidth())
                .putInt(image.getHeight())
                .put((byte) 8)
                .put(opaque ? RGB : RGBA);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        chunk(file, "IHDR", header.array(), header.capacity());
        byte[] rows = filtered(pixels(image), image.getWidth(), image.getHeight(), opaque ? 3 : 4);
        byte[] packed = new byte[rows.length + rows.length / 1000 + 64];
        try (Deflater deflater = new Deflater(EFFORT)) {
            deflater.setInput(rows);
            deflater.finish();
            chunk(file, "IDAT", packed, deflater.deflate(packed));
        }
        chunk(file, "IEND", new byte[0], 0);
        return file.toByteArray();
    }

    /// Row by row, 8 bits each of alpha, red, green, blue.
    private static int[] pixels(BufferedImage image) {
        BufferedImage whole = image;
        if (image.getType() != BufferedImage.TYPE_INT_RGB && image.getType() != BufferedImage.TYPE_INT_ARGB) {
            whole = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
            Graphics2D graphics = whole.createGraphics();
            graphics.drawImage(image, 0, 0, null);
            graphics.dispose();
        }
        return ((DataBufferInt) whole.getRaster().getDataBuffer()).getData();
    }

    private static byte[] filtered(int[] pixels, int width, int height, int channels) {
        byte[] rows = new byte[height * (1 + width * channels)];
        int at = 0;
        for (int y = 0; y < height; y++) {
            rows[at++] = UP;
            for (int x = 0; x < width; x++) {
                int here = pixels[y * width + x];
                int above = y == 0 ? 0 : pixels[(y - 1) * width + x];
                if (here != above) {
                    rows[at] = (byte) ((here >> 16) - (above >> 16));
                    rows[at + 1] = (byte) ((here >> 8) - (above >> 8));
                    rows[at + 2] = (byte) (here - above);
                    if (channels == 4) {
                        rows[at + 3] = (byte) ((here >> 24) - (above >> 24));
                    }
                }
                at += channels;
            }
        }
        return rows;
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data, 0, length);
        file.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        file.writeBytes(name);
        file.write(data, 0, length);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
