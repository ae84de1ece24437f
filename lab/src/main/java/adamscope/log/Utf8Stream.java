package adamscope.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Text of another encoding as bytes of UTF-8, without its byte order mark.
final class Utf8Stream extends InputStream {
    private final Reader reader;
    private final char[] chars = new char[1 << 13];
    private byte[] bytes = {};
    private int at;
    private int held;

    Utf8Stream(InputStream in, Charset charset) {
        reader = new InputStreamReader(in, charset);
    }

    @Override
    public int read() throws IOException {
        return more() ? bytes[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int taken = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, to, from, taken);
        at += taken;
        return taken;
    }

    private boolean more() throws IOException {
        while (at == bytes.length) {
            int read = reader.read(chars, held, chars.length - held);
            int all = held + Math.max(read, 0);
            if (all == 0) {
                return false;
            }
            // A pair of surrogates must not be parted.
            boolean parted = read > 0 && Character.isHighSurrogate(chars[all - 1]);
            int whole = parted ? all - 1 : all;
            bytes = new String(chars, 0, whole).replace("\uFEFF", "").getBytes(StandardCharsets.UTF_8);
            at = 0;
            held = parted ? 1 : 0;
            chars[0] = chars[all - 1];
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
