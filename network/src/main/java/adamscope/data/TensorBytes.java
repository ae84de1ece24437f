package adamscope.data;

import adamscope.tensor.NumberFormat;
import adamscope.tensor.Scopes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The memory of tensors on its way from and to files, without a copy in between; numbers lie row by row.
public final class TensorBytes {
    private static final int CHUNK = 1 << 26;

    private TensorBytes() {}

    /// A tensor on the processor, filled from where the channel stands.
    static Tensor read(FileChannel channel, NumberFormat format, List<Long> shape) throws IOException {
        return filled(format, shape, buffer -> {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the file ends at byte " + channel.position());
            }
        });
    }

    /// A tensor on the processor, filled chunk after chunk.
    public static Tensor filled(NumberFormat format, List<Long> shape, Step step) throws IOException {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope _ = new PointerScope()) {
            long[] extents = shape.stream().mapToLong(Long::longValue).toArray();
            Tensor tensor = torch.empty(
                    extents, new TensorOptions(format.type()), new org.bytedeco.pytorch.MemoryFormatOptional());
            transfer(tensor, step);
            return Scopes.kept(outer, tensor);
        }
    }

    /// Appends the numbers of a tensor, whichever device it lives on.
    static void write(FileChannel channel, Tensor tensor) throws IOException {
        try (PointerScope _ = new PointerScope()) {
            ScalarType type = tensor.scalar_type();
            transfer(tensor.detach().to(new Device("cpu"), type).contiguous(), channel::write);
        }
    }

    /// What takes a chunk of bytes, or gives it, until nothing of it remains.
    public interface Step {
        /// @param chunk of which some bytes remain
        void accept(ByteBuffer chunk) throws IOException;
    }

    private static void transfer(Tensor contiguous, Step step) throws IOException {
        long size = contiguous.numel() * contiguous.element_size();
        for (long from = 0; from < size; from += CHUNK) {
            try (BytePointer memory = new BytePointer(contiguous.data_ptr())) {
                ByteBuffer chunk = memory.capacity(size)
                        .position(from)
                        .limit(Math.min(size, from + CHUNK))
                        .asByteBuffer();
                while (chunk.hasRemaining()) {
                    step.accept(chunk);
                }
            }
        }
    }
}
