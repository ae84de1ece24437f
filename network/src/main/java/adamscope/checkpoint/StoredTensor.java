package adamscope.checkpoint;

import adamscope.tensor.NumberFormat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;

/// A tensor whose numbers stay in the file until they are asked for; they are told row by row, whatever the strides.
///
/// It may be read as long as its [TensorFile] is open.
public final class StoredTensor implements Value {
    private static final int CHUNK = 1 << 13;

    private final NumberFormat format;
    private final List<Long> shape;
    private final List<Piece> pieces;

    /// A box of the tensor that lies in one storage.
    ///
    /// @param offsets  of its first number, along each dimension
    /// @param extents  of the box
    /// @param storage  where its numbers lie
    /// @param from     of its first number, in numbers
    /// @param strides  from one number to the next along each dimension, in numbers
    record Piece(List<Long> offsets, List<Long> extents, Storage storage, long from, List<Long> strides) {}

    StoredTensor(NumberFormat format, List<Long> shape, List<Piece> pieces) {
        this.format = format;
        this.shape = List.copyOf(shape);
        this.pieces = List.copyOf(pieces);
    }

    /// How one number is stored.
    public NumberFormat format() {
        return format;
    }

    /// Its extents.
    public List<Long> shape() {
        return shape;
    }

    /// How many numbers it has.
    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    List<Piece> pieces() {
        return pieces;
    }

    /// Whether both are the same numbers of the file, as tied weights are.
    public boolean sameNumbers(StoredTensor other) {
        return shape.equals(other.shape)
                && size() > 0
                && pieces.size() == 1
                && other.pieces.size() == 1
                && pieces.getFirst().storage() == other.pieces.getFirst().storage()
                && pieces.getFirst().from() == other.pieces.getFirst().from()
                && pieces.getFirst().strides().equals(other.pieces.getFirst().strides());
    }

    /// Fills the rest of a buffer with the numbers from `first` on, little-endian as in the file, row by row.
    public void read(long first, ByteBuffer into) {
        int width = format.bytes();
        long count = into.remaining() / width;
        MemorySegment target = MemorySegment.ofBuffer(into);
        long done = 0;
        while (done < count) {
            done += run(first + done, count - done, target, done * width);
        }
        into.position(into.position() + Math.toIntExact(count * width));
    }

    /// Numbers from `first` on, row by row.
    public double[] doubles(long first, int count) {
        double[] numbers = new double[count];
        byte[] bytes = new byte[Math.min(count, CHUNK) * format.bytes()];
        for (int done = 0; done < count; done += CHUNK) {
            int part = Math.min(CHUNK, count - done);
            read(first + done, ByteBuffer.wrap(bytes, 0, part * format.bytes()));
            MemorySegment segment = MemorySegment.ofArray(bytes);
            for (int i = 0; i < part; i++) {
                numbers[done + i] = format.number(segment, (long) i * format.bytes());
            }
        }
        return numbers;
    }

    /// Copies as many numbers as lie in one piece and one row of it.
    private long run(long first, long most, MemorySegment target, long at) {
        int rank = shape.size();
        long[] index = new long[rank];
        long rest = first;
        for (int axis = rank - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.get(axis);
            rest /= shape.get(axis);
        }
        if (first < 0 || rest > 0) {
            throw new IndexOutOfBoundsException("number " + first + " of " + size());
        }
        Piece piece = piece(index);
        long from = piece.from();
        for (int axis = 0; axis < rank; axis++) {
            from += (index[axis] - piece.offsets().get(axis)) * piece.strides().get(axis);
        }
        int axis = rank - 1;
        long length = rank == 0 ? 1 : left(piece, index, axis);
        long stride = rank == 0 ? 1 : piece.strides().get(axis);
        // Whole rows that lie one behind the other are one run.
        while (axis > 0
                && stride == 1
                && index[axis] == 0
                && length == shape.get(axis) * inner(axis)
                && length < most
                && flat(piece, axis - 1)) {
            axis--;
            length = left(piece, index, axis) * inner(axis);
            if (index[axis] > 0) {
                break;
            }
        }
        length = Math.min(length, most);
        copy(piece, from, stride, length, target, at);
        return length;
    }

    private static long left(Piece piece, long[] index, int axis) {
        return piece.offsets().get(axis) + piece.extents().get(axis) - index[axis];
    }

    /// Numbers of one step along a dimension.
    private long inner(int axis) {
        return shape.subList(axis + 1, shape.size()).stream().reduce(1L, Math::multiplyExact);
    }

    /// Whether a step along `axis` goes just behind all that the later dimensions hold, and the piece has all of those.
    private boolean flat(Piece piece, int axis) {
        return piece.strides().get(axis) == inner(axis)
                && piece.extents().subList(axis + 1, shape.size()).equals(shape.subList(axis + 1, shape.size()));
    }

    private Piece piece(long[] index) {
        for (Piece piece : pieces) {
            boolean inside = true;
            for (int axis = 0; axis < index.length && inside; axis++) {
                long place = index[axis] - piece.offsets().get(axis);
                inside = place >= 0 && place < piece.extents().get(axis);
            }
            if (inside) {
                return piece;
            }
        }
        throw new IllegalStateException("no piece of the tensor has a number that its shape has");
    }

    private void copy(Piece piece, long from, long stride, long length, MemorySegment target, long at) {
        MemorySegment bytes = piece.storage().bytes();
        int width = format.bytes();
        if (stride == 1) {
            MemorySegment.copy(bytes, from * width, target, at, length * width);
            return;
        }
        for (long i = 0; i < length; i++) {
            long source = (from + i * stride) * width;
            long place = at + i * width;
            switch (width) {
                case 8 ->
                    target.set(
                            ValueLayout.JAVA_LONG_UNALIGNED, place, bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, source));
                case 4 ->
                    target.set(
                            ValueLayout.JAVA_INT_UNALIGNED, place, bytes.get(ValueLayout.JAVA_INT_UNALIGNED, source));
                case 2 ->
                    target.set(
                            ValueLayout.JAVA_SHORT_UNALIGNED,
                            place,
                            bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED, source));
                default -> target.set(ValueLayout.JAVA_BYTE, place, bytes.get(ValueLayout.JAVA_BYTE, source));
            }
        }
    }
}
