package adamscope.log;

import java.util.zip.CRC32C;

/// The checksum of TFRecord: CRC32C, rotated right by 15 bits, plus 0xa282ead8.
final class MaskedCrc {
    private final CRC32C crc = new CRC32C();

    int of(byte[] bytes, int from, int length) {
        crc.reset();
        crc.update(bytes, from, length);
        return masked((int) crc.getValue());
    }

    static int masked(int crc) {
        return Integer.rotateRight(crc, 15) + 0xa282ead8;
    }
}
