package adamscope.data;

import adamscope.tensor.NumberFormat;
import adamscope.tensor.Scopes;
import adamscope.text.FileReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// An array of NumPy: magic, version, length of the header, header, numbers (NEP 1, "A simple file format for NumPy
/// arrays", versions 1 to 3).
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final long LONGEST = 1_000_000;
    private static final int MOST_EXTENTS = 64;

    private final Path file;
    private final FileChannel channel;

    private NpyFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// The array of a file, on the processor, in the type of the file.
    ///
    /// @throws IllegalArgumentException if the file is missing, damaged or of another format; the message names file,
    ///                                  offset and what was expected there
    public static Tensor read(Path file) {
        DataFiles.refuseMissing(file);
        try (FileChannel channel = FileChannel.open(file)) {
            return new NpyFile(file, channel).read();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    private Tensor read() throws IOException {
        ByteBuffer start = bytes(8, "the magic number of a .npy file and its version");
        for (int i = 0; i < MAGIC.length; i++) {
            if (start.get(i) != MAGIC[i]) {
                throw fault(
                        i,
                        String.format(
                                Locale.ROOT,
                                "0x%02x, expected 0x%02x of the magic number \\x93NUMPY",
                                start.get(i),
                                MAGIC[i]));
            }
        }
        int version = start.get(6);
        if (version < 1 || version > 3) {
            throw fault(6, "version " + version + ", expected 1, 2 or 3");
        }
        int width = version == 1 ? 2 : 4;
        ByteBuffer size = bytes(width, "the length of the header").order(ByteOrder.LITTLE_ENDIAN);
        long length = width == 2 ? size.getShort(0) & 0xffffL : size.getInt(0) & 0xffffffffL;
        if (length > LONGEST) {
            throw fault(8, "a header of " + length + " bytes, expected at most " + LONGEST);
        }
        String text =
                StandardCharsets.UTF_8.decode(bytes((int) length, "the header")).toString();
        NpyHeader header = NpyHeader.read(text)
                .orElseThrow(() -> fault(
                        8 + width,
                        "the header is " + text.strip()
                                + ", expected {'descr': '<f8', 'fortran_order': False, 'shape': (…)}"));
        NumberFormat format = NumberFormat.ofNumPy(header.type()).orElse(null);
        if (format == null) {
            throw fault(
                    8 + width,
                    "numbers of type '" + header.order() + header.type() + "', expected one of "
                            + NumberFormat.namesOfNumPy()
                            + (header.type().startsWith("O")
                                    ? "; objects are pickles, which run code when they are read"
                                    : ""));
        }
        return numbers(format, shape(header.shape()), header);
    }

    private List<Long> shape(List<String> extents) {
        if (extents.size() > MOST_EXTENTS) {
            throw fault(8, "an array of " + extents.size() + " dimensions, allowed are " + MOST_EXTENTS);
        }
        List<Long> shape = new ArrayList<>();
        for (String extent : extents) {
            try {
                shape.add(Long.parseLong(extent));
            } catch (NumberFormatException e) {
                throw fault(8, "the extent " + extent + " is no 64-bit number");
            }
        }
        return shape;
    }

    private Tensor numbers(NumberFormat format, List<Long> shape, NpyHeader header) throws IOException {
        long start = channel.position();
        long expected;
        try {
            expected = Math.addExact(
                    start, Math.multiplyExact(shape.stream().reduce(1L, Math::multiplyExact), (long) format.bytes()));
        } catch (ArithmeticException e) {
            throw fault(8, "an array of shape " + shape + " is too large");
        }
        if (channel.size() != expected) {
            throw fault(
                    Math.min(expected, channel.size()),
                    "the file has " + channel.size() + " bytes, expected " + expected + ": " + format + " of shape "
                            + shape + " from byte " + start);
        }
        boolean columns = header.columns();
        List<Long> stored = columns ? reversed(shape) : shape;
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            Tensor tensor = TensorBytes.read(channel, format, stored);
            if (header.order() == '>' && format.bytes() > 1) {
                tensor = swapped(tensor, format);
            }
            if (columns) {
                long[] order = IntStream.range(0, shape.size())
                        .mapToLong(axis -> shape.size() - 1L - axis)
                        .toArray();
                tensor = tensor.permute(order).contiguous();
            }
            return Scopes.kept(outer, tensor);
        }
    }

    /// With the bytes of each number in the opposite order.
    private static Tensor swapped(Tensor tensor, NumberFormat format) {
        return tensor.flatten()
                .view(ScalarType.Byte)
                .view(-1, format.bytes())
                .flip(1)
                .contiguous()
                .flatten()
                .view(format.type())
                .view(tensor.sizes());
    }

    private static List<Long> reversed(List<Long> shape) {
        List<Long> reversed = new ArrayList<>(shape);
        Collections.reverse(reversed);
        return reversed;
    }

    private ByteBuffer bytes(int length, String what) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            continue;
        }
        if (buffer.hasRemaining()) {
            throw fault(
                    channel.size(), "the data end here; expected " + what + ", " + buffer.remaining() + " bytes more");
        }
        return buffer.flip();
    }

    private IllegalArgumentException fault(long at, String problem) {
        return new IllegalArgumentException(file + ", byte " + at + ": " + problem);
    }
}
